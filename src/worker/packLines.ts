import type { Clock } from '../core/base/clock';
import type { KeptRow } from '../core/tail/ringBuffer';

/** One write: large enough for the disk, short enough to let the sockets have their turn in between. */
const mostCharacters = 256 * 1024;
const mostMs = 8;

export interface PackedLines {
  readonly text: string;
  readonly messages: number;
  /** There were no more rows. Without that, an empty text says only that rows without a line took all the time. */
  readonly ended: boolean;
}

/** Takes rows as lines until a write is full or time is up. A row without a line is left out. */
export function packLines(
  next: () => KeptRow | undefined,
  line: (row: KeptRow) => string | undefined,
  clock: Clock,
): PackedLines {
  const end = clock.monotonic() + mostMs;
  const lines: string[] = [];
  let length = 0;
  let messages = 0;
  let ended = false;
  while (length < mostCharacters && clock.monotonic() <= end) {
    const row = next();
    if (row === undefined) {
      ended = true;
      break;
    }
    const text = line(row);
    if (text === undefined) continue;
    lines.push(text);
    length += text.length;
    if (row.kind === 'message') messages++;
  }
  return { text: lines.join(''), messages, ended };
}
