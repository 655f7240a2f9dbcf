import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import { serve } from '../../protocol/endpoint';
import { messagesPanelChecks } from '../../protocol/messagesPanel';
import type { PanelRevival } from '../../protocol/messagesPanel';
import type { BrokerSessions } from '../brokers/brokerSessions';
import { MessagesFeed } from './messagesFeed';
import type { ConnectProfile } from './messagesFeed';
import { messagesHandlers } from './messagesHandlers';
import type { PanelStores } from './messagesHandlers';
import type { OpenPublish } from './messageOutlets';
import type { ReadOnlyDocuments } from './readOnlyDocuments';
import { PanelFrame, viewType } from './panelFrame';
import { readRevival, revivalKey } from './revival';
import { sourceText } from './sourceText';
import { WebviewTransport } from './webviewTransport';

/** The open messages panels. The same command on the same source reveals the panel that is there. */
export class MessagesPanels implements Disposable, vscode.WebviewPanelSerializer {
  private readonly frame: PanelFrame;
  private readonly open = new Map<vscode.WebviewPanel, MessagesFeed>();
  private readonly subscriptions = new DisposableStore();

  constructor(
    extensionUri: vscode.Uri,
    private readonly sessions: BrokerSessions,
    private readonly connect: ConnectProfile,
    private readonly documents: ReadOnlyDocuments,
    private readonly openPublish: OpenPublish,
    private readonly stores: PanelStores,
    private readonly log: Log,
  ) {
    this.frame = new PanelFrame(extensionUri, 'messages', log);
    this.subscriptions.add(vscode.window.registerWebviewPanelSerializer(viewType('messages'), this));
  }

  /** Reveals the panel of this source, or opens one and starts it. */
  async show(revival: PanelRevival): Promise<void> {
    const key = revivalKey(revival);
    for (const [panel, feed] of this.open) {
      if (revivalKey(feed.revival) !== key) continue;
      panel.reveal();
      if (feed.state().view === undefined) await feed.start();
      return;
    }
    await this.another(revival);
  }

  /** Opens a panel even where one is open already. */
  async another(revival: PanelRevival): Promise<void> {
    const panel = this.frame.create(titleOf(revival), revival.kind);
    await this.attach(panel, revival).start();
  }

  /** After a window reload: the panel comes back stopped and connects only when the user resumes it. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const revival = readRevival(state);
    if (revival === undefined) {
      panel.dispose();
      return Promise.resolve();
    }
    this.frame.fill(panel, titleOf(revival), revival.kind);
    this.attach(panel, revival);
    return Promise.resolve();
  }

  /** The states of all panels, for the extension's API. */
  states(): readonly ReturnType<MessagesFeed['state']>[] {
    return [...this.open.values()].map((feed) => feed.state());
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const feed of this.open.values()) feed.dispose();
    this.open.clear();
  }

  private attach(panel: vscode.WebviewPanel, revival: PanelRevival): MessagesFeed {
    const feed = new MessagesFeed(revival, this.sessions, this.connect, this.log);
    const server = serve(
      new WebviewTransport(panel, this.log),
      messagesPanelChecks,
      messagesHandlers(feed, this.documents, this.openPublish, this.stores),
      this.log,
    );
    this.open.set(panel, feed);
    feed.onDidChange((state) => {
      const title = titleOf(feed.revival);
      if (panel.title !== title) panel.title = title;
      server.emit('changed', state);
    });
    panel.onDidDispose(() => {
      this.open.delete(panel);
      server.dispose();
      feed.dispose();
    });
    return feed;
  }
}

function titleOf({ kind, source }: PanelRevival): string {
  const what = sourceText(source);
  return kind === 'peek' ? vscode.l10n.t('{0} · peek', what) : vscode.l10n.t('{0} · tail', what);
}
