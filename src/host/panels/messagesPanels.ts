import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import { formFromMessage } from '../../core/message/messageForm';
import type { PublishForm } from '../../core/message/publishForm';
import { serve } from '../../protocol/endpoint';
import type { Handlers, Server } from '../../protocol/endpoint';
import { messagesPanelChecks } from '../../protocol/messagesPanel';
import type { MessagesPanelContract, PanelRevival } from '../../protocol/messagesPanel';
import type { Transport } from '../../protocol/transport';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { BodyDocuments } from './bodyDocuments';
import { MessagesFeed } from './messagesFeed';
import type { ConnectProfile } from './messagesFeed';
import { PanelFrame, viewType } from './panelFrame';
import { readRevival, revivalKey } from './revival';
import { sourceText } from './sourceText';
import { WebviewTransport } from './webviewTransport';

/** Largest body that Open in Editor and Publish Again take over from the worker. */
const wholeBodyBytes = 32 * 1024 * 1024;

/** Opens the publish panel with a form; `messagesPanels` and `publishPanels` know each other through it only. */
export type OpenPublish = (profileId: string, vhost: string, form: PublishForm) => void;

/** The open messages panels. The same command on the same source reveals the panel that is there. */
export class MessagesPanels implements Disposable, vscode.WebviewPanelSerializer {
  private readonly frame: PanelFrame;
  private readonly open = new Map<vscode.WebviewPanel, MessagesFeed>();
  private readonly subscriptions = new DisposableStore();

  constructor(
    extensionUri: vscode.Uri,
    private readonly sessions: BrokerSessions,
    private readonly connect: ConnectProfile,
    private readonly documents: BodyDocuments,
    private readonly openPublish: OpenPublish,
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
    const server = this.serve(new WebviewTransport(panel, this.log), feed);
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

  private serve(transport: Transport, feed: MessagesFeed): Server<MessagesPanelContract> {
    const handlers: Handlers<MessagesPanelContract> = {
      ready: () => feed.state(),
      rows: ({ from, count }, signal) => feed.rows(from, count, signal),
      message: ({ seq }, signal) => feed.message(seq, signal),
      pause: () => settle(feed.act('pause')),
      resume: () => settle(feed.act('resume')),
      clear: () => settle(feed.act('clear')),
      startPeek: ({ count, consented }, signal) => settle(feed.startPeek(count, consented, signal)),
      peekInstead: () => settle(feed.change({ kind: 'peek', source: queueOf(feed.revival.source) })),
      tailBinding: ({ exchange, routingKey }) => {
        const { source } = feed.revival;
        const { vhost, queue } = source;
        const binding = { kind: 'binding', vhost, exchange, routingKey } as const;
        return settle(
          feed.change({ kind: 'tail', source: queue === undefined ? binding : { ...binding, queue } }),
        );
      },
      restart: () => settle(feed.start()),
      openInEditor: async ({ seq }, signal) => {
        const message = await feed.message(seq, signal, wholeBodyBytes);
        await this.documents.open(sourceText(feed.revival.source), message);
        return undefined;
      },
      publishAgain: async ({ seq }, signal) => {
        const message = await feed.message(seq, signal, wholeBodyBytes);
        const { profileId, source } = feed.revival;
        this.openPublish(profileId, source.vhost, formFromMessage(message));
        return undefined;
      },
    };
    return serve(transport, messagesPanelChecks, handlers, this.log);
  }
}

async function settle(work: Promise<void>): Promise<undefined> {
  await work;
  return undefined;
}

/** A tail of a typed binding that stands in for a queue goes back to that queue; another one has none to peek at. */
function queueOf(source: PanelRevival['source']): PanelRevival['source'] {
  return source.kind === 'binding' && source.queue !== undefined
    ? { kind: 'queue', vhost: source.vhost, queue: source.queue }
    : source;
}

function titleOf({ kind, source }: PanelRevival): string {
  const what = sourceText(source);
  return kind === 'peek' ? vscode.l10n.t('{0} · peek', what) : vscode.l10n.t('{0} · tail', what);
}
