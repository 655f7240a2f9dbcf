import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { narrowedFilter } from '../../../webview/messages/narrowFilter';

describe('a filter narrowed to what a row shows', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['', 'order.created', 'key="order.created"'],
    ['  ', '', 'key=""'],
    ['size>1kB', 'a b', 'size>1kB AND key="a b"'],
    ['a OR b', 'x', '(a OR b) AND key="x"'],
    ['', 'say "\\o"', 'key="say \\"\\\\o\\""'],
  ];
  for (const [text, value, expected] of cases)
    it(`makes ${expected}`, () => {
      assert.equal(narrowedFilter(text, 'key', value), expected);
    });
});
