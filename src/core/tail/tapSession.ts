import { backoffMs } from '../base/backoff';
import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { asFailure } from '../base/failure';
import type { Failure } from '../base/failure';
import type { Log } from '../base/log';
import type { AmqpPort } from '../broker/amqpPort';
import { gapText } from './gap';
import type { TailSession, TailSink } from './tailSession';
import { withoutRefused } from './tapPlan';
import type { TapPlan } from './tapPlan';
import { openTap } from './tapQueue';
import type { OpenTap } from './tapQueue';
import { watchTap } from './tapWatch';

export interface TapSessionParts {
  readonly amqp: AmqpPort;
  readonly clock: Clock;
  readonly log: Log;
  readonly sink: TailSink;
  readonly vhost: string;
  /** A name for the broker's operator. */
  readonly connectionName: string;
  /** A fresh name for the temporary queue: the one of a lost connection may still be taken. */
  readonly queueName: () => string;
  /** Read anew at every start, because bindings may have changed while the connection was gone. */
  readonly plan: (signal: AbortSignal) => Promise<TapPlan>;
}

/**
 * A mirror tap that lives until it is stopped: it comes back after every loss, and writes a row about what it could
 * not see. It takes nothing from the watched queue. A failure at the first start ends it; later ones are retried.
 */
export class TapSession implements TailSession {
  private readonly stopping = new AbortController();
  private life: Promise<void> | undefined;
  private lastPlan: TapPlan | undefined;
  /** Since when messages may have been missed. */
  private lostAt: number | undefined;

  constructor(private readonly parts: TapSessionParts) {}

  start(): void {
    this.life ??= this.live().catch((thrown: unknown) => {
      this.fail(asFailure(thrown));
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.life;
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async live(): Promise<void> {
    const { sink, clock } = this.parts;
    sink.status({ kind: 'starting' });
    for (let attempt = 0; !this.isStopped(); attempt++) {
      try {
        const tap = await this.attach();
        if (!tap) return;
        attempt = 0;
        await this.untilLost(tap);
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (this.isStopped()) return;
        if (this.lostAt === undefined) {
          this.fail(failure);
          return;
        }
        this.parts.log.warn('A tail could not come back yet.', failure.more.detail ?? failure.message);
        sink.status({ kind: 'reconnecting', text: `${failure.message} Trying again.` });
      }
      await delay(clock, backoffMs(attempt), this.stopping.signal);
    }
  }

  /** A tap that delivers, or `undefined` when there is nothing to mirror. */
  private async attach(): Promise<OpenTap | undefined> {
    const { amqp, clock, sink, vhost, connectionName, queueName } = this.parts;
    const plan = await this.currentPlan();
    sink.banner(plan.banner);
    if (plan.kind === 'nothing') {
      sink.status({ kind: 'nothingToMirror', text: plan.text });
      return undefined;
    }
    const tap = await openTap(
      amqp,
      {
        vhost,
        connectionName,
        queueName: queueName(),
        bindings: plan.bindings,
        onDelivery: (delivery) => {
          sink.message(delivery);
        },
      },
      clock,
      this.stopping.signal,
    );
    const held = withoutRefused(plan, tap.refused);
    sink.banner(held.banner);
    if (held.kind === 'nothing') {
      await tap.end();
      sink.status({ kind: 'nothingToMirror', text: held.text });
      return undefined;
    }
    if (this.lostAt !== undefined) sink.note('warning', gapText(this.lostAt, clock.now()));
    sink.status({ kind: 'running' });
    return tap;
  }

  /** After a loss the management API may come back later than AMQP: the plan of before is then better than none. */
  private async currentPlan(): Promise<TapPlan> {
    try {
      this.lastPlan = await this.parts.plan(this.stopping.signal);
      return this.lastPlan;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!this.lastPlan || failure.reason === 'notFound') throw failure;
      return this.lastPlan;
    }
  }

  /** Resolves when the tap was stopped or lost; a loss is said at once. The tap is closed in either case. */
  private async untilLost(tap: OpenTap): Promise<void> {
    const { clock, sink } = this.parts;
    const watch = watchTap(tap, clock, (text) => {
      sink.note('warning', text);
    });
    try {
      const failure = await Promise.race([tap.lost, aborted(this.stopping.signal)]);
      if (!failure) return;
      this.lostAt = clock.now();
      sink.note('warning', failure.message);
      sink.status({ kind: 'reconnecting', text: `${failure.message} Connecting again.` });
    } finally {
      watch.dispose();
      await tap.end();
    }
  }

  private fail(failure: Failure): void {
    const { advice, detail } = failure.more;
    this.parts.log.warn('A tail ended.', detail ?? failure.message);
    this.parts.sink.status({
      kind: 'failed',
      text: failure.message,
      ...(advice === undefined ? {} : { advice }),
    });
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const finish = (): void => {
      resolve(undefined);
    };
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true });
  });
}
