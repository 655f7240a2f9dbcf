import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldTable } from '../../../src/core/base/fieldValue';
import { longstr } from '../../../src/core/base/fieldValue';
import { filterMatches, filterSubject } from '../../support/filterSubjects';

/** A message and its naive double, and filters with what they mean, said as plainly as possible. */
interface Sample {
  readonly key: string;
  readonly text: string;
  readonly json: unknown;
  readonly header: string | bigint;
  readonly priority: number;
}

interface Asked {
  readonly filter: string;
  readonly holds: (sample: Sample) => boolean;
}

const word = fc.stringMatching(/^[abAB.]{1,3}$/);
const integer = fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 4n });
const leaf = fc.oneof(word, fc.integer({ min: -2, max: 3 }), fc.constant(null), fc.boolean());
const tree: fc.Memo<unknown> = fc.memo((depth) =>
  depth <= 1
    ? leaf
    : fc.oneof(
        leaf,
        fc.array(tree(depth - 1), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'ü'), tree(depth - 1), { maxKeys: 3 }),
      ),
);
const sample: fc.Arbitrary<Sample> = fc.record({
  key: fc.stringMatching(/^[abAB.]{0,6}$/),
  text: word,
  json: tree(4),
  header: fc.oneof(word, integer),
  priority: fc.nat(4),
});

function bodyOf({ json, text }: Sample): string {
  return JSON.stringify({ json, text });
}

function holds(value: string, wanted: string): boolean {
  return value.toLowerCase().includes(wanted.toLowerCase());
}

/** Every value at the end of a path, arrays without an index standing for their elements, as a person would say it. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const wanted = name === undefined ? entries : entries.filter(([key]) => key === name);
    return wanted.flatMap(([, inner]) => valuesAt(inner, rest));
  }
  return name === undefined ? [value] : [];
}

const simple: fc.Arbitrary<Asked> = fc.oneof(
  word.map((text) => ({ filter: `key:${text}`, holds: ({ key }: Sample) => holds(key, text) })),
  word.map((text) => ({ filter: `key=${text}`, holds: ({ key }: Sample) => key === text })),
  word.map((text) => ({ filter: `body:${text}`, holds: (of: Sample) => holds(bodyOf(of), text) })),
  word.map((text) => ({
    filter: `"${text}"`,
    holds: (of: Sample) => holds(of.key, text) || holds('orders', text) || holds(bodyOf(of), text),
  })),
  fc.tuple(word, word).map(([a, b]) => ({
    filter: `key:${a}*${b}`,
    holds: ({ key }: Sample) => {
      const [low, start, end] = [key.toLowerCase(), a.toLowerCase(), b.toLowerCase()];
      return low.length >= start.length + end.length && low.startsWith(start) && low.endsWith(end);
    },
  })),
  fc.nat(4).map((least) => ({
    filter: `priority:>${String(least)}`,
    holds: ({ priority }: Sample) => priority > least,
  })),
  fc.tuple(fc.nat(4), fc.nat(4)).map(([a, b]) => ({
    filter: `priority:${String(a)}..${String(b)}`,
    holds: ({ priority }: Sample) => priority >= a && priority <= b,
  })),
  integer.map((least) => ({
    filter: `header.h:>=${String(least)}`,
    holds: ({ header }: Sample) => typeof header === 'bigint' && header >= least,
  })),
  word.map((text) => ({
    filter: `header.h:${text}`,
    holds: ({ header }: Sample) => typeof header === 'string' && holds(header, text),
  })),
  fc.array(fc.constantFrom('a', 'b', 'ü'), { maxLength: 3 }).chain((path) =>
    fc.oneof(
      fc.integer({ min: -2, max: 3 }).map((number) => ({
        filter: `body.${['json', ...path].join('.')}=${String(number)}`,
        holds: ({ json }: Sample) => valuesAt(json, path).some((value) => value === number),
      })),
      word.map((text) => ({
        filter: `body.${['json', ...path].join('.')}:${text}`,
        holds: ({ json }: Sample) =>
          valuesAt(json, path).some((value) => typeof value !== 'number' && holds(String(value), text)),
      })),
    ),
  ),
);

const asked: fc.Memo<Asked> = fc.memo((depth) =>
  depth <= 1
    ? simple
    : fc.oneof(
        simple,
        asked(depth - 1).map(({ filter, holds: inner }) => ({
          filter: `NOT (${filter})`,
          holds: (of: Sample) => !inner(of),
        })),
        fc
          .tuple(asked(depth - 1), asked(depth - 1), fc.constantFrom(' AND ', ' ', ' OR '))
          .map(([a, b, joint]) => ({
            filter: `(${a.filter}${joint}${b.filter})`,
            holds: (of: Sample) =>
              joint === ' OR ' ? a.holds(of) || b.holds(of) : a.holds(of) && b.holds(of),
          })),
      ),
);

describe('a filter', () => {
  it('matches what a naive reading of it matches, over key, headers, properties, text and JSON', () => {
    fc.assert(
      fc.property(sample, fc.array(asked(4), { minLength: 1, maxLength: 5 }), (of, questions) => {
        const headers: FieldTable = [
          {
            name: 'h',
            value:
              typeof of.header === 'string' ? longstr(of.header) : { type: 'long', value: String(of.header) },
          },
        ];
        const subject = filterSubject(bodyOf(of), {
          routingKey: of.key,
          properties: { headers, priority: of.priority },
        });
        for (const { filter, holds: naive } of questions) {
          assert.equal(filterMatches(filter, subject), naive(of), `${filter} on ${of.key} ${bodyOf(of)}`);
        }
      }),
      { numRuns: 500 },
    );
  });
});
