import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';

/** Longer patterns, or those that grow larger when they are taken apart, are refused. */
const longestPattern = 1_000;
const largestProgram = 1_000;
/** Steps that one message may cost at worst: what is searched of a long body shrinks as the program grows. */
const mostSteps = 16 * 1024 * 1024;
const mostBytes = 256 * 1024;

/**
 * A regular expression in time linear in what it looks at, whatever the pattern (RE2's syntax: no back references
 * and no look-around). JavaScript's own would let one message stop the worker.
 */
export class LinearRegex {
  /** Of a longer text only this much is looked at, from the beginning. UTF-16 units or bytes. */
  readonly reach: number;

  constructor(
    readonly source: string,
    private readonly compiled: RE2JS,
  ) {
    this.reach = Math.min(mostBytes, Math.floor(mostSteps / Math.max(1, compiled.programSize())));
  }

  test(text: string): boolean {
    return this.compiled.test(text.length > this.reach ? text.slice(0, this.reach) : text);
  }

  /** UTF-8; what is not UTF-8 matches as U+FFFD. */
  testBytes(bytes: Uint8Array, from: number, to: number): boolean {
    return this.compiled.test(bytes.subarray(from, Math.min(to, from + this.reach)));
  }
}

/** The expression, or what is wrong with it and where inside `source`. */
export function compileRegex(
  source: string,
  foldCase: boolean,
): { regex: LinearRegex } | { message: string; from: number; to: number } {
  const whole = { from: 0, to: source.length };
  if (source.length > longestPattern) {
    return {
      message: `A regular expression has at most ${longestPattern.toLocaleString('en-US')} characters.`,
      ...whole,
    };
  }
  try {
    const compiled = RE2JS.compile(source, foldCase ? RE2JS.CASE_INSENSITIVE : 0);
    if (compiled.programSize() <= largestProgram) return { regex: new LinearRegex(source, compiled) };
    return { message: 'This regular expression is too large: repeat less, or fewer times.', ...whole };
  } catch (thrown) {
    if (!(thrown instanceof RE2JSException)) throw thrown;
    const part = thrown instanceof RE2JSSyntaxException ? (thrown.getPattern() ?? '') : '';
    const from = part === '' ? -1 : source.indexOf(part);
    const place = from < 0 ? whole : { from, to: from + part.length };
    return { message: complaint(thrown, part), ...place };
  }
}

function complaint(thrown: RE2JSException, part: string): string {
  if (/^\(\?<?[=!]/.test(part))
    return 'Look-around is not supported: expressions run in linear time. Combine conditions with AND and NOT.';
  if (/^\\[1-9]/.test(part)) return 'Back references are not supported: expressions run in linear time.';
  const reason = thrown instanceof RE2JSSyntaxException ? thrown.getDescription() : thrown.message;
  return `This regular expression is not valid: ${reason}.`;
}
