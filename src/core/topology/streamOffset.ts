import type { FieldValue } from '../base/fieldValue';
import { longstr } from '../base/fieldValue';

/**
 * Where a consumer of a stream begins (DOMAIN 2.3). `last` is the last chunk, which may hold several messages; a
 * `number` below the oldest kept offset begins at the oldest; `timestamp` in seconds since the epoch; `age` as the
 * broker writes it, `30m` or `1h`. Numbers are decimal text because offsets are 64 bits wide.
 */
export type StreamOffset =
  | { readonly from: 'first' | 'last' | 'next' }
  | { readonly from: 'number' | 'timestamp' | 'age'; readonly value: string };

/** The consumer argument `x-stream-offset` that asks for it. */
export function offsetArgument(offset: StreamOffset): FieldValue {
  switch (offset.from) {
    case 'number':
      return { type: 'long', value: offset.value };
    case 'timestamp':
      return { type: 'timestamp', value: offset.value };
    case 'age':
      return longstr(offset.value);
    default:
      return longstr(offset.from);
  }
}
