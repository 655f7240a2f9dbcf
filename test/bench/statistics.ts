/** The middle value; the mean of the middle two where there is an even number of them. */
export function median(values: readonly number[]): number {
  const sorted = inOrder(values);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('The median of nothing.');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The smallest value that this share of them, 0 to 1, does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const value = inOrder(values)[Math.max(0, Math.ceil(values.length * share) - 1)];
  if (value === undefined) throw new Error('A percentile of nothing.');
  return value;
}

export function spreadOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/**
 * Whether a figure keeps its budget. The quarter at either end is left out, because other programs run on the machine;
 * where what remains lies on both sides of the limit, more cannot be said than `noisy`.
 */
export function verdict(
  figures: readonly number[],
  holds: (figure: number) => boolean,
): 'yes' | 'no' | 'noisy' {
  const quarter = Math.floor(figures.length / 4);
  const kept = inOrder(figures)
    .slice(quarter, figures.length - quarter)
    .map(holds);
  if (!kept.includes(false)) return 'yes';
  return kept.includes(true) ? 'noisy' : 'no';
}

function inOrder(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
