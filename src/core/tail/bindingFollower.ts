import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { asFailure } from '../base/failure';
import { counted } from './banner';
import { timeOfDay } from './gap';
import type { MirrorBinding, MirrorPlan } from './tailPlan';
import type { SourceSink } from './tailSource';
import { bindingKey } from './tapQueue';
import type { OpenTap } from './tapQueue';

const readEveryMs = 5_000;

/** What a queue's tail should mirror at this moment, and whether the queue is there at all. */
export interface WantedMirrors {
  readonly exists: boolean;
  readonly bindings: readonly MirrorBinding[];
  /** Bindings of the queue that a tap must not copy, each with the reason. */
  readonly skipped: readonly string[];
}

/** Rejects when the bindings cannot be read. */
type ReadMirrors = (signal: AbortSignal) => Promise<WantedMirrors>;

/** The queue whose bindings are followed. */
export interface FollowedQueue {
  readonly queue: string;
  readonly read: ReadMirrors;
}

interface FollowerParts extends FollowedQueue {
  readonly clock: Clock;
  readonly sink: SourceSink;
}

/**
 * Keeps the bindings of a tap the same as those of the watched queue: a binding added later would otherwise not be
 * seen, and one that was removed would show what the queue no longer gets (DOMAIN 2.1). Each change becomes a row.
 */
export class BindingFollower implements Disposable {
  private readonly ending = new AbortController();
  private readonly mirrored: Map<string, MirrorBinding>;
  /** Refused or skipped, and said: not tried again. */
  private readonly said = new Set<string>();
  private unreadable = false;
  private gone = false;
  private timer: Disposable | undefined;

  constructor(
    private readonly tap: OpenTap,
    private readonly plan: MirrorPlan,
    private readonly parts: FollowerParts,
  ) {
    this.mirrored = new Map(plan.bindings.map((binding) => [bindingKey(binding), binding]));
    this.wait();
  }

  dispose(): void {
    this.ending.abort();
    this.timer?.dispose();
  }

  private wait(): void {
    if (this.ending.signal.aborted) return;
    this.timer = this.parts.clock.after(readEveryMs, () => {
      void this.look().finally(() => {
        this.wait();
      });
    });
  }

  private async look(): Promise<void> {
    const { sink, read, queue } = this.parts;
    let wanted: WantedMirrors;
    try {
      wanted = await read(this.ending.signal);
    } catch (thrown) {
      if (this.unreadable || this.ending.signal.aborted) return;
      this.unreadable = true;
      sink.note(
        'warning',
        `The bindings of ${queue} cannot be read at the moment: ${asFailure(thrown).message} This tail keeps the ones it has.`,
      );
      return;
    }
    if (this.unreadable) sink.note('info', `The bindings of ${queue} can be read again.`);
    this.unreadable = false;
    if (this.ending.signal.aborted) return;
    this.sayWhetherThere(wanted.exists);
    try {
      await this.apply(wanted);
    } catch {
      // The tap is lost, which says so and begins anew.
    }
  }

  private sayWhetherThere(exists: boolean): void {
    const { sink, clock, queue } = this.parts;
    if (exists === !this.gone) return;
    this.gone = !exists;
    const now = timeOfDay(clock.now());
    if (exists) sink.note('info', `${queue} exists again (seen ${now}).`);
    else sink.note('warning', `${queue} was deleted (seen ${now}): nothing shows until it exists again.`);
  }

  private async apply({ bindings, skipped }: WantedMirrors): Promise<void> {
    const wanted = new Map(bindings.map((binding) => [bindingKey(binding), binding]));
    const before = [...this.mirrored.keys()].join();
    for (const [key, binding] of [...this.mirrored]) {
      if (wanted.has(key)) continue;
      this.mirrored.delete(key);
      await this.tap.remove(binding);
      this.say('info', `no longer sees ${inWords(binding)}: this binding was removed from the queue.`);
    }
    for (const [key, binding] of wanted) {
      if (this.mirrored.has(key) || this.said.has(key)) continue;
      const refusal = await this.tap.add(binding);
      if (refusal === undefined) {
        this.mirrored.set(key, binding);
        this.say('info', `also sees ${inWords(binding)}: this binding was added to the queue.`);
      } else {
        this.said.add(key);
        this.parts.sink.note(
          'warning',
          `A binding was added to the queue that the tap may not have: ${refusal}`,
        );
      }
    }
    if ([...this.mirrored.keys()].join() !== before) {
      const sees = `Mirror tap: sees new messages routed here by ${counted(this.mirrored.size, 'binding')}.`;
      this.parts.sink.banner({ ...this.plan.banner, sees });
    }
    for (const reason of skipped) {
      if (this.said.has(reason) || this.plan.banner.misses.includes(reason)) continue;
      this.said.add(reason);
      this.parts.sink.note('warning', `A binding was added to the queue that is not mirrored: ${reason}.`);
    }
  }

  private say(severity: 'info' | 'warning', text: string): void {
    this.parts.sink.note(severity, `From ${timeOfDay(this.parts.clock.now())} ${text}`);
  }
}

function inWords({ source, routingKey, arguments: args }: MirrorBinding): string {
  const headers = args.filter(({ name }) => name !== 'x-match').map(({ name }) => name);
  if (routingKey === '' && headers.length > 0) return `${source} with headers ${headers.join(', ')}`;
  return routingKey === '' ? source : `${source} with key ${routingKey}`;
}
