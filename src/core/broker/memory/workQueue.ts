import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { FieldTable } from '../../base/fieldValue';
import { field, integerField, textField } from '../../base/fieldValue';
import type { QueueDeclaration } from '../amqpPort';
import type { Behaviour } from './behaviour';
import { ConsumerTurns } from './consumerTurns';
import { Fault, refused } from './fault';
import type { Consumer, QueueActor, QueueFigures, QueueHost } from './queueActor';
import { RateCounter } from './rateCounter';
import { ClassicReady, QuorumReady } from './readyMessages';
import type { GiveBack, ReadyMessages } from './readyMessages';
import type { QueuedMessage, StoredMessage } from './storedMessage';

/** A classic or quorum queue: every message goes to one consumer. */
export class WorkQueue implements QueueActor {
  private readonly ready: ReadyMessages;
  private readonly turns: ConsumerTurns;
  private readonly arrivals: RateCounter;
  private readonly departures: RateCounter;
  private readyBytes = 0;
  private unacked = 0;
  private lastPosition = 0;
  private ended = false;
  private headTimer: Disposable | undefined;
  private leaseTimer: Disposable | undefined;

  constructor(
    readonly name: string,
    readonly type: 'classic' | 'quorum',
    readonly declaration: QueueDeclaration,
    readonly owner: object | undefined,
    private readonly host: QueueHost,
    private readonly clock: Clock,
    behaviour: Behaviour,
  ) {
    const args = declaration.arguments;
    this.ready =
      type === 'classic' ? new ClassicReady() : new QuorumReady(behaviour, deliveryLimit(args, behaviour));
    this.turns = new ConsumerTurns(isSingleActive(args));
    this.arrivals = new RateCounter(clock);
    this.departures = new RateCounter(clock);
    this.touch();
  }

  enqueue(message: StoredMessage): boolean {
    this.arrivals.add();
    if (this.refusesWhenFull() && this.isFull()) {
      if (this.overflow() === 'reject-publish-dlx')
        this.host.deadLetter(this, [this.entry(message)], 'maxlen');
      return false;
    }
    const entry = this.entry(message);
    const consumer = this.ready.length === 0 ? this.turns.next() : undefined;
    // Straight to a waiting consumer, so that a time to live of 0 means "now or never".
    if (consumer) this.hand(entry, consumer);
    else this.keep(entry);
    this.trim();
    this.watchHead();
    return true;
  }

  addConsumer(consumer: Consumer): void {
    const present = this.turns.all();
    // Quorum queues do not enforce exclusive consumers (DOMAIN 1.3).
    const isBarred = consumer.exclusive ? present.length > 0 : present.some((other) => other.exclusive);
    if (this.type === 'classic' && isBarred) {
      throw refused(`queue '${this.name}' in vhost '${this.host.vhost}' in exclusive use`);
    }
    this.turns.add(consumer);
    this.leaseTimer?.dispose();
    this.pump();
  }

  removeConsumer(consumer: Consumer): void {
    if (!this.turns.remove(consumer)) return;
    this.afterLoss();
  }

  get(): { entry: QueuedMessage; headers: FieldTable } | undefined {
    if (this.type === 'quorum' && isSingleActive(this.declaration.arguments)) {
      throw new Fault(
        405,
        `RESOURCE_LOCKED - cannot obtain access to locked queue '${this.name}' in vhost '${this.host.vhost}'. ` +
          'basic.get operations are not supported by quorum queues with single active consumer',
      );
    }
    this.touch();
    this.dropExpired();
    const entry = this.take();
    if (!entry) return undefined;
    this.unacked += 1;
    this.departures.add();
    this.watchHead();
    return { entry, headers: this.ready.headersOf(entry) };
  }

  acked(entries: readonly QueuedMessage[]): void {
    this.unacked -= entries.length;
    this.pump();
  }

  rejected(entries: readonly QueuedMessage[]): void {
    this.unacked -= entries.length;
    this.host.deadLetter(this, entries, 'rejected');
    this.pump();
  }

  nacked(entries: readonly QueuedMessage[]): void {
    this.takeBack(entries, 'nack');
    this.pump();
  }

  channelGone(consumers: readonly Consumer[], entries: readonly QueuedMessage[]): void {
    // Both before anybody is served again, or what comes back would go to the consumers that are leaving.
    const lost = consumers.filter((consumer) => this.turns.remove(consumer));
    this.takeBack(entries, 'close');
    if (lost.length > 0) this.afterLoss();
    else this.pump();
  }

  purge(): number {
    const count = this.ready.length;
    while (this.take());
    this.watchHead();
    return count;
  }

  touch(): void {
    const expires = integerField(this.declaration.arguments, 'x-expires');
    this.leaseTimer?.dispose();
    if (expires === undefined || this.turns.all().length > 0 || this.ended) return;
    this.leaseTimer = this.clock.after(expires, () => {
      this.host.remove(this);
    });
  }

  figures(): QueueFigures {
    const active = this.turns.active();
    return {
      ready: this.ready.length,
      unacked: this.unacked,
      consumers: this.turns.all(),
      ...(active ? { activeConsumer: active } : {}),
      rateIn: this.arrivals.rate(),
      rateOut: this.departures.rate(),
    };
  }

  end(): void {
    this.ended = true;
    this.headTimer?.dispose();
    this.leaseTimer?.dispose();
    for (const consumer of this.turns.all()) consumer.cancelled();
  }

  /** Ready again; nobody is served yet. */
  private takeBack(entries: readonly QueuedMessage[], how: GiveBack): void {
    if (this.ended) return;
    this.unacked -= entries.length;
    for (const entry of entries) entry.redelivered = true;
    const exhausted = this.ready.giveBack(entries, how);
    const bytes = (list: readonly QueuedMessage[]): number =>
      list.reduce((sum, entry) => sum + entry.message.body.length, 0);
    this.readyBytes += bytes(entries) - bytes(exhausted);
    if (exhausted.length > 0) this.host.deadLetter(this, exhausted, 'delivery_limit');
    this.trim();
  }

  private afterLoss(): void {
    if (this.ended) return;
    if (this.turns.all().length > 0) this.pump();
    else if (this.declaration.autoDelete) this.host.remove(this);
    else {
      this.touch();
      this.watchHead();
    }
  }

  private entry(message: StoredMessage): QueuedMessage {
    this.lastPosition += 1;
    return {
      message,
      position: this.lastPosition,
      expiresAt: this.expiry(message),
      redelivered: false,
      acquired: 0,
      failed: 0,
    };
  }

  private pump(): void {
    this.dropExpired();
    for (let consumer = this.nextConsumer(); consumer; consumer = this.nextConsumer()) {
      const entry = this.take();
      if (!entry) break;
      this.hand(entry, consumer);
      this.dropExpired();
    }
    this.watchHead();
  }

  private nextConsumer(): Consumer | undefined {
    return this.ready.length === 0 ? undefined : this.turns.next();
  }

  private hand(entry: QueuedMessage, consumer: Consumer): void {
    this.departures.add();
    if (!consumer.noAck) this.unacked += 1;
    consumer.deliver(entry, this.ready.headersOf(entry));
  }

  private keep(entry: QueuedMessage): void {
    this.ready.push(entry);
    this.readyBytes += entry.message.body.length;
  }

  private take(): QueuedMessage | undefined {
    const entry = this.ready.shift();
    if (entry) this.readyBytes -= entry.message.body.length;
    return entry;
  }

  /** Only at the head: a message that expired behind one that did not stays until it gets there. */
  private dropExpired(): void {
    const now = this.clock.now();
    const expired: QueuedMessage[] = [];
    for (
      let head = this.ready.first();
      head?.expiresAt !== undefined && head.expiresAt <= now;
      head = this.ready.first()
    ) {
      this.take();
      expired.push(head);
    }
    if (expired.length > 0) this.host.deadLetter(this, expired, 'expired');
  }

  private watchHead(): void {
    this.headTimer?.dispose();
    const expiresAt = this.ready.first()?.expiresAt;
    if (expiresAt === undefined || this.ended) return;
    this.headTimer = this.clock.after(Math.max(0, expiresAt - this.clock.now()), () => {
      this.pump();
    });
  }

  private expiry(message: StoredMessage): number | undefined {
    const own = message.properties.expiration;
    const times = [
      integerField(this.declaration.arguments, 'x-message-ttl'),
      own === undefined ? undefined : Number(own),
    ];
    const known = times.filter((time) => time !== undefined);
    return known.length === 0 ? undefined : this.clock.now() + Math.min(...known);
  }

  private trim(): void {
    if (this.refusesWhenFull()) return;
    const dropped: QueuedMessage[] = [];
    while (this.isOver()) {
      const head = this.take();
      if (!head) break;
      dropped.push(head);
    }
    if (dropped.length > 0) this.host.deadLetter(this, dropped, 'maxlen');
  }

  private overflow(): string {
    return textField(this.declaration.arguments, 'x-overflow') ?? 'drop-head';
  }

  private refusesWhenFull(): boolean {
    return this.overflow().startsWith('reject-publish');
  }

  private isFull(): boolean {
    const { length, bytes } = this.limits();
    return this.ready.length >= length || this.readyBytes >= bytes;
  }

  private isOver(): boolean {
    const { length, bytes } = this.limits();
    return this.ready.length > length || this.readyBytes > bytes;
  }

  private limits(): { length: number; bytes: number } {
    const args = this.declaration.arguments;
    return {
      length: integerField(args, 'x-max-length') ?? Number.POSITIVE_INFINITY,
      bytes: integerField(args, 'x-max-length-bytes') ?? Number.POSITIVE_INFINITY,
    };
  }
}

function isSingleActive(args: FieldTable): boolean {
  const value = field(args, 'x-single-active-consumer');
  return value?.type === 'bool' && value.value;
}

/** 3.x: none unless set; 4.x: 20 unless set to an integer, and none when that is negative (DOMAIN 1.2). */
function deliveryLimit(args: FieldTable, behaviour: Behaviour): number | undefined {
  const set = integerField(args, 'x-delivery-limit');
  if (behaviour === '3.10') return set;
  if (set === undefined) return 20;
  return set < 0 ? undefined : set;
}
