import { prettyJson } from '../jsonPretty';

export interface PrettyJsonLines {
  readonly text: string;
  readonly cut: boolean;
  /** Lines that are JSON, and lines that are not. */
  readonly good: number;
  readonly bad: number;
  /** Of the first bad line: where and why, a clause. */
  readonly message?: string;
}

/** JSON Lines and JSON text sequences (RFC 7464): every record indented on its own, what is none as it is. */
export function prettyJsonLines(text: string, most: number, { partial = false } = {}): PrettyJsonLines {
  const pieces: string[] = [];
  let room = most;
  let good = 0;
  let bad = 0;
  let message: string | undefined;
  let number = 0;
  for (let at = 0; at < text.length && room > 0;) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const line = text.slice(at, end).replace(/^\u001e/, '');
    const isLast = end === text.length;
    at = end + 1;
    number++;
    if (line.trim() === '') continue;
    const pretty = prettyJson(line, room, { partial: partial && isLast });
    if (pretty.kind === 'json') good++;
    else {
      bad++;
      message ??= `line ${number} is not JSON: ${pretty.message.replace(/^line 1, /, '')}`;
    }
    const piece = pretty.kind === 'json' ? pretty.text : line.slice(0, room);
    pieces.push(piece);
    room -= piece.length + 1;
  }
  return {
    text: pieces.join('\n'),
    cut: room <= 0 || partial,
    good,
    bad,
    ...(message !== undefined && { message }),
  };
}
