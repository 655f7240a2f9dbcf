import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as check from '../../../src/core/base/check';
import { Failure } from '../../../src/core/base/failure';

const person = check.object({ name: check.text(5), age: check.optional(check.integer(0, 150)) });

describe('a check of data that crossed a border', () => {
  const accepted: readonly [string, check.Check<unknown>, unknown, unknown][] = [
    ['text', check.text(3), 'abc', 'abc'],
    ['a whole number', check.integer(1, 3), 3, 3],
    ['a number', check.anyNumber, 1.5, 1.5],
    ['true or false', check.anyBoolean, false, false],
    ['one of some words', check.oneOf('a', 'b'), 'b', 'b'],
    ['bytes', check.bytes(2), Uint8Array.of(1), Uint8Array.of(1)],
    ['a list', check.listOf(check.anyNumber), [1, 2], [1, 2]],
    ['an object without its optional part', person, { name: 'Ada' }, { name: 'Ada' }],
    ['the first of two', check.either(check.anyNumber, check.anyBoolean), 1, 1],
    ['the second of two', check.either(check.anyNumber, check.anyBoolean), true, true],
    ['nothing, whatever came', check.nothing, 'x', undefined],
  ];
  for (const [what, accepts, input, output] of accepted) {
    it(`accepts ${what}`, () => assert.deepEqual(accepts(input), output));
  }

  it('leaves out what nobody asked for', () => {
    assert.deepEqual(person(JSON.parse('{"name":"Ada","__proto__":{"admin":true},"extra":1}')), {
      name: 'Ada',
    });
  });

  const refused: readonly [string, check.Check<unknown>, unknown, RegExp][] = [
    ['text that is too long', check.text(3), 'abcd', /at most 3 characters/],
    ['a number for text', check.text(), 5, /^value is not text/],
    ['a fraction for a whole number', check.integer(1, 3), 1.5, /whole number from 1 to 3/],
    ['a number out of range', check.integer(1, 3), 4, /from 1 to 3/],
    ['NaN', check.anyNumber, NaN, /a number/],
    ['a word that is not listed', check.oneOf('a', 'b'), 'toString', /one of a, b/],
    ['too many bytes', check.bytes(1), Uint8Array.of(1, 2), /at most 1 bytes/],
    ['a list that is too long', check.listOf(check.anyNumber, 1), [1, 2], /at most 1 items/],
    ['a bad item, by its place', check.listOf(check.anyNumber), [1, 'x'], /^value\[1\] is not a number/],
    ['a missing part, by its place', person, {}, /^params\.name is not text/],
    ['null for an object', person, null, /an object/],
  ];
  for (const [what, refuses, input, words] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => refuses(input),
        (error: unknown) =>
          error instanceof Failure && error.reason === 'badInput' && words.test(error.message),
      );
    });
  }
});
