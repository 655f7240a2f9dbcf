import type { Clock } from '../core/base/clock';
import { asFailure, Failure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import { peekCost } from '../core/peek/peekCost';
import type { PeekCost } from '../core/peek/peekCost';
import type { PeekFacts } from '../core/peek/peekFacts';
import { mostTaken, planPeek } from '../core/peek/peekPlan';
import type { PeekPlan } from '../core/peek/peekPlan';
import type { PeekReceipt } from '../core/peek/peekReceipt';
import { MessageView } from '../core/tail/view';
import type { Delivery } from '../core/message/message';
import type { Banner, ViewSource, ViewState, ViewStatus } from '../protocol/view';
import type { OpenView } from './openView';
import type { PeekWish } from './peekFacts';

export interface PeekViewParts {
  readonly id: string;
  readonly vhost: string;
  readonly queue: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What is known of the queue at this moment. */
  readonly facts: (wish: PeekWish) => Promise<PeekFacts>;
  readonly run: (
    plan: PeekPlan,
    show: (delivery: Delivery) => void,
    signal: AbortSignal,
  ) => Promise<PeekReceipt>;
  /** A receipt tells the next peek how often messages were delivered. */
  readonly done: (receipt: PeekReceipt) => void;
}

/** RabbitMQ's code for what an object type cannot do: without the management API it tells us that this is a stream. */
const notImplemented = 540;

/** One peek: says its cost, waits for the user, reads, gives back, and shows what it read. */
export class PeekView implements OpenView {
  readonly id: string;
  readonly source: ViewSource;
  readonly messages: MessageView;
  private status: ViewStatus = { kind: 'awaitingConsent' };
  private wish: PeekWish = { count: 1 };
  /** Found out by the broker's refusal, where the management API did not say it. */
  private isStream = false;
  private lastTurn = 0;
  private cost: PeekCost = { costs: [] };
  private receipt: readonly string[] | undefined;
  private running: Promise<void> | undefined;
  private readonly ending = new AbortController();

  constructor(private readonly parts: PeekViewParts) {
    this.id = parts.id;
    this.source = { kind: 'queue', vhost: parts.vhost, queue: parts.queue };
    this.messages = new MessageView(parts.clock, { rows: mostTaken, bytes: 64 * 1024 * 1024 });
  }

  get onChanged(): OpenView['onChanged'] {
    return this.messages.onChanged;
  }

  /** Says what reading that would change. Nothing is read. Of several at once the last one holds. */
  async plan(wish: PeekWish): Promise<ViewState> {
    this.refuseWhileReading();
    const turn = ++this.lastTurn;
    const facts = await this.facts(wish);
    if (turn === this.lastTurn) this.price(facts);
    this.messages.changed();
    return this.state();
  }

  /** Reads. The state it returns is the beginning; the rest arrives as changes. Rejects without the needed consent. */
  async start(wish: PeekWish, consented: boolean): Promise<ViewState> {
    this.refuseWhileReading();
    const facts = await this.facts(wish);
    // Of two clicks on the button the first one reads.
    this.refuseWhileReading();
    this.lastTurn += 1;
    this.price(facts);
    const { refusal, consent } = this.cost;
    if (refusal !== undefined) throw new Failure('refused', refusal);
    if (consent !== undefined && !consented) {
      throw new Failure('refused', consent, {
        advice: 'Confirm that you accept this, or tail the queue instead.',
      });
    }
    this.messages.clear();
    this.receipt = undefined;
    this.enter({ kind: 'reading' });
    this.running = this.read(facts).finally(() => {
      this.running = undefined;
      // What another peek would cost now: this one may have used up deliveries. Without an answer the old one stays.
      if (!this.ending.signal.aborted) this.plan(this.wish).catch(() => undefined);
    });
    return this.state();
  }

  state(): ViewState {
    const { waiting: _, ...window } = this.messages.window();
    return {
      viewId: this.id,
      kind: 'peek',
      source: this.source,
      status: this.status,
      banner: this.banner(),
      overflow: 'roll',
      ...window,
      peek: {
        ...this.wish,
        ...this.cost,
        ...(this.receipt === undefined ? {} : { receipt: this.receipt }),
      },
    };
  }

  pause(): void {
    this.messages.pause();
  }

  resume(): void {
    this.messages.resume();
  }

  clear(): void {
    this.messages.clear();
  }

  setOverflow(): void {
    throw new Failure('unsupported', 'A peek shows a number of messages that fits its buffer.');
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.running;
    this.dispose();
  }

  dispose(): void {
    this.messages.dispose();
  }

  private refuseWhileReading(): void {
    if (this.running) throw new Failure('refused', 'This peek is reading already.');
  }

  private async facts(wish: PeekWish): Promise<PeekFacts> {
    const facts = await this.parts.facts(wish);
    const { queue } = facts;
    return this.isStream && queue.type === undefined
      ? { ...facts, queue: { ...queue, type: 'stream' } }
      : facts;
  }

  private price(facts: PeekFacts): PeekPlan {
    const plan = planPeek(facts);
    const { count, offset } = plan;
    this.wish = { count, ...(offset === undefined ? {} : { offset }) };
    this.cost = peekCost(facts, plan);
    return plan;
  }

  private async read(facts: PeekFacts): Promise<void> {
    const show = (delivery: Delivery): void => {
      this.messages.message(delivery);
    };
    try {
      const receipt = await this.runUnlessStream(facts, show);
      this.receipt = receipt.sentences;
      this.parts.done(receipt);
      this.enter({ kind: 'done' });
    } catch (thrown) {
      const { message, more, reason } = asFailure(thrown);
      this.parts.log.warn(`A peek did not work out (${reason}).`, more.detail ?? message);
      this.enter({
        kind: 'failed',
        text: message,
        ...(more.advice === undefined ? {} : { advice: more.advice }),
      });
    }
  }

  /** Where the type is unknown, the broker's refusal of basic.get says "stream"; only our own connection suffers. */
  private async runUnlessStream(facts: PeekFacts, show: (delivery: Delivery) => void): Promise<PeekReceipt> {
    const { signal } = this.ending;
    try {
      return await this.parts.run(planPeek(facts), show, signal);
    } catch (thrown) {
      const isStream = facts.queue.type === undefined && asFailure(thrown).more.code === notImplemented;
      if (!isStream) throw thrown;
      this.isStream = true;
      const plan = this.price({ ...facts, queue: { ...facts.queue, type: 'stream' } });
      return await this.parts.run(plan, show, signal);
    }
  }

  private enter(status: ViewStatus): void {
    this.status = status;
    this.messages.changed();
  }

  private banner(): Banner {
    return {
      sees: `Peek: the first messages that are ready in ${this.parts.queue}.`,
      misses: 'Misses: messages that consumers hold at the moment, and whatever arrives later.',
      promise: 'Nothing is taken: what is read is given back.',
      alternatives: [],
    };
  }
}
