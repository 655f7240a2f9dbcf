import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import { Failure, asFailure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import type { MessageDetail } from '../../core/message/detail';
import type { Row } from '../../core/message/row';
import type { BrokerContract, ViewParams } from '../../protocol/brokerContract';
import type { MessagesPanelState, PanelRevival } from '../../protocol/messagesPanel';
import type { ViewState } from '../../protocol/view';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import { isOpen } from '../brokers/sessionState';
import { confirmSource } from '../watch/confirmSource';
import type { ConfirmSource, Consent } from '../watch/confirmSource';
import { sourceText } from './sourceText';

/** A peek says its cost for so many messages before the user chooses. */
const usualPeek = 20;
/** The detail pane shows a part of a huge body; the editor gets the whole. */
const mostDetailBytes = 1024 * 1024;

type Requests = BrokerContract['requests'];
/** What is asked about one view. */
type ViewRequest = {
  [K in keyof Requests]: Requests[K]['params'] extends ViewParams ? K : never;
}[keyof Requests];
type ViewChange = { [K in ViewRequest]: Requests[K]['result'] extends ViewState ? K : never }[ViewRequest];

/** Logs a connection in if need be; whether it is connected afterwards. */
export type ConnectProfile = (profileId: string) => Promise<boolean>;

/** One view in the worker as a panel sees it: opened, followed, and closed with the panel. */
export class MessagesFeed implements Disposable {
  private readonly changes = new Emitter<MessagesPanelState>();
  private readonly subscriptions = new DisposableStore();
  private following = new DisposableStore();
  private view: ViewState | undefined;
  private stopped: string | undefined;
  private session: BrokerSession | undefined;
  private ended = false;
  readonly onDidChange = this.changes.event;

  constructor(
    private subject: PanelRevival,
    private readonly sessions: BrokerSessions,
    private readonly connect: ConnectProfile,
    private readonly log: Log,
    private readonly confirm: ConfirmSource = confirmSource,
  ) {
    this.stopped = vscode.l10n.t('This view was stopped when the window was reloaded.');
    this.subscriptions.add(
      sessions.onDidChange((session) => {
        if (session === this.session && !isOpen(session.state)) this.lost(session);
      }),
    );
  }

  get revival(): PanelRevival {
    return this.subject;
  }

  state(): MessagesPanelState {
    return {
      connection: this.sessions.nameOf(this.subject.profileId),
      source: sourceText(this.subject.source),
      kind: this.subject.kind,
      ...(this.view === undefined ? {} : { view: this.view }),
      ...(this.view === undefined && this.stopped !== undefined ? { stopped: this.stopped } : {}),
      revive: this.subject,
    };
  }

  /** Opens the view, connecting first if need be. What goes wrong becomes the reason why it is stopped. */
  async start(consent?: Consent): Promise<void> {
    await this.leave();
    this.stopped = vscode.l10n.t('Starting...');
    this.tell();
    try {
      const { profileId, source, kind } = this.subject;
      if (!(await this.connect(profileId))) {
        this.stop(vscode.l10n.t('"{0}" is not connected.', this.sessions.nameOf(profileId)));
        return;
      }
      const session = this.sessions.byId(profileId);
      const { client } = session;
      const view =
        kind === 'peek' && source.kind === 'queue'
          ? await client.request('openPeek', { vhost: source.vhost, queue: source.queue, count: usualPeek })
          : await this.openTail(session, consent);
      if (view === undefined) {
        this.stop(vscode.l10n.t('Not started: nothing was confirmed.'));
        return;
      }
      if (this.ended) {
        // The panel was closed while the view opened: nobody else would end it.
        await client.request('closeView', { viewId: view.viewId });
        return;
      }
      this.follow(session, view);
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.log.warn(failure.message, failure.more.detail);
      this.stop([failure.message, failure.more.advice ?? ''].join(' ').trim());
    }
  }

  /** Shows something else in the same panel. What has to be confirmed and is not leaves it as it is. */
  async show(subject: Partial<PanelRevival>): Promise<void> {
    const next = { ...this.subject, ...subject };
    const session = this.view && this.session;
    const consent = session && next.kind === 'tail' ? await this.confirm(session, next.source) : undefined;
    if (consent === 'declined') return;
    this.subject = next;
    await this.start(consent);
  }

  async rows(from: number, count: number, signal: AbortSignal): Promise<readonly Row[]> {
    // A panel may still ask for rows of a view that has just stopped: there are none.
    if (this.view === undefined || this.session === undefined) return [];
    return this.ask('rows', { from, count }, signal);
  }

  message(seq: number, signal: AbortSignal, mostBytes = mostDetailBytes): Promise<MessageDetail> {
    return this.ask('message', { seq, mostBytes }, signal);
  }

  /** Asks the worker about the view, by its own id. */
  async ask<K extends ViewRequest>(
    name: K,
    params: Omit<Requests[K]['params'], 'viewId'>,
    signal?: AbortSignal,
  ): Promise<Requests[K]['result']> {
    const { session, view } = this.running();
    return session.client.request(name, { ...params, viewId: view.viewId }, signal);
  }

  /** The same for what answers with the view's new state. */
  async change<K extends ViewChange>(
    name: K,
    params: Omit<Requests[K]['params'], 'viewId'>,
    signal?: AbortSignal,
  ): Promise<undefined> {
    const state: ViewState = await this.ask<K>(name, params, signal);
    this.take(state);
    return undefined;
  }

  dispose(): void {
    this.ended = true;
    this.subscriptions.dispose();
    void this.leave().catch((thrown: unknown) => {
      this.log.warn(`A view could not be closed in order: ${asFailure(thrown).message}`);
    });
    this.changes.dispose();
  }

  /** Nothing where the user does not agree. */
  private async openTail(session: BrokerSession, given?: Consent): Promise<ViewState | undefined> {
    const { source } = this.subject;
    const consent = given ?? (await this.confirm(session, source));
    if (consent === 'declined') return undefined;
    return session.client.request('openTail', { source, confirmed: consent === 'given' });
  }

  private running(): { session: BrokerSession; view: ViewState } {
    if (this.view !== undefined && this.session !== undefined)
      return { session: this.session, view: this.view };
    throw new Failure('closed', vscode.l10n.t('This view is stopped.'), {
      advice: vscode.l10n.t('Resume it first.'),
    });
  }

  private follow(session: BrokerSession, view: ViewState): void {
    this.session = session;
    this.view = view;
    this.stopped = undefined;
    this.following.add(
      session.onDidChangeView((changed) => {
        if (changed.viewId === this.view?.viewId) this.take(changed);
      }),
    );
    this.tell();
  }

  private async leave(): Promise<void> {
    const { view, session } = this;
    this.following.dispose();
    this.following = new DisposableStore();
    this.view = undefined;
    this.session = undefined;
    if (view === undefined || session === undefined || !isOpen(session.state)) return;
    await session.client.request('closeView', { viewId: view.viewId });
  }

  private lost(session: BrokerSession): void {
    this.following.dispose();
    this.following = new DisposableStore();
    this.view = undefined;
    this.session = undefined;
    const { state } = session;
    this.stop(state.status === 'failed' ? state.text : vscode.l10n.t('The connection was closed.'));
  }

  private take(view: ViewState): void {
    this.view = view;
    this.tell();
  }

  private stop(text: string): void {
    this.stopped = text;
    this.tell();
  }

  private tell(): void {
    this.changes.fire(this.state());
  }
}
