import { utf8Bytes, utf8TextLossy } from '../../base/bytes';
import { caselessSearch } from './byteSearch';
import { compareDecimals, decimal } from './decimal';
import type { Decimal } from './decimal';
import type { Bound, Condition, Operand } from './filterNode';

/** A condition made ready to be asked of many values. True and false are the texts `true` and `false`, nothing is `null`. */
export interface ValueTest {
  text(value: string): boolean;
  number(value: Decimal): boolean;
  /** Of a whole body, as UTF-8. */
  bytes(bytes: Uint8Array, from: number, to: number): boolean;
}

export function valueTest(condition: Condition): ValueTest {
  switch (condition.kind) {
    case 'like':
      return condition.glob ? globTest(condition.glob) : likeTest(condition.operand);
    case 'equal':
      return equalTest(condition.operand);
    case 'between':
      return betweenTest(condition.low, condition.high);
    case 'regex': {
      const { regex } = condition;
      return {
        text: (value) => regex.test(value),
        number: ({ text }) => regex.test(text),
        bytes: (bytes, from, to) => regex.testBytes(bytes, from, to),
      };
    }
  }
}

function likeTest({ text, number }: Operand): ValueTest {
  const wanted = text.toLowerCase();
  return {
    text: (value) => value.toLowerCase().includes(wanted),
    number: (value) => number !== undefined && compareDecimals(value, number) === 0,
    bytes: caselessSearch(text),
  };
}

/** The pieces between the stars, in order; the first and the last hold at the ends. */
function globTest(pieces: readonly string[]): ValueTest {
  const wanted = pieces.map((piece) => piece.toLowerCase());
  const matches = (value: string): boolean => globMatches(wanted, value.toLowerCase());
  return {
    text: matches,
    number: ({ text }) => matches(text),
    bytes: (bytes, from, to) => matches(utf8TextLossy(bytes.subarray(from, to))),
  };
}

function globMatches(pieces: readonly string[], value: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = value.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= value.length - last.length;
}

function equalTest({ text, number }: Operand): ValueTest {
  const wanted = utf8Bytes(text);
  return {
    text: (value) => value === text,
    number: (value) => (number ? compareDecimals(value, number) === 0 : value.text === text),
    bytes: (bytes, from, to) => {
      if (to - from !== wanted.length) return false;
      return wanted.every((byte, index) => bytes[from + index] === byte);
    },
  };
}

/** A number or a date that is compared is short. */
const longestCompared = 1_000;

/** As numbers where the bounds are numbers; otherwise as text, which puts ISO dates in order. */
function betweenTest(low: Bound | undefined, high: Bound | undefined): ValueTest {
  const numeric = [low, high].every((bound) => bound === undefined || bound.operand.number !== undefined);
  const holds = (compare: (operand: Operand) => number): boolean => {
    if (low) {
      const order = compare(low.operand);
      if (!(order > 0 || (order === 0 && low.inclusive))) return false;
    }
    if (high) {
      const order = compare(high.operand);
      if (!(order < 0 || (order === 0 && high.inclusive))) return false;
    }
    return true;
  };
  const number = (value: Decimal): boolean =>
    numeric && holds(({ number: bound }) => (bound ? compareDecimals(value, bound) : Number.NaN));
  const text = (value: string): boolean => {
    if (!numeric) return holds(({ text: bound }) => (value < bound ? -1 : value > bound ? 1 : 0));
    const read = decimal(value);
    return read !== undefined && number(read);
  };
  return {
    text,
    number,
    bytes: (bytes, from, to) =>
      to - from <= longestCompared && text(utf8TextLossy(bytes.subarray(from, to)).trim()),
  };
}
