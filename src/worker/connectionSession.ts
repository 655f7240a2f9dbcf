import { backoffMs } from '../core/base/backoff';
import type { Clock } from '../core/base/clock';
import { delay } from '../core/base/clock';
import { Emitter } from '../core/base/emitter';
import { asFailure, Failure, throwIfAborted } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { AmqpConnection } from '../core/broker/amqpPort';
import type { Broker, OpenBroker } from '../core/broker/broker';
import type { Profile } from '../core/broker/profile';
import { profileCheck } from '../core/broker/profile';
import type { ConnectionState, OpenParams, ServerSummary } from '../protocol/brokerContract';
import { probeManagement } from './managementProbe';
import { networkSettings } from './network';

/** A broker that was logged in to; its control connection may be gone for the moment. */
export interface LiveBroker {
  readonly profile: Profile;
  readonly broker: Broker;
  readonly summary: ServerSummary;
}

/** So often in a row the broker may say that the password is wrong before we stop asking: accounts get locked. */
const mostRefusals = 3;

/**
 * The control connection of one profile: it tells whether the broker is there, and comes back by itself. Everything
 * else (publishing, each tail, each peek) has connections of its own.
 */
export class ConnectionSession {
  private readonly states = new Emitter<ConnectionState>();
  readonly onState = this.states.event;
  private current: ConnectionState = { status: 'closed' };
  private live: LiveBroker | undefined;
  private control: AmqpConnection | undefined;
  private life = new AbortController();

  constructor(
    private readonly openBroker: OpenBroker,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  get state(): ConnectionState {
    return this.current;
  }

  /** Rejects with a Failure in words when the login fails; another `open` may follow. */
  async open(params: OpenParams, signal?: AbortSignal): Promise<ConnectionState> {
    await this.close();
    const profile = profileCheck(params.profile, 'profile');
    const broker = this.openBroker(profile, { password: params.password }, networkSettings(params.network));
    const life = new AbortController();
    this.life = life;
    this.enter({ status: 'connecting' });
    try {
      await this.login(profile, broker, signal ? AbortSignal.any([signal, life.signal]) : life.signal);
      return this.current;
    } catch (thrown) {
      broker.dispose();
      if (!life.signal.aborted) this.enter({ status: 'closed' });
      throw thrown;
    }
  }

  /** What requests work with. Throws `closed` before `open` and after `close`. */
  get connected(): LiveBroker {
    if (this.live) return this.live;
    throw new Failure('closed', 'There is no connection to this broker.', { advice: 'Connect it first.' });
  }

  /** The control connection. Throws `closed` while it is being restored. */
  get controlConnection(): AmqpConnection {
    if (this.control) return this.control;
    throw new Failure('closed', 'The connection to the broker is being restored.', {
      advice: 'Try again in a moment.',
    });
  }

  async close(): Promise<void> {
    this.life.abort();
    const { control, live } = this;
    this.control = undefined;
    this.live = undefined;
    await control?.close();
    live?.broker.dispose();
    if (this.current.status !== 'closed') this.enter({ status: 'closed' });
  }

  /** Connects, asks who is there, and from then on follows the connection. */
  private async login(profile: Profile, broker: Broker, signal: AbortSignal): Promise<void> {
    const { life } = this;
    const connection = await broker.amqp.connect(profile.vhost, 'AMQP Workbench', signal);
    this.control = connection;
    let known = false;
    let lost = new Failure('closed', 'The connection to the broker was closed.');
    connection.onClosed((reason) => {
      if (life.signal.aborted || this.control !== connection) return;
      this.control = undefined;
      if (reason) lost = reason;
      this.log.warn(lost.message, lost.more.detail);
      if (known) void this.restore(lost.message, life.signal);
    });
    const management = await probeManagement(broker.management, profile, signal);
    if (signal.aborted) await connection.close();
    throwIfAborted(signal);
    if (this.control !== connection) throw lost;
    known = true;
    const { product, version } = connection.server;
    const summary: ServerSummary = { product, version, vhost: profile.vhost, management };
    this.live = { profile, broker, summary };
    this.enter({ status: 'connected', ...summary });
  }

  private async restore(lost: string, life: AbortSignal): Promise<void> {
    let text = lost;
    let refusals = 0;
    const isOver = (): boolean => life.aborted;
    for (let attempt = 1; !isOver(); attempt++) {
      this.enter({ status: 'reconnecting', text, attempt });
      await delay(this.clock, backoffMs(attempt - 1), life);
      const live = this.live;
      if (isOver() || !live) return;
      try {
        await this.login(live.profile, live.broker, life);
        return;
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (isOver()) return;
        this.log.info(`Not connected again yet: ${failure.message}`, failure.more.detail);
        text = failure.message;
        refusals = failure.reason === 'auth' ? refusals + 1 : 0;
        if (refusals >= mostRefusals) {
          await this.giveUp(failure);
          return;
        }
      }
    }
  }

  private async giveUp(failure: Failure): Promise<void> {
    await this.close();
    const { advice } = failure.more;
    this.enter({ status: 'closed', text: failure.message, ...(advice === undefined ? {} : { advice }) });
  }

  private enter(state: ConnectionState): void {
    this.current = state;
    this.states.fire(state);
  }
}
