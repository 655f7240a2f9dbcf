import type { SyntaxProblem } from './syntaxProblem';

export interface ScannedString {
  /** After the closing quote, or where the string was given up. */
  end: number;
  escaped: boolean;
  /** The first problem only: one string, one complaint. */
  problem: SyntaxProblem | undefined;
}

/** Reads the string that opens at `start` with the quote `delimiter`. */
export function scanString(text: string, start: number, delimiter: number): ScannedString {
  let at = start + 1;
  let escaped = false;
  let problem: SyntaxProblem | undefined;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === delimiter) return { end: at + 1, escaped, problem };
    if (code === 0x5c) {
      escaped = true;
      const length = escapeLength(text, at);
      if (length === 0) problem ??= { kind: 'badEscape', start: at, end: Math.min(at + 2, text.length) };
      at += length || 2;
    } else if (code >= 0x20) at += 1;
    else if (at >= text.length) {
      return { end: text.length, escaped, problem: { kind: 'unterminatedString', start, end: text.length } };
    } else if ((code === 0x0a || code === 0x0d) && !closesLater(text, at, delimiter)) {
      return { end: at, escaped, problem: { kind: 'unterminatedString', start, end: at } };
    } else {
      problem ??= { kind: 'controlCharacter', start: at, end: at + 1 };
      at += 1;
    }
  }
}

/** How many characters the escape at `at` has; 0 when JSON does not know it. */
function escapeLength(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (code === 0x75) return /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
  return '"\\/bfnrt'.includes(text.charAt(at + 1)) && at + 1 < text.length ? 2 : 0;
}

/**
 * Whether a string with a raw line break goes on: what follows the next quote tells a string of several lines from
 * one whose closing quote was forgotten. Looks a bounded way ahead, so that hostile text stays linear.
 */
function closesLater(text: string, at: number, delimiter: number): boolean {
  const ahead = text.slice(at, at + 400);
  const close = ahead.indexOf(String.fromCharCode(delimiter));
  return close >= 0 && /^\s*(?:[,:}\]]|$)/.test(ahead.slice(close + 1));
}
