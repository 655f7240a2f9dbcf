import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import type { PublishForm } from '../../core/message/publishForm';
import { serve } from '../../protocol/endpoint';
import type { Handlers } from '../../protocol/endpoint';
import type { PanelRevival } from '../../protocol/messagesPanel';
import { publishPanelChecks } from '../../protocol/publishPanel';
import type { PublishPanelContract } from '../../protocol/publishPanel';
import type { BrokerSessions } from '../brokers/brokerSessions';
import { PanelFrame, viewType } from './panelFrame';
import { PublishDesk } from './publishDesk';
import { readPublishRevival } from './revival';
import { WebviewTransport } from './webviewTransport';

/** Opens a tail beside the form; see `OpenPublish` for the other direction. */
export type OpenTail = (revival: PanelRevival) => Promise<void>;

/** The open publish panels, one for each target. */
export class PublishPanels implements Disposable, vscode.WebviewPanelSerializer {
  private readonly frame: PanelFrame;
  private readonly serializer: Disposable;
  private readonly open = new Map<string, { panel: vscode.WebviewPanel; desk: PublishDesk }>();

  constructor(
    extensionUri: vscode.Uri,
    private readonly sessions: BrokerSessions,
    private readonly openTail: OpenTail,
    private readonly log: Log,
  ) {
    this.frame = new PanelFrame(extensionUri, 'publish', log);
    this.serializer = vscode.window.registerWebviewPanelSerializer(viewType('publish'), this);
  }

  /** Opens the panel of a target with an empty message, or shows the one that is open as it was left. */
  show(
    profileId: string,
    vhost: string,
    targetKind: PublishForm['targetKind'],
    target: string,
    routingKey = '',
  ): void {
    const key = panelKey(profileId, vhost, { targetKind, target });
    const known = this.open.get(key);
    if (known === undefined) this.create(profileId, vhost, { ...emptyForm(targetKind, target), routingKey });
    else known.panel.reveal();
  }

  /** Opens (or fills) the panel of the form's target. */
  fill(profileId: string, vhost: string, form: PublishForm): void {
    const key = panelKey(profileId, vhost, form);
    const known = this.open.get(key);
    if (known === undefined) {
      this.create(profileId, vhost, form);
      return;
    }
    known.desk.fill(form);
    known.panel.reveal();
  }

  /** After a window reload: the panel comes back with what was typed, and publishes once it is connected again. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const revival = readPublishRevival(state);
    if (revival === undefined) {
      panel.dispose();
      return Promise.resolve();
    }
    const { profileId, vhost, targetKind, target, revision } = revival;
    this.frame.fill(panel, titleOf(target), 'publish');
    this.attach(panel, profileId, vhost, emptyForm(targetKind, target), revision);
    return Promise.resolve();
  }

  dispose(): void {
    this.serializer.dispose();
    for (const { desk } of this.open.values()) desk.dispose();
    this.open.clear();
  }

  private create(profileId: string, vhost: string, form: PublishForm): void {
    const panel = this.frame.create(titleOf(form.target), 'publish');
    this.attach(panel, profileId, vhost, form);
  }

  private attach(
    panel: vscode.WebviewPanel,
    profileId: string,
    vhost: string,
    form: PublishForm,
    revision?: number,
  ): void {
    const key = panelKey(profileId, vhost, form);
    const desk = new PublishDesk(profileId, vhost, form, this.sessions, this.log, revision);
    const handlers: Handlers<PublishPanelContract> = {
      ready: () => desk.state(),
      publish: ({ form: sent }, signal) => desk.publish(sent, signal),
      tailTarget: async ({ form: sent }) => {
        await this.openTail(tailOf(profileId, vhost, sent));
        return undefined;
      },
    };
    const server = serve(new WebviewTransport(panel, this.log), publishPanelChecks, handlers, this.log);
    desk.onDidChange((state) => server.emit('changed', state));
    this.open.set(key, { panel, desk });
    panel.onDidDispose(() => {
      if (this.open.get(key)?.panel === panel) this.open.delete(key);
      server.dispose();
      desk.dispose();
    });
    if (desk.state().blocked === undefined) void desk.loadNames();
  }
}

function titleOf(target: string): string {
  return vscode.l10n.t('{0} · publish', target === '' ? vscode.l10n.t('default exchange') : target);
}

function panelKey(
  profileId: string,
  vhost: string,
  form: Pick<PublishForm, 'targetKind' | 'target'>,
): string {
  return JSON.stringify([profileId, vhost, form.targetKind, form.target]);
}

function emptyForm(targetKind: PublishForm['targetKind'], target: string): PublishForm {
  return {
    targetKind,
    target,
    routingKey: '',
    body: '{}',
    bodyEncoding: 'text',
    properties: { contentType: 'application/json', deliveryMode: '2' },
    headers: [],
  };
}

/** The tail that would see what the form publishes. To the default exchange, the key names the queue. */
function tailOf(profileId: string, vhost: string, form: PublishForm): PanelRevival {
  const queue = form.targetKind === 'queue' ? form.target : form.target === '' ? form.routingKey : undefined;
  const source =
    queue === undefined
      ? ({ kind: 'binding', vhost, exchange: form.target, routingKey: form.routingKey } as const)
      : ({ kind: 'queue', vhost, queue } as const);
  return { profileId, source, kind: 'tail' };
}
