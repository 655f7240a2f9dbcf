import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Row } from '../../../src/core/message/row';
import { placeOf } from '../../../webview/messages/placeSearch';

describe('the place of a message', () => {
  it('is found among any rows in the order of their numbers, in few questions', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(1_000_000), { maxLength: 300 }),
        fc.integer({ min: -500, max: 500 }),
        fc.nat(20),
        fc.nat(1_000_000),
        async (numbers, firstRow, letGo, wanted) => {
          const seqs = numbers.sort((a, b) => a - b);
          const nextRow = firstRow + seqs.length;
          let asked = 0;
          const found = await placeOf(wanted, { firstRow, nextRow }, (place) => {
            asked++;
            const index = place - firstRow;
            assert.ok(index >= 0 && index < seqs.length);
            const seq = seqs[index] ?? 0;
            const row: Row = { kind: 'note', place, seq, receivedAt: 0, severity: 'info', text: '' };
            return Promise.resolve(index < letGo ? undefined : row);
          });
          const kept = seqs.findIndex((seq, index) => index >= letGo && seq >= wanted);
          assert.equal(found, kept === -1 ? nextRow : firstRow + kept);
          assert.ok(asked <= 10);
        },
      ),
    ));
});
