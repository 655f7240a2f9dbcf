/** What a tail says of itself before anything arrives. The protocol's Banner has the same shape. */
export interface TailBanner {
  readonly sees: string;
  readonly misses: string;
  /** That nothing is taken, and under which condition. */
  readonly promise: string;
  readonly alternatives: readonly TailAlternative[];
}

export interface TailAlternative {
  readonly kind: 'peek' | 'binding';
  readonly label: string;
  readonly price: string;
}

export const peekAlternative: TailAlternative = {
  kind: 'peek',
  label: 'Peek Messages',
  price: 'Reads messages that are in the queue now and gives them back; what that changes is said first.',
};

export const bindingAlternative: TailAlternative = {
  kind: 'binding',
  label: 'Tail an Exchange and Key',
  price: 'Sees only what the exchange and key that you enter match.',
};

export const nothingTaken = 'Nothing is taken.';

/** "a", "a and b", "a, b and c". */
export function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
