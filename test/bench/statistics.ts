/** The middle value; the mean of the middle two where there is an even number of them. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('The median of nothing.');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export function spreadOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Whether a ratio meets a limit; `noisy` when its pairs lie on both sides so widely that the median says little. */
export function verdict(pairs: readonly number[], holds: (ratio: number) => boolean): 'yes' | 'no' | 'noisy' {
  const middle = median(pairs);
  if (holds(middle)) return 'yes';
  const [least, most] = spreadOf(pairs);
  return (holds(least) || holds(most)) && most / least > 1.5 ? 'noisy' : 'no';
}
