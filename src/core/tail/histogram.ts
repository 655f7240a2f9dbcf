import type { FilteredRows } from './filteredRows';
import type { RingBuffer } from './ringBuffer';
import { pageRows, rowFlags } from './rowPage';
import type { RowPage } from './rowPage';

/** As the protocol's Histogram. */
export interface ReceivedHistogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  readonly matching?: readonly number[];
}

/**
 * Kept messages by the time they were received, in that many buckets of equal length, notes aside; both ends belong
 * to them. It goes over typed columns only, so that it can be asked for once a second.
 */
export function receivedHistogram(
  ring: RingBuffer,
  buckets: number,
  filtered: FilteredRows | undefined,
): ReceivedHistogram {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  // The clock of the machine may have been set back meanwhile: the first row need not be the earliest.
  eachMessage(ring, (page, index) => {
    const at = page.receivedAt[index] ?? 0;
    if (at < from) from = at;
    if (at > to) to = at;
  });
  if (from > to) return { from: 0, to: 0, counts: [], ...(filtered && { matching: [] }) };
  const perMillisecond = buckets / (to - from + 1);
  const bucketOf = (at: number): number => Math.min(buckets - 1, Math.floor((at - from) * perMillisecond));
  const counts = new Uint32Array(buckets);
  const count = (into: Uint32Array, page: RowPage, index: number): void => {
    const bucket = bucketOf(page.receivedAt[index] ?? 0);
    into[bucket] = (into[bucket] ?? 0) + 1;
  };
  eachMessage(ring, (page, index) => {
    count(counts, page, index);
  });
  if (!filtered) return { from, to, counts: Array.from(counts) };
  const matching = new Uint32Array(buckets);
  filtered.forEachMessage((seq) => {
    const page = ring.pageOf(seq);
    if (page) count(matching, page, seq % pageRows);
  });
  return { from, to, counts: Array.from(counts), matching: Array.from(matching) };
}

function eachMessage(ring: RingBuffer, visit: (page: RowPage, index: number) => void): void {
  const { firstSeq, nextSeq } = ring;
  for (let start = firstSeq; start < nextSeq;) {
    const page = ring.pageOf(start);
    const end = Math.min(nextSeq, (Math.floor(start / pageRows) + 1) * pageRows);
    for (let seq = start; page && seq < end; seq++) {
      const index = seq % pageRows;
      if (((page.flags[index] ?? 0) & rowFlags.note) === 0) visit(page, index);
    }
    start = end;
  }
}
