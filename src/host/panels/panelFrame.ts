import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../../core/base/log';
import { readPanelTrouble } from '../../protocol/panelTrouble';
import { panelHtml } from './panelHtml';

export type PanelName = 'messages' | 'publish';

/** The view type of a panel's tabs, also in `onWebviewPanel` activation events. */
export function viewType(name: PanelName): string {
  return `amqp.${name}`;
}

/** Makes the editor tabs of one kind of panel, and fills those that a window reload brings back. */
export class PanelFrame {
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly name: PanelName,
    private readonly log: Log,
  ) {}

  create(title: string, icon: string): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(viewType(this.name), title, vscode.ViewColumn.Active);
    this.fill(panel, title, icon);
    return panel;
  }

  fill(panel: vscode.WebviewPanel, title: string, icon: string): void {
    const folder = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const { webview } = panel;
    panel.title = title;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extensionUri, 'media', 'icons', `${icon}-light.svg`),
      dark: vscode.Uri.joinPath(this.extensionUri, 'media', 'icons', `${icon}-dark.svg`),
    };
    webview.onDidReceiveMessage((message: unknown) => {
      const trouble = readPanelTrouble(message);
      if (trouble !== undefined) this.log.error(`A defect in the ${this.name} panel.`, trouble);
    });
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${this.name}.js`)).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(folder, `${this.name}.css`)).toString(),
      nonce: randomBytes(16).toString('base64url'),
      title,
      language: vscode.env.language,
    });
  }
}
