import type * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import type { Log } from '../../core/base/log';
import { readPanelTrouble } from '../../protocol/panelTrouble';
import type { Transport } from '../../protocol/transport';

/** The host's end of a webview. It closes with its panel. What arrives is untrusted until a handler has checked it. */
export class WebviewTransport implements Transport {
  private readonly messages = new Emitter<unknown>();
  private readonly closed = new Emitter<void>();
  private readonly subscriptions = new DisposableStore();
  private open = true;
  readonly onMessage = this.messages.event;
  readonly onClosed = this.closed.event;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    log: Log,
  ) {
    this.subscriptions.add(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        const trouble = readPanelTrouble(message);
        if (trouble === undefined) this.messages.fire(message);
        else log.error(`The panel "${panel.title}" has a defect.`, trouble);
      }),
    );
    this.subscriptions.add(panel.onDidDispose(() => this.dispose()));
  }

  /** A hidden webview loses what is sent: a panel asks for everything when it comes back (`ready`). */
  send(message: unknown): void {
    if (this.open) void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    if (!this.open) return;
    this.open = false;
    this.subscriptions.dispose();
    this.closed.fire();
  }
}
