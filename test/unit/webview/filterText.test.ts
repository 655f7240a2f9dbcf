import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseFilter } from '../../../src/core/message/filter/parseFilter';
import { exampleFilter, narrowedFilter } from '../../../webview/messages/filterText';

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

  it('is a filter without a mistake, whatever stands in the row', () => {
    const before = fc.constantFrom('', 'orders', 'a OR b', 'NOT size:>1kB', 'key:(a OR b) -redelivered:true');
    fc.assert(
      fc.property(before, fc.string({ unit: 'binary', maxLength: 255 }), (text, value) => {
        assert.equal(parseFilter(narrowedFilter(text, 'key', value), 0).problem, undefined);
      }),
    );
  });

  it('reads the example of the empty field', () => {
    assert.equal(parseFilter(exampleFilter, 0).problem, undefined);
  });
});
