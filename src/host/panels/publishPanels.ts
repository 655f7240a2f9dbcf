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
import { PanelFrame } from './panelFrame';
import { PublishDesk } from './publishDesk';
import { WebviewTransport } from './webviewTransport';

/** Opens a tail beside the form; see `OpenPublish` for the other direction. */
export type OpenTail = (revival: PanelRevival) => Promise<void>;

/** The open publish panels, one for each target. */
export class PublishPanels implements Disposable {
  private readonly frame: PanelFrame;
  private readonly open = new Map<string, { panel: vscode.WebviewPanel; desk: PublishDesk }>();

  constructor(
    extensionUri: vscode.Uri,
    private readonly sessions: BrokerSessions,
    private readonly openTail: OpenTail,
    private readonly log: Log,
  ) {
    this.frame = new PanelFrame(extensionUri, 'publish');
  }

  /** Opens the panel of a target with an empty message, or shows the one that is open as it was left. */
  show(profileId: string, vhost: string, targetKind: PublishForm['targetKind'], target: string): void {
    const key = panelKey(profileId, vhost, { targetKind, target });
    const known = this.open.get(key);
    if (known === undefined) this.create(key, profileId, vhost, emptyForm(targetKind, target));
    else known.panel.reveal();
  }

  /** Opens (or fills) the panel of the form's target. */
  fill(profileId: string, vhost: string, form: PublishForm): void {
    const key = panelKey(profileId, vhost, form);
    const known = this.open.get(key);
    if (known === undefined) {
      this.create(key, profileId, vhost, form);
      return;
    }
    known.desk.fill(form);
    known.panel.reveal();
  }

  dispose(): void {
    for (const { desk } of this.open.values()) desk.dispose();
    this.open.clear();
  }

  private create(key: string, profileId: string, vhost: string, form: PublishForm): void {
    const target = form.target === '' ? vscode.l10n.t('default exchange') : form.target;
    const panel = this.frame.create(vscode.l10n.t('{0} · publish', target), 'publish');
    const desk = new PublishDesk(profileId, vhost, form, this.sessions, this.log);
    const handlers: Handlers<PublishPanelContract> = {
      ready: () => desk.state(),
      publish: ({ form: sent }, signal) => desk.publish(sent, signal),
      tailTarget: async ({ form: sent }) => {
        await this.openTail(tailOf(profileId, vhost, sent));
        return undefined;
      },
    };
    const server = serve(new WebviewTransport(panel), publishPanelChecks, handlers, this.log);
    desk.onDidChange((state) => server.emit('changed', state));
    this.open.set(key, { panel, desk });
    panel.onDidDispose(() => {
      this.open.delete(key);
      server.dispose();
      desk.dispose();
    });
    void desk.loadNames();
  }
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
