import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';

const scheme = 'amqp-message';

/** A text that is shown in an editor, and what the editor is told about it. */
export interface ReadOnlyText {
  /** Title of the tab, without the extension. */
  readonly name: string;
  readonly text: string;
  /** Of the file name, without the dot; `language` where the editor might take it for another one. */
  readonly extension: string;
  readonly language?: string;
}

/** Messages as read-only editors. A text lives as long as its tab; nothing of it is written to disk. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly subscriptions = new DisposableStore();
  private opened = 0;

  constructor() {
    this.subscriptions.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.subscriptions.add(
      vscode.workspace.onDidCloseTextDocument((document) => void this.texts.delete(document.uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async open(shown: ReadOnlyText): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.keep(shown));
    const { language } = shown;
    if (language !== undefined && document.languageId !== language) {
      const known = await vscode.languages.getLanguages();
      if (known.includes(language)) await vscode.languages.setTextDocumentLanguage(document, language);
    }
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Active });
  }

  /** Both in the diff editor. */
  async compare(left: ReadOnlyText, right: ReadOnlyText, title: string): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', this.keep(left), this.keep(right), title, {
      preview: true,
    });
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.texts.clear();
  }

  /** The number keeps two openings apart; slashes of a queue's name must not become folders. */
  private keep({ name, text, extension }: ReadOnlyText): vscode.Uri {
    const file = `${name.replace(/[\\/?#:]/g, '_')}.${extension}`;
    const uri = vscode.Uri.from({ scheme, path: `/${String(++this.opened)}/${file}` });
    this.texts.set(uri.toString(), text);
    return uri;
  }
}
