import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { secondText } from '../../../webview/shared/words';

describe('a time in seconds', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['1748865845', '2025-06-02 12:04:05 UTC'],
    ['0', '1970-01-01 00:00:00 UTC'],
    ['-1', '-1'],
    ['18446744073709551615', '18446744073709551615'],
    ['soon', 'soon'],
  ];
  for (const [seconds, expected] of cases)
    it(`of ${seconds} is ${expected}`, () => {
      assert.equal(secondText(seconds), expected);
    });
});
