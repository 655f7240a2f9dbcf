import type { Clock } from '../base/clock';
import type { FilterSubject } from '../message/filter/filterSubject';
import type { SeenMessages } from '../message/filter/completeFilter';
import type { RingBuffer } from './ringBuffer';
import { RowCursor } from './rowCursor';

const mostRows = 2_000;
/** All of one completion: it runs while messages arrive, at a keystroke. */
const mostMs = 8;
const rowsBetweenLooks = 16;

/** The newest messages of a buffer, newest first: as many as can be looked at between two keystrokes. */
export class SeenValues implements SeenMessages {
  private readonly deadline: number;

  constructor(
    private readonly ring: RingBuffer,
    private readonly clock: Clock,
  ) {
    this.deadline = clock.monotonic() + mostMs;
  }

  *messages(): Generator<FilterSubject> {
    const { ring, clock, deadline } = this;
    const cursor = new RowCursor(ring);
    const least = Math.max(ring.firstSeq, ring.nextSeq - mostRows);
    for (let seq = ring.nextSeq - 1; seq >= least; seq--) {
      if (seq % rowsBetweenLooks === 0 && clock.monotonic() > deadline) return;
      if (cursor.moveTo(seq) === 'message') yield cursor;
    }
  }
}
