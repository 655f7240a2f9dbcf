import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { MessageDetail } from '../message/detail';
import { completeFilter } from '../message/filter/completeFilter';
import type { FilterCompletion } from '../message/filter/completeFilter';
import { rowSummary } from '../message/rowSummary';
import type { NoteRow, Row } from '../message/row';
import type { RingLimits } from './ringBuffer';
import { RingBuffer } from './ringBuffer';
import type { Arrival } from './ringBuffer';
import type { ReceivedRange } from './filteredRows';
import { receivedHistogram } from './histogram';
import type { ReceivedHistogram } from './histogram';
import { RateMeter } from './rateMeter';
import { RowReader } from './rowReader';
import { SecondCounts } from './secondCounts';
import { SeenValues } from './seenValues';
import { ViewFilter } from './viewFilter';
import type { ViewFilterState } from './viewFilter';

/** Between two snapshots: about ten a second reach the screen, however many messages arrive. */
const snapshotMs = 100;
/** How often the rate is looked at again while nothing arrives, until it is zero. */
const settleMs = 500;
/** And then, until the picture of the last minute is flat. */
const flattenMs = 1_000;

/** What a panel may ask for, and the counters beside it. Units as in the protocol's ViewState. */
export interface ViewWindow {
  readonly firstRow: number;
  readonly nextRow: number;
  readonly generation: number;
  readonly received: number;
  readonly dropped: number;
  readonly capacity: number;
  readonly rate: number;
  readonly rates: readonly number[];
  /** Set while the picture stands still: messages that arrived since. */
  readonly waiting?: number;
  readonly filter?: ViewFilterState;
  readonly recording?: Recorded;
}

/** As the protocol's RecordingState. */
export interface Recorded {
  readonly path: string;
  readonly messages: number;
  readonly bytes: number;
  readonly leftOut: number;
  readonly problem?: string;
}

/** Somebody who writes down what arrives, by a `reader` of this view. */
export interface Recorder {
  state(): Recorded;
  /** Everything that is kept is about to go, at the user's wish: what was not read yet must be read now. */
  beforeClear(): void;
}

/**
 * One picture of a stream of messages: a ring buffer, and the window of it that is shown. Pausing holds the end of
 * the window while receiving goes on; a full buffer then still lets its oldest rows go.
 */
export class MessageView implements Disposable {
  private readonly ring: RingBuffer;
  private readonly meter = new RateMeter();
  private readonly seconds = new SecondCounts();
  private readonly filter: ViewFilter;
  private readonly changes = new Emitter<void>();
  private frozen: { nextSeq: number; received: number } | undefined;
  private timer: Disposable | undefined;
  private settling = false;
  private lastFired = Number.NEGATIVE_INFINITY;
  /** Whoever records this view at the moment, if anybody. */
  recorder: Recorder | undefined;

  /** Time to look at `window` again: at most about ten times a second. */
  readonly onChanged = this.changes.event;

  constructor(
    private readonly clock: Clock,
    limits?: RingLimits,
  ) {
    this.ring = new RingBuffer(limits);
    this.filter = new ViewFilter(this.ring, clock, () => {
      this.changed();
    });
  }

  /** The hot path: one call for every message that arrives. */
  message(arrival: Arrival, sentByYou = false): void {
    if (!this.timer || this.settling) this.changed();
    this.ring.addMessage(arrival, this.clock.now(), sentByYou);
  }

  /** Whether that message can be kept without letting another one go. */
  hasRoomFor(arrival: Arrival): boolean {
    return this.ring.hasRoomFor(arrival);
  }

  note(severity: NoteRow['severity'], text: string): void {
    this.ring.addNote(severity, text, this.clock.now());
    this.changed();
  }

  /** Something that a snapshot shows is different; the next one is on its way. */
  changed(): void {
    if (this.timer && !this.settling) return;
    this.mark(this.clock.monotonic());
    this.wait(Math.max(0, this.lastFired + snapshotMs - this.clock.monotonic()), false);
  }

  window(): ViewWindow {
    const filter = this.filter.state();
    return {
      ...this.places(),
      generation: this.filter.generation,
      received: this.ring.receivedMessages,
      dropped: this.ring.droppedMessages,
      capacity: this.ring.limits.rows,
      rate: this.meter.rate(),
      rates: this.seconds.list(this.clock.monotonic(), this.ring.receivedMessages),
      ...(this.frozen ? { waiting: this.ring.receivedMessages - this.frozen.received } : {}),
      ...(filter ? { filter } : {}),
      ...(this.recorder ? { recording: this.recorder.state() } : {}),
    };
  }

  /**
   * Shows only the messages that match the text (core/message/filter has the language) and were received in the
   * range, both ends included; notes match whatever the text. Nothing of both shows everything.
   */
  setFilter(text: string, range?: ReceivedRange): void {
    this.filter.set(text, range);
    this.changed();
  }

  /** Whether a row is shown, by its number and by the filter that is on now, even if that is changed later. */
  rowFilter(): (seq: number) => boolean {
    const { rows } = this.filter;
    return (seq) => rows?.matches(seq) ?? true;
  }

  /** Kept messages by the time they were received, and those of them that match. */
  histogram(buckets: number): ReceivedHistogram {
    return receivedHistogram(this.ring, buckets, this.filter.rows);
  }

  /** What may be typed at a caret in a filter, with what the newest messages hold. */
  completeFilter(text: string, caret: number): FilterCompletion {
    return completeFilter(text, caret, new SeenValues(this.ring, this.clock));
  }

  /** Rows from that place on; those that are gone or not shown yet are left out. */
  rows(from: number, count: number): Row[] {
    const { firstRow, nextRow } = this.places();
    const { rows: filtered } = this.filter;
    const end = Math.min(from + count, nextRow);
    const rows: Row[] = [];
    for (let place = Math.max(from, firstRow); place < end; place++) {
      const kept = this.ring.at(filtered ? (filtered.seqAt(place) ?? 0) : place);
      if (kept) rows.push(kept.kind === 'note' ? { ...kept, place } : rowSummary(kept, place));
    }
    return rows;
  }

  /** Reads what the picture holds now, from its oldest row to its newest. */
  keptRows(): RowReader {
    const { seq, messages } = this.ring.end;
    const waiting = this.frozen ? this.ring.receivedMessages - this.frozen.received : 0;
    return new RowReader(this.ring, this.ring.start, {
      seq: this.frozen?.nextSeq ?? seq,
      messages: messages - waiting,
    });
  }

  /** Reads what arrives from now on, paused or not. */
  newRows(): RowReader {
    return new RowReader(this.ring, this.ring.end);
  }

  /** A message whole, its body a copy of at most `mostBytes`; `undefined` when it is gone or is a note. */
  detail(seq: number, mostBytes: number): MessageDetail | undefined {
    const kept = this.ring.at(seq);
    if (kept?.kind !== 'message') return undefined;
    const { kind: _, ...message } = kept;
    return { ...message, body: kept.body.slice(0, mostBytes) };
  }

  pause(): void {
    this.frozen ??= { nextSeq: this.ring.nextSeq, received: this.ring.receivedMessages };
    this.changed();
  }

  resume(): void {
    this.frozen = undefined;
    this.changed();
  }

  /** From now on keeps at most so many bytes; gives how many messages had to go for it. */
  limitBytes(bytes: number): number {
    const before = this.ring.droppedMessages;
    this.ring.limitBytes(bytes);
    this.changed();
    return this.ring.droppedMessages - before;
  }

  /** Empties the picture. A paused one stays paused, and empty. */
  clear(): void {
    this.recorder?.beforeClear();
    this.ring.clear();
    this.meter.reset();
    this.seconds.reset();
    if (this.frozen) this.frozen = { nextSeq: this.ring.nextSeq, received: 0 };
    this.changed();
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
    this.filter.dispose();
    this.changes.dispose();
    this.ring.clear();
  }

  private wait(ms: number, settling: boolean): void {
    this.timer?.dispose();
    this.settling = settling;
    this.timer = this.clock.after(ms, () => {
      this.snapshot();
    });
  }

  private snapshot(): void {
    this.timer = undefined;
    this.lastFired = this.clock.monotonic();
    this.mark(this.lastFired);
    this.filter.rows?.wake();
    if (this.meter.rate() > 0) this.wait(settleMs, true);
    else if (!this.seconds.isFlat) this.wait(flattenMs, true);
    this.changes.fire();
  }

  private mark(at: number): void {
    this.meter.mark(at, this.ring.receivedMessages);
    this.seconds.mark(at, this.ring.receivedMessages);
  }

  private places(): { readonly firstRow: number; readonly nextRow: number } {
    const filtered = this.filter.rows;
    if (filtered) {
      const { firstPlace, nextPlace } = filtered.places(this.frozen?.nextSeq);
      return { firstRow: firstPlace, nextRow: nextPlace };
    }
    const nextRow = this.frozen?.nextSeq ?? this.ring.nextSeq;
    return { firstRow: Math.min(this.ring.firstSeq, nextRow), nextRow };
  }
}
