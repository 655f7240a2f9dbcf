import { JsonScanner } from '../base/jsonScanner';
import type { JsonToken } from '../base/jsonScanner';

export type PrettyJson =
  | { readonly kind: 'json'; readonly text: string; readonly cut: boolean }
  /** Not JSON: why and where, counted from 1. */
  | { readonly kind: 'notJson'; readonly message: string };

/** Deeper levels are indented like this one: hostile nesting must not turn into megabytes of spaces. */
const deepestIndent = 40;

/** What may come next, as a person would be told. */
const expectations = {
  value: 'a value',
  valueOrEnd: 'a value or "]"',
  key: 'a property name in double quotes',
  keyOrEnd: 'a property name in double quotes or "}"',
  colon: '":"',
  commaInObject: '"," or "}"',
  commaInArray: '"," or "]"',
  nothing: 'nothing after the value',
} as const;

type Expectation = keyof typeof expectations;

/**
 * Indents JSON token by token: numbers, key order, duplicates and escapes stay as written. At most about `most`
 * characters come out, but all of the text is checked. With `partial`, text that merely stops early is still JSON.
 */
export function prettyJson(text: string, most: number, { partial = false } = {}): PrettyJson {
  const scanner = new JsonScanner(text);
  const printer = new Printer(most);
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';

  for (;;) {
    const token = scanner.next();
    if (token === 'end' || (token === 'bad' && partial && scanner.end === text.length)) {
      if (expected === 'nothing' || (partial && scanner.start > 0)) break;
      return notJson(scanner, token, expected);
    }
    const next = step(token, expected, open);
    if (next === undefined) return notJson(scanner, token, expected);
    printer.print(token, scanner, open.length);
    expected = next;
  }
  return { kind: 'json', text: printer.text(), cut: printer.full || (partial && expected !== 'nothing') };
}

/** The grammar of RFC 8259 with a stack of its own, so that depth costs no recursion. */
function step(token: JsonToken, expected: Expectation, open: ('{' | '[')[]): Expectation | undefined {
  const wantsValue = expected === 'value' || expected === 'valueOrEnd';
  const wantsKey = expected === 'key' || expected === 'keyOrEnd';
  switch (token) {
    case '{':
    case '[':
      if (!wantsValue) return undefined;
      open.push(token);
      return token === '{' ? 'keyOrEnd' : 'valueOrEnd';
    case '}':
      if (expected !== 'keyOrEnd' && expected !== 'commaInObject') return undefined;
      open.pop();
      return afterValue(open);
    case ']':
      if (expected !== 'valueOrEnd' && expected !== 'commaInArray') return undefined;
      open.pop();
      return afterValue(open);
    case ',':
      if (expected === 'commaInObject') return 'key';
      return expected === 'commaInArray' ? 'value' : undefined;
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case 'string':
      if (wantsKey) return 'colon';
      return wantsValue ? afterValue(open) : undefined;
    case 'number':
    case 'word':
      return wantsValue ? afterValue(open) : undefined;
    default:
      return undefined;
  }
}

function afterValue(open: readonly ('{' | '[')[]): Expectation {
  const inside = open.at(-1);
  if (inside === undefined) return 'nothing';
  return inside === '{' ? 'commaInObject' : 'commaInArray';
}

function notJson(scanner: JsonScanner, token: JsonToken, expected: Expectation): PrettyJson {
  const before = scanner.text.slice(0, scanner.start);
  const line = before.split('\n').length;
  const column = scanner.start - before.lastIndexOf('\n');
  const found = token === 'end' ? 'the end' : scanner.text.slice(scanner.start, scanner.start + 20);
  return {
    kind: 'notJson',
    message: `line ${String(line)}, column ${String(column)}: expected ${expectations[expected]}, found ${found}`,
  };
}

/** Collects the indented text up to its limit. */
class Printer {
  private readonly pieces: string[] = [];
  private length = 0;
  private last: JsonToken | undefined;
  full = false;

  constructor(private readonly most: number) {}

  print(token: JsonToken, scanner: JsonScanner, depth: number): void {
    if (this.full) return;
    const isClosing = token === '}' || token === ']';
    const afterOpening = this.last === '{' || this.last === '[';
    if (this.last === ':') this.push(' ');
    else if (isClosing ? !afterOpening : afterOpening || this.last === ',') this.push(newLine(depth, token));
    const room = this.most - this.length;
    const long = scanner.end - scanner.start > room;
    this.push(scanner.text.slice(scanner.start, long ? scanner.start + Math.max(room, 0) : scanner.end));
    this.full = long;
    this.last = token;
  }

  text(): string {
    return this.pieces.join('');
  }

  private push(piece: string): void {
    this.pieces.push(piece);
    this.length += piece.length;
  }
}

/** `depth` is that after the token: an opening bracket itself stands one level further out. */
function newLine(depth: number, token: JsonToken): string {
  const own = token === '{' || token === '[' ? depth - 1 : depth;
  return `\n${'  '.repeat(Math.min(own, deepestIndent))}`;
}
