import type { Histogram } from '../../src/protocol/brokerContract';
import type { TimeRange } from '../../src/protocol/view';

/** The bucket at a share of the width, 0 to 1. */
export function bucketAt({ counts }: Histogram, share: number): number {
  return Math.max(0, Math.min(Math.floor(share * counts.length), counts.length - 1));
}

/** The time from one bucket to another, in either order and with both. Whole milliseconds that meet without overlap. */
export function rangeOf({ from, to, counts }: Histogram, one: number, other: number): TimeRange {
  const step = (to - from) / counts.length;
  const first = Math.min(one, other);
  const last = Math.max(one, other);
  return {
    from: Math.ceil(from + first * step),
    to: last === counts.length - 1 ? to : Math.max(from, Math.ceil(from + (last + 1) * step) - 1),
  };
}

/** Where a range of time lies, in buckets with fractions; nothing where it lies outside. */
export function spanOf(
  { from, to, counts }: Histogram,
  range: TimeRange,
): { readonly start: number; readonly length: number } | undefined {
  if (range.to < from || range.from > to || to <= from) return undefined;
  const scale = counts.length / (to - from);
  const start = Math.max(0, (range.from - from) * scale);
  const end = Math.min(counts.length, (range.to + 1 - from) * scale);
  return { start, length: Math.max(0, end - start) };
}

/** Heights of the bars of 0 to `height`; what is there at all can be seen. */
export function barHeights(counts: readonly number[], highest: number, height: number): readonly number[] {
  return counts.map((count) => (count === 0 ? 0 : Math.max(1, (count / Math.max(1, highest)) * height)));
}
