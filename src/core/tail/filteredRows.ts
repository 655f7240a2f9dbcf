import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { FilterMatcher } from '../message/filter/compileFilter';
import type { RingBuffer } from './ringBuffer';
import { RowCursor } from './rowCursor';
import { SeqList } from './seqList';

/** Both ends included, milliseconds since the epoch. */
export interface ReceivedRange {
  readonly from: number;
  readonly to: number;
}

export interface FilterProgress {
  readonly matched: number;
  readonly scanned: number;
  readonly total: number;
  readonly running: boolean;
}

interface FilteredRowsParts {
  readonly ring: RingBuffer;
  readonly clock: Clock;
  /** Missing where only the range counts. */
  readonly matches?: FilterMatcher;
  readonly range?: ReceivedRange;
  /** More rows were looked at. */
  readonly onProgress: () => void;
}

/** Longest time in one go, so that receiving and answering are never held up for longer. */
const sliceMs = 6;
/** Between two looks at what arrived while messages keep coming. */
const followMs = 25;
/** The time is looked at after that many rows, or as soon as that many bytes of bodies were looked at. */
const rowsBetweenLooks = 32;
const bytesBetweenLooks = 64 * 1024;

/**
 * The rows of a buffer that match a filter, found in slices: those that arrive from now on at the places 0, 1, 2 and
 * so on, and those that were there before at -1, -2 and so on, the newest first. Rows that the buffer lets go leave
 * at the front. Notes always match, so that a filtered tail has no silent gaps.
 */
export class FilteredRows implements Disposable {
  private readonly cursor: RowCursor;
  /** Oldest first; the first of them has the place `gone`. Of a note the negative number. */
  private readonly newer = new SeqList();
  private gone = 0;
  /** Newest first: the places -1, -2 and so on. */
  private readonly older = new SeqList();
  private notes = 0;
  /** Rows from `low` to `high - 1` were looked at. */
  private low: number;
  private high: number;
  private timer: Disposable | undefined;
  private ended = false;

  constructor(private readonly parts: FilteredRowsParts) {
    this.cursor = new RowCursor(parts.ring);
    this.low = parts.ring.nextSeq;
    this.high = this.low;
  }

  /** The first slice at once, so that the answer to a filter shows something; the others follow by themselves. */
  start(): void {
    this.slice();
  }

  /** Rows may have arrived. */
  wake(): void {
    if (!this.timer && !this.ended && this.isBehind) this.wait(0);
  }

  /** Places from `firstPlace` to `nextPlace - 1` are taken; rows from number `end` on are left out. */
  places(end = Number.POSITIVE_INFINITY): { readonly firstPlace: number; readonly nextPlace: number } {
    this.forget();
    const { newer, older, gone } = this;
    const shown = newer.countWhile((entry) => Math.abs(entry) < end);
    if (shown > 0 || older.length === 0) {
      return { firstPlace: gone - older.length, nextPlace: gone + shown };
    }
    return { firstPlace: -older.length, nextPlace: 0 - older.countWhile((entry) => Math.abs(entry) >= end) };
  }

  /** The number of the row at a place. */
  seqAt(place: number): number | undefined {
    const entry = place < 0 ? this.older.at(-1 - place) : this.newer.at(place - this.gone);
    return entry === undefined ? undefined : Math.abs(entry);
  }

  /** Messages that match, and how many of the rows there are were looked at: only what is still kept counts. */
  progress(): FilterProgress {
    this.forget();
    const { firstSeq, nextSeq } = this.parts.ring;
    return {
      matched: this.newer.length + this.older.length - this.notes,
      scanned: Math.max(0, this.high - Math.max(this.low, firstSeq)),
      total: nextSeq - firstSeq,
      running: this.low > firstSeq,
    };
  }

  /** Looks at one row now, whether its turn has come or not. */
  matches(seq: number): boolean {
    return this.look(seq) !== undefined;
  }

  /** The messages found so far, in no particular order. */
  forEachMessage(visit: (seq: number) => void): void {
    this.forget();
    for (const list of [this.older, this.newer]) {
      for (let index = 0; index < list.length; index++) {
        const entry = list.at(index) ?? 0;
        if (entry > 0) visit(entry);
      }
    }
  }

  dispose(): void {
    this.ended = true;
    this.timer?.dispose();
    this.timer = undefined;
  }

  private get isBehind(): boolean {
    const { firstSeq, nextSeq } = this.parts.ring;
    return this.low > firstSeq || this.high < nextSeq;
  }

  private wait(ms: number): void {
    this.timer = this.parts.clock.after(ms, () => {
      this.timer = undefined;
      this.slice();
    });
  }

  private slice(): void {
    const { clock, onProgress, ring } = this.parts;
    const start = clock.monotonic();
    const [low, high] = [this.low, this.high];
    // What arrives has half of the time while older rows wait, so that neither waits for the other.
    this.forwards(start + (this.low > ring.firstSeq ? sliceMs / 2 : sliceMs));
    this.backwards(start + sliceMs);
    if (this.isBehind) this.wait(0);
    else if (this.high > high) this.wait(followMs);
    if (this.high > high || this.low < low) onProgress();
  }

  private forwards(deadline: number): void {
    const { ring } = this.parts;
    this.high = Math.max(this.high, ring.firstSeq);
    const pace = new Pace(this.parts.clock, deadline);
    while (this.high < ring.nextSeq && pace.goesOn(this.cursor)) {
      const entry = this.look(this.high++);
      if (entry !== undefined) this.keep(this.newer, entry);
    }
  }

  private backwards(deadline: number): void {
    const { ring } = this.parts;
    const pace = new Pace(this.parts.clock, deadline);
    while (this.low > ring.firstSeq && pace.goesOn(this.cursor)) {
      const entry = this.look(--this.low);
      if (entry !== undefined) this.keep(this.older, entry);
    }
  }

  private keep(list: SeqList, entry: number): void {
    list.push(entry);
    if (entry < 0) this.notes++;
  }

  /** What is to be kept of the row: its number, negative for a note; `undefined` where it does not match. */
  private look(seq: number): number | undefined {
    const { matches, range } = this.parts;
    const { cursor } = this;
    const kind = cursor.moveTo(seq);
    if (kind === undefined) return undefined;
    if (range && !(cursor.receivedAt >= range.from && cursor.receivedAt <= range.to)) return undefined;
    if (kind === 'note') return -seq;
    return matches === undefined || matches(cursor) ? seq : undefined;
  }

  /** Lets go of what the buffer let go. */
  private forget(): void {
    const { older, newer } = this;
    const { firstSeq } = this.parts.ring;
    for (let entry = older.at(older.length - 1); entry !== undefined; entry = older.at(older.length - 1)) {
      if (Math.abs(entry) >= firstSeq) break;
      if (entry < 0) this.notes--;
      older.pop();
    }
    for (let entry = newer.at(0); entry !== undefined; entry = newer.at(0)) {
      if (Math.abs(entry) >= firstSeq) break;
      if (entry < 0) this.notes--;
      newer.shift();
      this.gone++;
    }
  }
}

/** Looks at the time often enough, and not at every row: that would cost as much as the row. */
class Pace {
  private rows = 0;
  private bytes = 0;

  constructor(
    private readonly clock: Clock,
    private readonly deadline: number,
  ) {}

  /** `cursor` stands at the row before. */
  goesOn(cursor: RowCursor): boolean {
    this.bytes += cursor.bodyTo - cursor.bodyFrom;
    if (++this.rows < rowsBetweenLooks && this.bytes < bytesBetweenLooks) return true;
    this.rows = 0;
    this.bytes = 0;
    return this.clock.monotonic() < this.deadline;
  }
}
