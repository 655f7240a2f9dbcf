import type { Clock } from '../base/clock';
import { delay } from '../base/clock';
import { integerField, tableOf } from '../base/fieldValue';
import type { AmqpChannel } from '../broker/amqpPort';
import type { Delivery } from '../message/message';
import { offsetArgument } from '../topology/streamOffset';
import type { PeekPlan } from './peekPlan';

/** No message for that long: nothing more is coming. */
const idleMs = 500;
/** How many more messages at once, while looking for the first that was never delivered before. */
const step = 16;
/** Beyond that many the steps grow, because every step is one more consumer. */
const manyTaken = 300;

/** What has been read and must go back. */
export interface Taken {
  readonly count: number;
  /** Of the first `plan.count` messages, those handed out. */
  readonly shown: number;
  /** The last one was never delivered before, so nothing older can be left behind it (DOMAIN 1.1, second trap). */
  readonly lastIsFresh: boolean;
  /** The queue had no more. */
  readonly exhausted: boolean;
  readonly highestDeliveryCount: number | undefined;
  /** Of a stream: the offsets of the first and the last message read. */
  readonly offsets: readonly [number, number] | undefined;
}

/**
 * Reads from a queue on one channel without acknowledging. `signal` stops it early; what was taken by then is in
 * `taken`. The caller gives everything back, whatever happens.
 */
export class Taking {
  private count = 0;
  private shown = 0;
  private lastRedelivered = true;
  private exhausted = false;
  private highest: number | undefined;
  private offsets: readonly [number, number] | undefined;
  private tags: string[] = [];
  private arrived: (() => void) | undefined;
  /** By the monotonic clock. */
  private lastArrival = 0;
  /** The broker ended the consumer or the channel. */
  private ended = false;

  constructor(
    private readonly channel: AmqpChannel,
    private readonly queue: string,
    private readonly plan: PeekPlan,
    private readonly clock: Clock,
    private readonly show: (delivery: Delivery) => void,
    private readonly signal: AbortSignal,
  ) {
    channel.onClosed(this.end);
  }

  get taken(): Taken {
    const { count, shown, exhausted, highest, offsets } = this;
    return {
      count,
      shown,
      exhausted,
      lastIsFresh: count > 0 && !this.lastRedelivered,
      highestDeliveryCount: highest,
      offsets,
    };
  }

  /** Takes what the plan wants. Rejects when the broker refuses. */
  async run(): Promise<void> {
    const { plan } = this;
    if (plan.method === 'getNack' || plan.method === 'getClose') await this.get();
    else if (plan.method === 'stream') await this.readStream();
    else await this.consume();
  }

  /** No further messages; those taken stay taken. */
  async stopConsuming(): Promise<void> {
    for (const tag of this.tags.splice(0)) await this.channel.cancel(tag);
  }

  private get stopped(): boolean {
    return this.signal.aborted || this.ended;
  }

  private get enough(): boolean {
    if (this.stopped || this.exhausted) return true;
    const { plan } = this;
    if (plan.stopAtDeliveries !== undefined && (this.highest ?? -1) >= plan.stopAtDeliveries) return true;
    if (this.count < plan.count) return false;
    return !plan.untilFresh || !this.lastRedelivered || this.count >= plan.cap;
  }

  private async get(): Promise<void> {
    while (!this.enough) {
      const delivery = await this.channel.get(this.queue);
      if (delivery) this.take(delivery);
      else this.exhausted = true;
    }
  }

  private async consume(): Promise<void> {
    while (!this.enough) {
      const more = this.count < this.plan.count ? this.plan.count - this.count : this.extension();
      const { ready } = await this.channel.checkQueue(this.queue);
      if (ready === 0) this.exhausted = true;
      else await this.consumeMore(Math.min(more, this.plan.cap - this.count), ready);
    }
  }

  /** One more consumer that may hold `more` messages, of which `ready` are there to be had. */
  private async consumeMore(more: number, ready: number): Promise<void> {
    const target = this.count + more;
    const soon = Math.min(target, this.count + ready);
    await this.channel.prefetch(more);
    const tag = await this.channel.consume(
      this.queue,
      // Low priority: real consumers go first. The tag keeps several consumers in order when the channel closes.
      { noAck: false, arguments: tableOf({ 'x-priority': -10 }), consumerTag: this.nextTag() },
      (delivery) => {
        this.take(delivery);
      },
      this.end,
    );
    this.tags.push(tag);
    const complete = await this.until(() => this.count >= soon);
    this.exhausted = !this.stopped && (!complete || soon < target);
  }

  private async readStream(): Promise<void> {
    await this.channel.prefetch(this.plan.count);
    const tag = await this.channel.consume(
      this.queue,
      {
        noAck: false,
        arguments: [
          { name: 'x-stream-offset', value: offsetArgument(this.plan.offset ?? { from: 'first' }) },
        ],
      },
      (delivery) => {
        if (this.count < this.plan.count) this.take(delivery);
      },
      this.end,
    );
    this.tags.push(tag);
    const complete = await this.until(() => this.count >= this.plan.count);
    this.exhausted = !this.stopped && !complete;
  }

  private take(delivery: Delivery): void {
    this.count++;
    this.lastArrival = this.clock.monotonic();
    this.lastRedelivered = delivery.redelivered;
    const { headers } = delivery.properties;
    const deliveries = integerField(headers, 'x-delivery-count');
    if (deliveries !== undefined) this.highest = Math.max(this.highest ?? 0, deliveries);
    const offset = integerField(headers, 'x-stream-offset');
    if (offset !== undefined) this.offsets = [this.offsets?.[0] ?? offset, offset];
    if (this.shown < this.plan.count) {
      this.shown++;
      this.show(delivery);
    }
    this.arrived?.();
  }

  /** Whether it came true before messages stopped coming, the peek was stopped or the consumer was cancelled. */
  private async until(reached: () => boolean): Promise<boolean> {
    const { clock } = this;
    this.lastArrival = clock.monotonic();
    for (;;) {
      if (reached()) return true;
      const left = this.lastArrival + idleMs - clock.monotonic();
      if (this.stopped || left <= 0) return false;
      const waiting = new AbortController();
      // Waking up for every message would cost more than receiving it.
      const look = (): void => {
        if (reached() || this.stopped) waiting.abort();
      };
      this.arrived = look;
      this.signal.addEventListener('abort', look, { once: true });
      await delay(clock, left, waiting.signal);
      this.signal.removeEventListener('abort', look);
      this.arrived = undefined;
    }
  }

  private readonly end = (): void => {
    this.ended = true;
    this.arrived?.();
  };

  private extension(): number {
    return this.count < manyTaken ? step : step * 10;
  }

  private nextTag(): string {
    return `amqp-workbench.peek.${String(this.tags.length).padStart(3, '0')}`;
  }
}
