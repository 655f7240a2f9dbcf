import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RingBuffer } from '../../../src/core/tail/ringBuffer';
import { RowReader } from '../../../src/core/tail/rowReader';
import { delivery } from '../../support/deliveries';

type Step = 'message' | 'note' | 'clear' | 'read';

const step = fc.constantFrom<Step>('message', 'message', 'message', 'note', 'read', 'read', 'clear');

function add(ring: RingBuffer, step: Step): void {
  if (step === 'message') ring.addMessage(delivery(Uint8Array.of(1)), 0, false);
  if (step === 'note') ring.addNote('info', 'note', 0);
  if (step === 'clear') ring.clear();
}

describe('a reader of the ring buffer', () => {
  it('reads every row once and in order, and counts exactly the messages that went before their turn', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (steps, rows) => {
        const ring = new RingBuffer({ rows, bytes: 1_000_000 });
        const reader = new RowReader(ring, ring.end);
        let arrived = 0;
        let read = 0;
        let last = 0;
        const readOne = (): boolean => {
          const row = reader.next();
          if (row === undefined) return false;
          assert.ok(row.seq > last);
          last = row.seq;
          if (row.kind === 'message') read++;
          return true;
        };
        for (const each of steps) {
          if (each === 'read') readOne();
          else add(ring, each);
          if (each === 'message') arrived++;
        }
        while (readOne());
        assert.equal(read + reader.missing, arrived);
      }),
    );
  });

  it('stops where it was told to, and misses nothing of what lies behind', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 100 }),
        fc.array(step, { maxLength: 100 }),
        fc.integer({ min: 1, max: 20 }),
        (before, after, rows) => {
          const ring = new RingBuffer({ rows, bytes: 1_000_000 });
          for (const each of before) add(ring, each);
          const kept = ring.end.messages - ring.start.messages;
          const reader = new RowReader(ring, ring.start, ring.end);
          let read = 0;
          const readOne = (): boolean => {
            const row = reader.next();
            if (row?.kind === 'message') read++;
            return row !== undefined;
          };
          for (const each of after) {
            if (each === 'read') readOne();
            else add(ring, each);
          }
          while (readOne());
          assert.equal(read + reader.missing, kept);
        },
      ),
    );
  });
});
