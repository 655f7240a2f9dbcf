import { stringValue } from '../json/jsonRead';
import { pathAt } from '../json/pathAt';
import type { SyntaxProblemKind } from '../json/syntaxProblem';
import type { Draft, FixPlace, Fixer } from './fixPlace';
import { certain, none, possible } from './fixPlace';

/** What JSON does not take and everybody can tell what was meant. */
export const syntax: Fixer = (place) => {
  const { start, end } = place.found;
  const problem = place.context.document.problems.find((one) => one.start === start && one.end === end);
  return (problem && byKind[problem.kind]?.(place)) ?? none;
};

const byKind: Partial<Readonly<Record<SyntaxProblemKind, (place: FixPlace) => readonly Draft[]>>> = {
  trailingComma: ({ found: { start, end } }) => certain('Remove the comma', { start, end, text: '' }),
  byteOrderMark: ({ found: { start, end } }) =>
    certain('Remove the byte order mark', { start, end, text: '' }),
  comment: ({ found: { start, end } }) => possible('Remove the comment', { start, end, text: '' }),
  missingComma: ({ found: { start } }) => certain('Put in a comma', { start, end: start, text: ',' }),
  bareKey: ({ found: { start, end }, table }) =>
    certain('Put it in quotes', { start, end, text: JSON.stringify(table.text.slice(start, end)) }),
  singleQuotes: ({ found: { start }, table }) => {
    const node = pathAt(table, start).at(-1) ?? 0;
    const text = stringValue(table, node);
    if (text === undefined || table.start(node) !== start) return none;
    return certain('Put it in double quotes', { start, end: table.end(node), text: JSON.stringify(text) });
  },
  controlCharacter: ({ found: { start, end }, table }) =>
    certain('Write it as an escape', {
      start,
      end,
      text: JSON.stringify(table.text.slice(start, end)).slice(1, -1),
    }),
  badWord: ({ found: { start, end }, table }) => {
    const word = words[table.text.slice(start, end).toLowerCase()];
    return word === undefined ? none : certain(`Write ${word}`, { start, end, text: word });
  },
};

/** As other languages spell them. */
const words: Readonly<Record<string, string | undefined>> = {
  true: 'true',
  yes: 'true',
  false: 'false',
  no: 'false',
  null: 'null',
  none: 'null',
  nil: 'null',
};
