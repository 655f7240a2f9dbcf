import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import { Failure, asFailure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import { draftFromForm } from '../../core/message/publishDraft';
import type { PublishForm } from '../../core/message/publishForm';
import type { PublishPanelState, PublishResult } from '../../protocol/publishPanel';
import type { BrokerSessions } from '../brokers/brokerSessions';
import { isOpen } from '../brokers/sessionState';

/** Names for completion: as many as one request gives. */
const mostNames = 500;

/** What a publish panel works on: one virtual host of one connection, and a form. */
export class PublishDesk implements Disposable {
  private readonly changes = new Emitter<PublishPanelState>();
  private readonly subscriptions = new DisposableStore();
  private exchanges: readonly string[] = [];
  private queues: readonly string[] = [];
  readonly onDidChange = this.changes.event;

  constructor(
    readonly profileId: string,
    readonly vhost: string,
    private form: PublishForm,
    private readonly sessions: BrokerSessions,
    private readonly log: Log,
    private revision = 1,
  ) {
    this.subscriptions.add(
      sessions.onDidChange((session) => {
        if (session.profile.id !== profileId) return;
        this.tell();
        if (isOpen(session.state)) void this.loadNames();
      }),
    );
  }

  state(): PublishPanelState {
    const blocked = this.blocked();
    return {
      connection: this.sessions.nameOf(this.profileId),
      vhost: this.vhost,
      form: this.form,
      revision: this.revision,
      exchanges: this.exchanges,
      queues: this.queues,
      ...(blocked === undefined ? {} : { blocked }),
      revive: {
        profileId: this.profileId,
        vhost: this.vhost,
        targetKind: this.form.targetKind,
        target: this.form.target,
        revision: this.revision,
      },
    };
  }

  /** Replaces what is typed: the user asked for this form. */
  fill(form: PublishForm): void {
    this.form = form;
    this.revision++;
    this.tell();
  }

  async publish(form: PublishForm, signal: AbortSignal): Promise<PublishResult> {
    const blocked = this.blocked();
    if (blocked !== undefined) throw new Failure('refused', blocked);
    // What was sent is what a hidden panel shows when it comes back.
    this.form = form;
    const read = draftFromForm(form);
    if ('problems' in read) return { kind: 'invalid', problems: read.problems };
    const { client } = this.sessions.byId(this.profileId);
    const outcome = await client.request('publish', { vhost: this.vhost, draft: read.draft }, signal);
    return { kind: 'outcome', at: Date.now(), outcome };
  }

  /** Fills the completion lists. Without the management API they stay empty, which hinders nobody. */
  async loadNames(): Promise<void> {
    try {
      const { client } = this.sessions.byId(this.profileId);
      const { vhost } = this;
      const [exchanges, queues] = await Promise.all([
        client.request('exchanges', { vhost }),
        client.request('queues', { vhost, page: 1, size: mostNames }),
      ]);
      this.exchanges = exchanges
        .filter(({ internal, name }) => !internal && name !== '')
        .map(({ name }) => name)
        .sort();
      this.queues = queues.items.map(({ name }) => name);
      this.tell();
    } catch (thrown) {
      this.log.debug(`No names for completion: ${asFailure(thrown).message}`);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changes.dispose();
  }

  private blocked(): string | undefined {
    try {
      const { profile, state } = this.sessions.byId(this.profileId);
      if (profile.readOnly === true) {
        return vscode.l10n.t('"{0}" is read-only: nothing can be published on it.', profile.name);
      }
      return isOpen(state) ? undefined : vscode.l10n.t('"{0}" is not connected.', profile.name);
    } catch (thrown) {
      return asFailure(thrown).message;
    }
  }

  private tell(): void {
    this.changes.fire(this.state());
  }
}
