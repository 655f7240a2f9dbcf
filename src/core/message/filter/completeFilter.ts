import type { FilterMatcher } from './compileFilter';
import { filterFields, knownField } from './filterFields';
import type { FilterField } from './filterNode';
import type { FilterSubject } from './filterSubject';
import { headerTest } from './headerTest';
import { jsonTest } from './jsonTest';
import { parseFilter } from './parseFilter';
import type { FilterSpot } from './parseFilter';
import { bodyPaths, headerPaths } from './seenPaths';
import type { ValueTest } from './valueTest';

/** As the protocol's FilterCompletion: what may stand in place of `text.slice(from, to)`. */
export interface FilterCompletion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
}

interface CompletionItem {
  readonly insert: string;
  readonly label: string;
  readonly detail?: string;
}

/** Messages to learn names and values from: the newest of them, bounded. What it yields may be used at once only. */
export interface SeenMessages {
  messages(): Iterable<FilterSubject>;
}

const mostItems = 50;
/** Different names or values that are counted. */
const mostSeen = 1_000;
const longestValue = 200;

/** What may be typed at the caret (a UTF-16 offset): fields, operators, and names and values that messages hold. */
export function completeFilter(text: string, caret: number, seen: SeenMessages): FilterCompletion {
  const spot = spotAt(text, caret);
  const typed = text.slice(spot.from, caret);
  const { from, to } = spot;
  const items = spot.kind === 'value' ? valueItems(spot, typed, seen) : fieldItems(text, spot, typed, seen);
  return { from, to, items: items.slice(0, mostItems) };
}

/** The longest piece that the caret touches: "si|" is a field although another could begin right behind it. */
function spotAt(text: string, caret: number): FilterSpot {
  let found: FilterSpot | undefined;
  parseFilter(text, 0, (spot) => {
    if (spot.from > caret || caret > spot.to) return;
    if (!found || spot.to - spot.from > found.to - found.from) found = spot;
  });
  return found ?? { kind: 'field', from: caret, to: caret };
}

function fieldItems(text: string, spot: FilterSpot, typed: string, seen: SeenMessages): CompletionItem[] {
  const after = spot.presence === true || /^\s*[:=<>!]/.test(text.slice(spot.to)) ? '' : ':';
  const begin = typed.startsWith('-') ? '-' : '';
  const wanted = typed.slice(begin.length);
  const fixed: CompletionItem[] = [
    ...filterFields.map(({ name, detail }) => ({ insert: name + after, label: name, detail })),
    { insert: 'header.', label: 'header.', detail: 'a header by its name' },
    { insert: 'body.', label: 'body.', detail: 'a value inside a JSON body' },
  ];
  if (after !== '')
    fixed.push({ insert: 'has:', label: 'has:', detail: 'a field that is there, whatever its value' });
  const paths = [
    ...seenPaths('header.', headerPaths, wanted, seen),
    ...seenPaths('body.', bodyPaths, wanted, seen),
  ].map(({ insert, ...rest }) => ({ ...rest, insert: insert + after }));
  const fields = fitting([...fixed, ...paths], wanted).map((item) => ({
    ...item,
    insert: begin + item.insert,
  }));
  if (spot.presence === true || begin !== '') return fields;
  const words = keywords(text, spot, typed);
  // Who types capitals means these; who types nothing may mean anything.
  return typed === '' ? [...fields, ...words] : [...words, ...fields];
}

/** Headers and paths by what they are called, as soon as two letters say which. */
function seenPaths(
  prefix: string,
  pathsOf: (message: FilterSubject) => ReadonlySet<string>,
  typed: string,
  seen: SeenMessages,
): CompletionItem[] {
  const lower = typed.toLowerCase();
  if (!lower.startsWith(prefix) && (typed.length < 2 || prefix.startsWith(lower))) return [];
  const counts = new Counts();
  for (const message of seen.messages()) for (const path of pathsOf(message)) counts.add(path);
  return counts.items((path) => prefix + path);
}

/** AND, OR and NOT, where a condition stands before them. */
function keywords(text: string, { from }: FilterSpot, typed: string): CompletionItem[] {
  const before = text.slice(0, from).trimEnd();
  if (typed !== typed.toUpperCase()) return [];
  const followsCondition = before !== '' && !/(?:^|[\s(])(?:AND|OR|NOT)$|\($/.test(before);
  const words = followsCondition ? ['AND', 'OR', 'NOT'] : ['NOT'];
  return words
    .filter((word) => word.startsWith(typed))
    .map((word) => ({ insert: `${word} `, label: word, detail: details[word] ?? '' }));
}

const details: Readonly<Record<string, string>> = {
  AND: 'both conditions; it may be left out',
  OR: 'one of the conditions',
  NOT: 'not this condition',
};

function valueItems({ field }: FilterSpot, typed: string, seen: SeenMessages): CompletionItem[] {
  if (!field) return [];
  const info = knownField(field.name, field.path);
  if (typeof info === 'string') return [];
  if (info.type === 'flag') return fitting(['true', 'false'].map(asIs), typed);
  const comparisons = typed === '' && info.type !== 'text' ? comparisonItems : [];
  const wanted = typed.replace(/^"/, '');
  return [...comparisons, ...fitting(seenValues(info.field, seen).items(writtenValue), wanted)];
}

const comparisonItems: readonly CompletionItem[] = [
  { insert: '>', label: '>', detail: 'greater than' },
  { insert: '<', label: '<', detail: 'less than' },
];

function asIs(word: string): CompletionItem {
  return { insert: word, label: word };
}

/** Values are gathered by a test that nothing passes. */
function seenValues(field: FilterField, seen: SeenMessages): Counts {
  const counts = new Counts();
  const gather: ValueTest = {
    text: (value) => counts.add(value),
    number: ({ text }) => counts.add(text),
    bytes: () => false,
  };
  if (field.kind === 'header') run(headerTest(field.path, gather), seen);
  else if (field.kind === 'json') run(jsonTest(field.path, gather), seen);
  else {
    for (const message of seen.messages()) {
      if (field.kind === 'exchange') counts.add(message.exchange);
      else if (field.kind === 'key') counts.add(message.routingKey);
      else if (field.kind === 'property') counts.add(String(message.properties[field.name] ?? ''));
    }
  }
  return counts;
}

function run(matches: FilterMatcher, seen: SeenMessages): void {
  for (const message of seen.messages()) matches(message);
}

/** How often what was seen, bounded. */
class Counts {
  private readonly counts = new Map<string, number>();

  /** Says `false`, so that a search which gathers goes on. */
  add(value: string): false {
    if (value === '' || value.length > longestValue) return false;
    const count = this.counts.get(value);
    if (count !== undefined || this.counts.size < mostSeen) this.counts.set(value, (count ?? 0) + 1);
    return false;
  }

  /** The most frequent first. */
  items(write: (value: string) => string): CompletionItem[] {
    return [...this.counts]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .map(([value, count]) => {
        const written = write(value);
        return {
          insert: written,
          label: written,
          detail: count === 1 ? 'seen once' : `seen ${String(count)} times`,
        };
      });
  }
}

/** Those that hold what was typed, those that begin with it first. */
function fitting(items: readonly CompletionItem[], typed: string): CompletionItem[] {
  const wanted = typed.toLowerCase();
  const place = ({ label }: CompletionItem): number => label.toLowerCase().replace(/^"/, '').indexOf(wanted);
  return items
    .filter((item) => place(item) >= 0)
    .sort((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)));
}

/** In quotes where it would not be read as one word that stands for itself. */
function writtenValue(value: string): string {
  return /^[^\s()"*\\/<>=!-][^\s()"*\\]*$/.test(value) &&
    !value.includes('..') &&
    !/^(?:AND|OR|NOT)$/.test(value)
    ? value
    : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
