import type { StreamOffset } from '../topology/streamOffset';

/** What a tail says of itself before anything arrives. The protocol's Banner has the same shape. */
export interface TailBanner {
  readonly sees: string;
  readonly misses: string;
  /** That nothing is taken, and under which condition. */
  readonly promise: string;
  readonly alternatives: readonly TailAlternative[];
}

/** What a panel opens for an alternative. The protocol's ViewSource has the same shape and one kind more. */
export type WatchTarget =
  | { readonly kind: 'queue' | 'consume'; readonly vhost: string; readonly queue: string }
  | { readonly kind: 'stream'; readonly vhost: string; readonly queue: string; readonly offset: StreamOffset }
  | {
      readonly kind: 'firehose';
      readonly vhost: string;
      readonly queue?: string;
      readonly exchange?: string;
    };

/** Another way to watch the same, with its price. */
export interface TailAlternative {
  readonly kind: 'peek' | 'binding' | 'mirror' | 'stream' | 'firehose' | 'consume';
  readonly label: string;
  readonly price: string;
  /** What the user must accept before it is opened, where it takes or changes something. */
  readonly warning?: string;
  /** Missing where the user has to enter something first. */
  readonly source?: WatchTarget;
}

export const nothingTaken = 'Nothing is taken.';

/** "a", "a and b", "a, b and c". */
export function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
