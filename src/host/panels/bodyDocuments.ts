import * as vscode from 'vscode';
import { utf8Text } from '../../core/base/bytes';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { MessageDetail } from '../../core/message/detail';
import { hexDump } from '../../core/message/hexDump';

const scheme = 'amqp-message';
/** A dump is four times the size of its bytes, and nobody reads more than this. */
const mostDumpedBytes = 1024 * 1024;

/** Message bodies as read-only editors. A text lives as long as its tab; nothing of it is written to disk. */
export class BodyDocuments implements vscode.TextDocumentContentProvider, Disposable {
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

  async open(source: string, message: MessageDetail): Promise<void> {
    const text = utf8Text(message.body);
    const type = text === undefined ? undefined : documentType(message.properties.contentType);
    const uri = this.address(source, message.seq, type?.extension ?? 'txt');
    this.texts.set(uri.toString(), text ?? hexDump(message.body.subarray(0, mostDumpedBytes)));
    const document = await vscode.workspace.openTextDocument(uri);
    if (type !== undefined && document.languageId !== type.language) {
      const known = await vscode.languages.getLanguages();
      if (known.includes(type.language))
        await vscode.languages.setTextDocumentLanguage(document, type.language);
    }
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Active });
    const shown = text === undefined ? Math.min(message.body.length, mostDumpedBytes) : message.body.length;
    if (shown < message.size) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The message has {0} bytes; the first {1} are shown.', message.size, shown),
      );
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.texts.clear();
  }

  /** The number keeps two openings apart; slashes of a queue's name must not become folders. */
  private address(source: string, seq: number, extension: string): vscode.Uri {
    const name = source.replace(/[\\/?#:]/g, '_');
    const path = `/${String(++this.opened)}/${name} ${String(seq)}.${extension}`;
    return vscode.Uri.from({ scheme, path });
  }
}

const documentTypes: readonly (readonly [RegExp, string, string])[] = [
  [/[/+]json$/, 'json', 'json'],
  [/[/+]xml$/, 'xml', 'xml'],
  [/[/+](x-)?yaml$/, 'yaml', 'yaml'],
  [/\/html$/, 'html', 'html'],
  [/\/(x-)?javascript$/, 'javascript', 'js'],
  [/\/css$/, 'css', 'css'],
  [/\/markdown$/, 'markdown', 'md'],
];

function documentType(contentType: string | undefined): { language: string; extension: string } | undefined {
  const media = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const found = documentTypes.find(([pattern]) => pattern.test(media));
  return found === undefined ? undefined : { language: found[1], extension: found[2] };
}
