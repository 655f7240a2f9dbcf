import type { Clock } from '../core/base/clock';
import type { Log } from '../core/base/log';
import type { TailBanner } from '../core/tail/banner';
import type { Arrival } from '../core/tail/ringBuffer';
import type { TailSession, TailSink, TailStatus } from '../core/tail/tailSession';
import { MessageView } from '../core/tail/view';
import type { PauseParams } from '../protocol/brokerContract';
import type { Overflow, ViewSource, ViewState, ViewStatus } from '../protocol/view';
import type { OpenView } from './openView';

export interface TailViewParts {
  readonly id: string;
  readonly source: ViewSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the session that feeds this view; it begins at once. */
  readonly session: (sink: TailSink) => TailSession;
}

/** What the banner says until the plan is made. */
const unplanned: TailBanner = { sees: '', misses: '', promise: '', alternatives: [] };

/** One live tail: a session that receives, and the picture of what it received. */
export class TailView implements OpenView {
  readonly id: string;
  readonly source: ViewSource;
  readonly messages: MessageView;
  private status: TailStatus = { kind: 'starting' };
  private banner = unplanned;
  private overflow: Overflow;
  private readonly session: TailSession;

  constructor(parts: TailViewParts) {
    this.id = parts.id;
    this.source = parts.source;
    this.messages = new MessageView(parts.clock);
    // What was consumed exists in the buffer only: it must not let anything go unasked.
    this.overflow = parts.source.kind === 'consume' ? 'pause' : 'roll';
    this.session = parts.session({
      message: (arrival) => this.take(arrival),
      note: (severity, text) => {
        this.messages.note(severity, text);
      },
      status: (status) => {
        this.status = status;
        this.messages.changed();
      },
      banner: (banner) => {
        this.banner = banner;
        this.messages.changed();
      },
    });
    this.session.start();
  }

  get onChanged(): OpenView['onChanged'] {
    return this.messages.onChanged;
  }

  state(): ViewState {
    const { waiting, ...window } = this.messages.window();
    return {
      viewId: this.id,
      kind: 'tail',
      source: this.source,
      status: this.shownStatus(waiting),
      banner: this.banner,
      overflow: this.overflow,
      ...window,
    };
  }

  pause(receiving: PauseParams['receiving']): void {
    if (receiving === 'stop') this.session.hold('paused');
    else this.messages.pause();
  }

  /** A full buffer has to be cleared first, or told to roll. */
  resume(): void {
    this.messages.resume();
    if (!this.isHeldFull() || this.messages.hasRoomFor(nothingMuch)) this.session.release();
  }

  clear(): void {
    this.messages.clear();
    if (this.isHeldFull()) this.session.release();
  }

  setOverflow(overflow: Overflow): void {
    this.overflow = overflow;
    if (overflow === 'roll' && this.isHeldFull()) this.session.release();
    this.messages.changed();
  }

  async close(): Promise<void> {
    await this.session.stop();
    this.dispose();
  }

  dispose(): void {
    this.messages.dispose();
  }

  private take(arrival: Arrival): boolean {
    if (this.overflow === 'pause' && !this.messages.hasRoomFor(arrival)) {
      this.session.hold('full');
      return false;
    }
    this.messages.message(arrival);
    return true;
  }

  private isHeldFull(): boolean {
    return this.status.kind === 'held' && this.status.why === 'full';
  }

  /** A pause of the picture is the panel's; whatever is wrong with the tail is said all the same. */
  private shownStatus(waiting: number | undefined): ViewStatus {
    const { status } = this;
    if (status.kind === 'held') {
      return status.why === 'paused'
        ? { kind: 'paused', waiting: waiting ?? 0, receiving: false }
        : {
            kind: 'full',
            text: 'The buffer is full and receiving has stopped. Clear it to go on, or let it roll.',
          };
    }
    return waiting !== undefined && status.kind === 'running'
      ? { kind: 'paused', waiting, receiving: true }
      : status;
  }
}

const nothingMuch: Arrival = {
  exchange: '',
  routingKey: '',
  redelivered: false,
  properties: {},
  body: new Uint8Array(0),
};
