import { decimal, decimalOf } from './decimal';
import type { ValueType } from './filterFields';
import type { Bound, Condition, Operand } from './filterNode';
import { timeSpan } from './timeSpan';

/** A value as it was typed: `quoted` text stands for itself, a star in it too. */
export interface TypedValue {
  readonly text: string;
  readonly quoted: boolean;
  /** For a word with stars: the pieces between them. */
  readonly glob?: readonly string[];
}

export type Comparison = ':' | '=' | '>' | '>=' | '<' | '<=';

/** The condition that a field of that type must meet, or why it cannot be one, as a sentence. */
export function conditionFor(
  type: ValueType,
  comparison: Comparison,
  value: TypedValue,
  now: number,
): Condition | string {
  const range = comparison === ':' && !value.quoted ? splitRange(type, value.text) : undefined;
  switch (type) {
    case 'text':
    case 'number':
      if (range) return rangeCondition(range, (text) => operandOf(text, type));
      if (comparison === ':' && value.glob)
        return { kind: 'like', operand: { text: value.text }, glob: value.glob };
      return simple(comparison, operandOf(value.text, type));
    case 'size':
      if (range) return rangeCondition(range, sizeOperand);
      return simple(comparison, sizeOperand(value.text));
    case 'flag':
      return flagCondition(comparison, value.text);
    case 'time':
    case 'seconds':
      return range ? timeRange(type, range, now) : timeCondition(type, comparison, value.text, now);
  }
}

/** "1..5", "1.." and "..5"; `undefined` for what is no range. In text, dots between other things than numbers and dates stay dots. */
function splitRange(type: ValueType, text: string): readonly [string, string] | undefined {
  const at = text.indexOf('..');
  if (at < 0 || text.length === 2 || text.indexOf('..', at + 2) >= 0) return undefined;
  const ends = [text.slice(0, at), text.slice(at + 2)] as const;
  if (type === 'text' && !ends.every((end) => end === '' || /^[-+]?\d/.test(end))) return undefined;
  return ends;
}

function simple(comparison: Comparison, operand: Operand | string): Condition | string {
  if (typeof operand === 'string') return operand;
  switch (comparison) {
    case ':':
      return { kind: 'like', operand };
    case '=':
      return { kind: 'equal', operand };
    case '>':
    case '>=':
      return { kind: 'between', low: { operand, inclusive: comparison === '>=' } };
    case '<':
    case '<=':
      return { kind: 'between', high: { operand, inclusive: comparison === '<=' } };
  }
}

function rangeCondition(
  [low, high]: readonly [string, string],
  read: (text: string) => Operand | string,
): Condition | string {
  const least = low === '' ? undefined : read(low);
  const most = high === '' ? undefined : read(high);
  if (typeof least === 'string') return least;
  if (typeof most === 'string') return most;
  return {
    kind: 'between',
    ...(least && { low: { operand: least, inclusive: true } }),
    ...(most && { high: { operand: most, inclusive: true } }),
  };
}

function operandOf(text: string, type: 'text' | 'number'): Operand | string {
  const number = decimal(text);
  if (number) return { text, number };
  return type === 'text' ? { text } : 'This field is a number: compare it with one, such as 5, >5 or 1..5.';
}

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1_000],
  ['kb', 1_000],
  ['m', 1_000_000],
  ['mb', 1_000_000],
  ['kib', 1024],
  ['mib', 1024 * 1024],
]);

function sizeOperand(text: string): Operand | string {
  const [, digits = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,15})?)\s?([a-z]*)$/i.exec(text) ?? [];
  const factor = units.get(unit.toLowerCase());
  if (digits === '' || factor === undefined) {
    return 'A size is a number of bytes, such as 500, 10kB or 1.5MiB.';
  }
  return { text, number: decimalOf(Number(digits) * factor) };
}

function flagCondition(comparison: Comparison, text: string): Condition | string {
  const word = text.toLowerCase();
  if ((comparison !== ':' && comparison !== '=') || (word !== 'true' && word !== 'false')) {
    return 'This field is true or false.';
  }
  return { kind: 'equal', operand: { text: word } };
}

function timeRange(
  type: 'time' | 'seconds',
  [low, high]: readonly [string, string],
  now: number,
): Condition | string {
  const first = low === '' ? undefined : timeSpan(type, low, now);
  const last = high === '' ? undefined : timeSpan(type, high, now);
  if (first === 'none' || last === 'none') return noTime(type);
  return {
    kind: 'between',
    ...(first && { low: timeBound(type, first.from, true) }),
    ...(last && { high: timeBound(type, last.to, last.from === last.to) }),
  };
}

function timeCondition(
  type: 'time' | 'seconds',
  comparison: Comparison,
  text: string,
  now: number,
): Condition | string {
  const span = timeSpan(type, text, now);
  if (span === 'none') return noTime(type);
  const isMoment = span.from === span.to;
  const low = timeBound(type, span.from, true);
  const high = timeBound(type, span.to, isMoment);
  switch (comparison) {
    case ':':
    case '=':
      // "-5m" is a moment that nothing hits: what is meant is since then.
      return isMoment ? { kind: 'between', low } : { kind: 'between', low, high };
    case '>':
      return { kind: 'between', low: timeBound(type, span.to, !isMoment) };
    case '>=':
      return { kind: 'between', low };
    case '<':
      return { kind: 'between', high: timeBound(type, span.from, false) };
    case '<=':
      return { kind: 'between', high };
  }
}

/** Times are kept in milliseconds, timestamps in seconds. */
function timeBound(type: 'time' | 'seconds', at: number, inclusive: boolean): Bound {
  const number = decimalOf(type === 'time' ? at : at / 1_000);
  return { operand: { text: number.text, number }, inclusive };
}

function noTime(type: 'time' | 'seconds'): string {
  return type === 'time'
    ? 'A time is 12:04, 12:04:05, 2026-01-31, 2026-01-31T12:04:05Z, or -5m for five minutes ago.'
    : 'A timestamp is a number of seconds since 1970, or a date such as 2026-01-31T12:04:05Z.';
}
