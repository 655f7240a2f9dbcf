import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileFilter } from '../../../src/core/message/filter/compileFilter';
import { completeFilter } from '../../../src/core/message/filter/completeFilter';
import { parseFilter } from '../../../src/core/message/filter/parseFilter';
import { filterSubject, testNow } from '../../support/filterSubjects';

/** The mistake stands between the braces. */
const mistakes: readonly (readonly [string, RegExp])[] = [
  ['{tenant}:acme', /no field tenant.*header\.tenant or body\.tenant/],
  ['a AND {http}://host', /in quotes/],
  ['{size:}', /value is missing/],
  ['{size:} AND a', /value is missing/],
  ['size:{big}', /number of bytes/],
  ['size:{10parsecs}', /number of bytes/],
  ['priority:{high}', /number/],
  ['priority:{1..x}', /number/],
  ['redelivered:{maybe}', /true or false/],
  ['redelivered:>{true}', /true or false/],
  ['received:{noon}', /A time is/],
  ['received:{2026-13-01}', /A time is/],
  ['received:{25:00}', /A time is/],
  ['timestamp:{noon}', /A timestamp is/],
  ['key:{"open}', /quote is not closed/],
  ['key:{/open}', /not closed/],
  ['{/a/g}', /only the flag i/],
  ['{/api/orders}', /in quotes/],
  ['size:{/1/}', /cannot be compared with a regular expression/],
  ['{(}a OR b', /bracket is not closed/],
  ['a{)}', /closes nothing/],
  ['a {)} b', /closes nothing/],
  ['{()}', /nothing between/],
  ['exchange:{()}', /nothing between/],
  ['{AND} a', /before it/],
  ['a {AND}', /after it/],
  ['a AND {AND} b', /before it/],
  ['{OR} a', /before it/],
  ['a {OR}', /after it/],
  ['a {OR} OR b', /after it/],
  ['a {NOT}', /after it/],
  ['a {-}', /after it/],
  ['{priority.x}:1', /has no parts/],
  ['has:{}', /Name a field/],
  ['has:{tenant}', /no field tenant/],
  ['key:/{a(b}/', /not valid: missing closing/],
  ['key:/x[{z-a}]/', /invalid character class range/],
  ['key:/{(?=}a)/', /Look-around is not supported/],
  [String.raw`key:/(a){\1}/`, /Back references are not supported/],
  ['key:/a{**}/', /invalid nested repetition/],
];

describe('a filter with a mistake', () => {
  for (const [marked, message] of mistakes) {
    it(`says what is wrong and where: ${marked}`, () => {
      const from = marked.indexOf('{');
      const to = marked.indexOf('}') - 1;
      const text = marked.replace('{', '').replace('}', '');
      const { node, problem } = parseFilter(text, testNow);
      assert.equal(node, undefined);
      assert.match(problem?.message ?? '', message);
      assert.match(problem?.message ?? '', /\.$/);
      assert.deepEqual([problem?.from, problem?.to], [from, to], problem?.message);
    });
  }

  it('is refused where it would cost too much: patterns, repetitions, brackets, conditions', () => {
    const texts = [
      `/${'a'.repeat(1_001)}/`,
      '/((a{30}){30}){30}/',
      '/(a?){500}a{500}/',
      `${'('.repeat(60)}a${')'.repeat(60)}`,
      'NOT '.repeat(60) + 'a',
      'a '.repeat(300),
    ];
    for (const text of texts) assert.ok(parseFilter(text, testNow).problem, text.slice(0, 30));
  });
});

describe('reading filters', () => {
  it('asks for nothing where nothing is typed', () => {
    assert.deepEqual(parseFilter('', testNow), {});
    assert.deepEqual(parseFilter('  \t', testNow), {});
  });

  it('never throws and always ends, whatever is typed, and what it accepts can be asked', () => {
    const message = filterSubject('{"a":{"b":[1,"x"]}}', {
      properties: { headers: [{ name: 'h', value: { type: 'void' } }] },
    });
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          'AND',
          'OR',
          'NOT',
          '(',
          ')',
          '-',
          ':',
          '=',
          '>',
          '<',
          '>=',
          '!=',
          '"',
          '/',
          '\\',
          '*',
          '..',
          '.',
          '[',
          ']',
          '[0]',
          '[*]',
        ],
        ...[
          'key',
          'header',
          'body',
          'has',
          'size',
          'received',
          'header.h',
          'body.a.b',
          'priority',
          'dead',
          'a',
          '5',
          '10kB',
          '12:04',
          ' ',
          'i',
        ],
        ...['(a+)+$', '\\d{3}', '[^/]', '\ud800', '\u0000', 'é'],
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(40), (pieces, caret) => {
        const text = pieces.join('');
        const { node, problem } = parseFilter(text, testNow);
        if (node) assert.equal(typeof compileFilter(node)(message), 'boolean');
        if (problem)
          assert.ok(problem.from >= 0 && problem.from <= problem.to && problem.to <= text.length, text);
        const at = Math.min(caret, text.length);
        const { from, to } = completeFilter(text, at, { messages: () => [message] });
        assert.ok(from <= at && at <= to && to <= text.length, text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to the text, for expressions that stop other engines', () => {
    const hostile = `${'a'.repeat(15_000)}!`;
    const message = filterSubject(hostile, { routingKey: 'a'.repeat(255) });
    for (const pattern of ['(a+)+$', '(a|a)*$', '(a|aa)+$', '(.*a){20}$', '(x+x+)+y', 'a{0,200}a{100}$']) {
      const { node } = parseFilter(`body:/^${pattern}/ OR key:/^${pattern}x/`, testNow);
      assert.ok(node, pattern);
      assert.equal(compileFilter(node)(message), false, pattern);
    }
  });
});
