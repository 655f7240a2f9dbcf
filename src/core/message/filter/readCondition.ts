import type { ValueType } from './filterFields';
import type { Condition, FilterProblem } from './filterNode';
import type { FilterScanner } from './filterScanner';
import { compileRegex } from './linearRegex';
import { conditionFor } from './operand';
import type { Comparison, TypedValue } from './operand';

/** The value that stands here as a condition on a field of that type, or on free text; or what is wrong with it. */
export function readCondition(
  scanner: FilterScanner,
  type: ValueType | undefined,
  comparison: Comparison,
  now: number,
): Condition | FilterProblem {
  const from = scanner.at;
  if (scanner.peek() === '/' && comparison === ':') return readRegex(scanner, type);
  const value = readValue(scanner);
  if ('message' in value) return value;
  if (type === undefined) return freeText(value);
  const condition = conditionFor(type, comparison, value, now);
  return typeof condition === 'string' ? { message: condition, from, to: scanner.at } : condition;
}

function readValue(scanner: FilterScanner): TypedValue | FilterProblem {
  const from = scanner.at;
  if (scanner.peek() === '"') {
    const { text, closed } = scanner.quoted();
    return closed ? { text, quoted: true } : { message: 'This quote is not closed.', from, to: scanner.at };
  }
  const value = scanner.word();
  if (scanner.at > from) return value;
  // An opening bracket cannot be a value; it would be met again and again.
  if (scanner.peek() === '(') scanner.at++;
  return { message: 'A value is missing here. For an empty one write "".', from, to: from };
}

/** In free text a word with stars may stand anywhere. */
function freeText({ text, glob }: TypedValue): Condition {
  return { kind: 'like', operand: { text }, ...(glob && { glob: ['', ...glob, ''] }) };
}

function readRegex(scanner: FilterScanner, type: ValueType | undefined): Condition | FilterProblem {
  const from = scanner.at;
  const { text, closed, flags } = scanner.regex();
  const mistake = (message: string): FilterProblem => ({ message, from, to: scanner.at });
  if (!closed) return mistake('This regular expression is not closed: it ends with a slash.');
  if (flags !== '' && flags !== 'i') {
    return mistake(
      'After the closing slash only the flag i can stand. To search for text with slashes, put it in quotes.',
    );
  }
  if (type !== undefined && type !== 'text') {
    return mistake('This field cannot be compared with a regular expression.');
  }
  const compiled = compileRegex(text, flags === 'i');
  if ('regex' in compiled) return { kind: 'regex', regex: compiled.regex };
  const start = from + 1;
  return { message: compiled.message, from: start + compiled.from, to: start + compiled.to };
}
