import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import { Failure, asFailure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import type { Profile } from '../../core/broker/profile';
import type { BrokerContract, ConnectionState, OpenParams } from '../../protocol/brokerContract';
import type { Client } from '../../protocol/endpoint';
import type { ViewState } from '../../protocol/view';
import type { BrokerLink, StartBroker } from './brokerLink';
import { failedState, isOpen } from './sessionState';
import type { SessionState } from './sessionState';
import type { TracingMemory } from './tracingMemory';

/** How long a worker may take to end its taps in order before it is ended without asking. */
const closeWithinMs = 5_000;

/** One profile's connection: starts its worker, follows its state, and ends it. */
export class BrokerSession implements Disposable {
  private readonly states = new Emitter<SessionState>();
  private readonly views = new Emitter<ViewState>();
  private link: BrokerLink | undefined;
  private listening = new DisposableStore();
  private current: SessionState = { status: 'closed' };
  readonly onDidChangeState = this.states.event;
  readonly onDidChangeView = this.views.event;

  constructor(
    readonly profile: Profile,
    private readonly startBroker: StartBroker,
    private readonly network: () => OpenParams['network'],
    private readonly tracing: TracingMemory,
    private readonly log: Log,
  ) {}

  get state(): SessionState {
    return this.current;
  }

  /** Whoever asks the broker for something needs this; it rejects in words when there is no connection. */
  get client(): Client<BrokerContract> {
    if (this.link !== undefined && isOpen(this.current)) return this.link.client;
    throw new Failure('closed', vscode.l10n.t('"{0}" is not connected.', this.profile.name), {
      advice: vscode.l10n.t('Connect it first.'),
    });
  }

  /** Logs in. Afterwards `state` says how it went; nothing is thrown. */
  async open(password: string): Promise<SessionState> {
    await this.close();
    const link = this.startBroker(this.profile.name);
    const listening = new DisposableStore();
    this.link = link;
    this.listening = listening;
    this.enter({ status: 'connecting' });
    listening.add(link.onCrash((detail) => this.crashed(link, detail)));
    listening.add(
      link.client.on('connection')((state) => {
        // Until `open` has answered, its answer is what counts: it carries the reason of a failure.
        if (this.link === link && this.current.status !== 'connecting') this.heard(state);
      }),
    );
    listening.add(link.client.on('view')((view) => this.views.fire(view)));
    listening.add(
      link.client.on('log')(({ level, message, detail }) => {
        this.log[level](`${this.profile.name}: ${message}`, detail);
      }),
    );
    // Not among the others: a worker that ends in order still has to say that tracing is off again.
    link.client.on('tracing')(({ vhosts }) => {
      void this.keepTracing(link, vhosts);
    });
    try {
      const state = await link.client.request('open', {
        profile: this.profile,
        password,
        tracing: this.tracing.of(this.profile),
        network: this.network(),
      });
      if (this.link === link) this.enter(state);
    } catch (thrown) {
      if (this.link !== link) return this.current;
      const failure = asFailure(thrown);
      this.log.warn(`${this.profile.name}: ${failure.message}`, failure.more.detail);
      this.drop();
      this.enter(failedState(failure));
    }
    return this.current;
  }

  /** Ends taps and connection in order, then the worker. */
  async close(): Promise<void> {
    const link = this.link;
    if (link === undefined) {
      this.enter({ status: 'closed' });
      return;
    }
    this.link = undefined;
    this.listening.dispose();
    this.enter({ status: 'closed' });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, closeWithinMs)));
    await Promise.race([link.client.request('close', undefined).catch(() => undefined), patience]);
    clearTimeout(timer);
    link.dispose();
  }

  /** A state that the host finds out by itself: no password. */
  enterPasswordNeeded(text: string): void {
    this.enter({ status: 'passwordNeeded', text });
  }

  dispose(): void {
    void this.close().finally(() => {
      this.states.dispose();
      this.views.dispose();
    });
  }

  private async keepTracing(link: BrokerLink, vhosts: readonly string[]): Promise<void> {
    try {
      await this.tracing.keep(this.profile, vhosts);
      await link.client.request('tracingKept', { vhosts });
    } catch (thrown) {
      // Without the answer the worker does not switch tracing on.
      this.log.warn(`${this.profile.name}: ${asFailure(thrown).message}`);
    }
  }

  private heard(state: ConnectionState): void {
    if (state.status !== 'closed') {
      this.enter(state);
      return;
    }
    // The worker gave up getting back in: the broker keeps refusing the login.
    this.drop();
    const { text, advice } = state;
    if (text === undefined) this.enter({ status: 'closed' });
    else this.enter({ status: 'passwordNeeded', text, ...(advice === undefined ? {} : { advice }) });
  }

  private crashed(link: BrokerLink, detail: string): void {
    if (this.link !== link) return;
    this.log.error(`The worker of "${this.profile.name}" ended unexpectedly.`, detail);
    this.drop();
    this.enter({
      status: 'failed',
      text: vscode.l10n.t('The process that held this connection ended unexpectedly.'),
      advice: vscode.l10n.t('Connect again. The AMQP output channel has the details.'),
    });
  }

  private drop(): void {
    this.listening.dispose();
    this.link?.dispose();
    this.link = undefined;
  }

  private enter(state: SessionState): void {
    this.current = state;
    this.states.fire(state);
  }
}
