import { backoffMs } from '../base/backoff';
import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { asFailure } from '../base/failure';
import type { Failure } from '../base/failure';
import type { Log } from '../base/log';
import type { NoteRow } from '../message/row';
import { gapText } from './gap';
import type { Interruption } from './gap';
import type { NothingToWatch, TailPlan } from './tailPlan';
import type { HoldReason, TailSession, TailSink } from './tailSession';
import type { OpenSource, OpenTailSource, SourceSink } from './tailSource';

export interface SteadyTailParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly sink: TailSink;
  /** Made anew at every start, because what is watched may have changed while the connection was gone. */
  readonly plan: (signal: AbortSignal) => Promise<TailPlan>;
  readonly open: OpenTailSource;
}

/** How often a queue that has nothing to watch is looked at again. */
const lookAgainMs = 5_000;

/**
 * A tail that lives until it is stopped: it comes back after every loss, and writes a row about what it could not
 * see. A failure at the first start ends it; later ones are retried.
 */
export class SteadyTail implements TailSession {
  private readonly stopping = new AbortController();
  /** Ends with a stop and with a hold: one stretch of receiving. */
  private stint = new AbortController();
  private life: Promise<void> | undefined;
  private lastPlan: TailPlan | undefined;
  private held: HoldReason | undefined;
  private wake: () => void = () => undefined;
  /** Since when messages may have been missed. */
  private interrupted: Interruption | undefined;
  /** What its source says about that time. */
  private missed: { readonly severity: NoteRow['severity']; readonly text: string } | undefined;
  private hasRun = false;
  private isOver = false;

  constructor(private readonly parts: SteadyTailParts) {}

  start(): void {
    this.life ??= this.live()
      .catch((thrown: unknown) => {
        this.fail(asFailure(thrown));
      })
      .finally(() => {
        this.isOver = true;
      });
  }

  hold(why: HoldReason): void {
    if (this.held !== undefined || this.isOver || this.isStopped()) return;
    this.held = why;
    this.interrupted ??= { at: this.parts.clock.now(), why };
    this.stint.abort();
    this.parts.sink.status({ kind: 'held', why });
  }

  release(): void {
    if (this.held === undefined || this.isOver || this.isStopped()) return;
    this.held = undefined;
    this.stint = new AbortController();
    this.parts.sink.status({ kind: 'starting' });
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.stint.abort();
    this.wake();
    await this.life;
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async live(): Promise<void> {
    this.parts.sink.status({ kind: 'starting' });
    for (let attempt = 0; !this.isStopped(); attempt++) {
      if (this.held !== undefined) {
        await this.untilReleased();
        attempt = -1;
        continue;
      }
      const stint = this.stint.signal;
      try {
        const opened = await this.attach(stint);
        attempt = 0;
        if ('kind' in opened) {
          if (!opened.mayChange) return;
          await delay(this.parts.clock, lookAgainMs, stint);
          continue;
        }
        if (!(await this.untilLost(opened, stint))) return;
      } catch (thrown) {
        if (!stint.aborted && !this.goesOnAfter(asFailure(thrown))) return;
      }
      if (!stint.aborted) await delay(this.parts.clock, backoffMs(attempt), stint);
    }
  }

  /** Whether the tail tries again: a first start that fails is final. */
  private goesOnAfter(failure: Failure): boolean {
    if (!this.hasRun) {
      this.fail(failure);
      return false;
    }
    this.parts.log.warn('A tail could not come back yet.', failure.more.detail ?? failure.message);
    this.parts.sink.status({ kind: 'reconnecting', text: `${failure.message} Trying again.` });
    return true;
  }

  /** A source that delivers, or why there is nothing to watch. */
  private async attach(stint: AbortSignal): Promise<OpenSource | NothingToWatch> {
    const { sink } = this.parts;
    const plan = await this.currentPlan(stint);
    sink.banner(plan.banner);
    this.missed = undefined;
    const opened = plan.kind === 'nothing' ? plan : await this.parts.open(plan, this.sinkOf(stint), stint);
    if ('kind' in opened) {
      sink.banner(opened.banner);
      sink.status({ kind: 'nothingToMirror', text: opened.text });
      return opened;
    }
    if (stint.aborted) return opened;
    this.sayGap();
    this.hasRun = true;
    sink.status({ kind: 'running' });
    return opened;
  }

  /** What a source may tell while its stretch lasts: afterwards nothing it delivers counts as shown. */
  private sinkOf(stint: AbortSignal): SourceSink {
    const { sink } = this.parts;
    return {
      message: (arrival) => {
        if (stint.aborted) return false;
        if (this.interrupted !== undefined) this.sayGap();
        return sink.message(arrival);
      },
      missed: (severity, text) => {
        this.missed = { severity, text };
      },
      note: (severity, text) => {
        if (stint.aborted) return;
        this.sayGap();
        sink.note(severity, text);
      },
      banner: (banner) => {
        if (!stint.aborted) sink.banner(banner);
      },
    };
  }

  /** Before the first message of a new source, or when it has opened without any. */
  private sayGap(): void {
    const { sink, clock } = this.parts;
    const { interrupted, missed } = this;
    if (interrupted === undefined) return;
    this.interrupted = undefined;
    sink.note(missed?.severity ?? 'warning', gapText(interrupted, clock.now(), missed?.text));
  }

  /** After a loss the management API may come back later than AMQP: the plan of before is then better than none. */
  private async currentPlan(stint: AbortSignal): Promise<TailPlan> {
    try {
      this.lastPlan = await this.parts.plan(stint);
      return this.lastPlan;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!this.lastPlan || failure.reason === 'notFound') throw failure;
      return this.lastPlan;
    }
  }

  /**
   * Resolves when the source was ended or lost, and is closed in either case; a loss is said at once. False when it
   * makes no sense to come back.
   */
  private async untilLost(source: OpenSource, stint: AbortSignal): Promise<boolean> {
    const { clock, sink } = this.parts;
    const leaving = new AbortController();
    try {
      const failure = await Promise.race([source.lost, aborted(stint, leaving.signal)]);
      if (!failure) return true;
      if (failure.reason === 'unsupported') {
        this.fail(failure);
        return false;
      }
      this.interrupted = { at: clock.now(), why: 'lost' };
      sink.note('warning', failure.message);
      sink.status({ kind: 'reconnecting', text: `${failure.message} Connecting again.` });
      return true;
    } finally {
      leaving.abort();
      await source.end();
    }
  }

  private untilReleased(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.held === undefined || this.isStopped()) resolve();
    });
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

/** Resolves when the first signal aborts; the second ends the waiting, so that no listener stays behind. */
function aborted(signal: AbortSignal, leaving: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const finish = (): void => {
      resolve(undefined);
    };
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish, { once: true, signal: leaving });
  });
}
