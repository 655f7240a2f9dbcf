import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { flatText } from '../../../src/core/base/flatText';

describe('a text in one piece', () => {
  const long = 'ab\u00e9\ud83d\ude00'.repeat(20_000);
  const cases: readonly (readonly [string, string])[] = [
    ['an empty one', ''],
    ['a short one', 'a'],
    ['a long one, edited', `${long.slice(0, 1_000)}x${long.slice(1_000)}`],
    ['half of a surrogate pair', `${long}\ud83d`],
    ['a name that objects have already', `__proto__${' '.repeat(70_000)}`.trim()],
    ['digits only', '1'.repeat(70_000)],
  ];
  for (const [what, text] of cases) {
    it(`is the same text: ${what}`, () => {
      assert.equal(flatText(text), text);
    });
  }
});
