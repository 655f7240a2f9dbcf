/**
 * A number as decimal text, compared exactly: a 64-bit integer of a header or of JSON does not fit a JavaScript
 * number, and two ids that differ in the last digit are not the same.
 */
export interface Decimal {
  readonly text: string;
  /** The nearest JavaScript number. */
  readonly near: number;
}

/** Longer than any number that anybody means; beyond that, rounding is good enough. */
const longestExact = 400;

/** The decimal, or `undefined` where the text is none. White space around it is no part of a number. */
export function decimal(text: string): Decimal | undefined {
  return isDecimal(text) ? { text, near: Number(text) } : undefined;
}

export function decimalOf(number: number): Decimal {
  return { text: String(number), near: number };
}

/** Negative where `a` is less than `b`, zero where they are equal, positive otherwise; NaN where one of them is none. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  // Rounding keeps the order: what differs after rounding differs the same way before.
  if (a.near !== b.near) return a.near - b.near;
  if (a.text === b.text || (a.text.length < 16 && b.text.length < 16)) return 0;
  return exactly(a.text, b.text);
}

/** JSON's grammar, with a plus sign and leading zeros forgiven. A loop: the text may be a header of 100 kB. */
function isDecimal(text: string): boolean {
  let at = text.startsWith('-') || text.startsWith('+') ? 1 : 0;
  const digits = (): boolean => {
    const start = at;
    for (let code = text.charCodeAt(at); code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) at++;
    return at > start;
  };
  if (!digits()) return false;
  if (text[at] === '.') {
    at++;
    if (!digits()) return false;
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++;
    if (text[at] === '-' || text[at] === '+') at++;
    if (!digits()) return false;
  }
  return at === text.length;
}

function exactly(a: string, b: string): number {
  const first = parts(a);
  const second = parts(b);
  if (!first || !second) return 0;
  const exponent = Math.min(first.exponent, second.exponent);
  const difference =
    first.digits * 10n ** BigInt(first.exponent - exponent) -
    second.digits * 10n ** BigInt(second.exponent - exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** digits times ten to the power of `exponent`; `undefined` for what is too long to be worth it. */
function parts(text: string): { digits: bigint; exponent: number } | undefined {
  if (text.length > longestExact) return undefined;
  const [mantissa = '', power = '0'] = text.replace(/^\+/, '').split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > longestExact * 2) return undefined;
  return { digits: BigInt(whole + fraction), exponent };
}
