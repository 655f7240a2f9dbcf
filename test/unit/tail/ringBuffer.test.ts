import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { longstr } from '../../../src/core/base/fieldValue';
import { RingBuffer } from '../../../src/core/tail/ringBuffer';
import { delivery } from '../../support/deliveries';

type Step = { kind: 'message'; length: number } | { kind: 'note' } | { kind: 'clear' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant('message' as const), length: fc.nat(3_000) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'note' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
);

/** A body that says which one it is and is wrong anywhere as soon as one byte of it was overwritten. */
function bodyOf(seq: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seq * 31 + index * 7) % 251);
}

function textsOf(ring: RingBuffer): (number | undefined)[] {
  const seqs = [];
  for (let seq = ring.firstSeq; seq < ring.nextSeq; seq++) seqs.push(ring.at(seq)?.seq);
  return seqs;
}

describe('the ring buffer', () => {
  it('passes a million messages within its limits, every one of them accounted for', () => {
    const limits = { rows: 10_000, bytes: 4 * 1024 * 1024 };
    const ring = new RingBuffer(limits);
    const message = delivery('{"id":1,"total":129.9}', { properties: { contentType: 'application/json' } });
    let most = 0;
    for (let count = 1; count <= 1_000_000; count++) {
      ring.addMessage(message, count, false);
      if (count % 10_000 === 0) most = Math.max(most, ring.heldBytes);
    }
    const kept = ring.end.seq - ring.start.seq;
    assert.equal(ring.droppedMessages + kept, 1_000_000);
    assert.ok(kept > 1_000 && kept <= limits.rows, String(kept));
    assert.ok(most <= limits.bytes, String(most));
  }).timeout(60_000);

  it('keeps what a list with the same bounds would keep, byte for byte, and counts the rest', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 300 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 4_000, max: 60_000 }),
        (steps, rows, bytes) => {
          const ring = new RingBuffer({ rows, bytes });
          const longest = Math.floor(bytes / 4);
          const model = { all: [] as (Uint8Array | string)[], cleared: 1, received: 0 };
          for (const { kind, ...more } of steps) {
            const seq = ring.nextSeq;
            if (kind === 'clear') {
              ring.clear();
              Object.assign(model, { cleared: seq, received: 0 });
              continue;
            }
            if (kind === 'note') {
              ring.addNote('info', `note ${String(seq)}`, seq);
              model.all[seq] = `note ${String(seq)}`;
            } else {
              const body = bodyOf(seq, 'length' in more ? more.length : 0);
              model.all[seq] = body.slice(0, longest);
              model.received++;
              // As amqplib hands it out: a slice of a larger buffer that is overwritten afterwards.
              const socket = new Uint8Array(body.length + 10);
              socket.set(body, 5);
              ring.addMessage(delivery(socket.subarray(5, 5 + body.length)), seq, false);
              socket.fill(0);
            }
            assert.equal(ring.nextSeq, seq + 1, 'numbers go up by one');
            assert.ok(ring.nextSeq - ring.firstSeq <= rows, 'not too many rows');
            assert.ok(ring.heldBytes <= bytes || ring.nextSeq - ring.firstSeq === 1, 'not too many bytes');
            const kept = ring.at(seq);
            assert.ok(kept, 'the newest row is there');
          }
          for (let seq = ring.firstSeq; seq < ring.nextSeq; seq++) {
            const kept = ring.at(seq);
            const wanted = model.all[seq];
            if (kept?.kind === 'note') assert.equal(kept.text, wanted);
            else assert.deepEqual(kept?.body, wanted);
          }
          const kept = textsOf(ring).map((seq) => ring.at(seq ?? 0)?.kind);
          const messages = kept.filter((kind) => kind === 'message').length;
          assert.equal(ring.receivedMessages, model.received);
          assert.equal(ring.droppedMessages, model.received - messages, 'every message is kept or counted');
          assert.equal(
            ring.droppedMessages + ring.droppedNotes,
            ring.firstSeq - Math.max(model.cleared, 1),
            'every row is kept or counted',
          );
          assert.equal(ring.at(ring.firstSeq - 1), undefined);
          assert.equal(ring.at(ring.nextSeq), undefined);
        },
      ),
    );
  });

  it('does not grow however many messages pass through', () => {
    const ring = new RingBuffer({ rows: 1_000, bytes: 1024 * 1024 });
    const message = delivery(new Uint8Array(700));
    let most = 0;
    for (let index = 0; index < 50_000; index++) {
      ring.addMessage(message, index, false);
      most = Math.max(most, ring.heldBytes);
    }
    assert.ok(most <= 1024 * 1024, String(most));
    assert.equal(ring.receivedMessages, 50_000);
    assert.equal(ring.nextSeq, 50_001);
  });

  it('keeps the right rows over many more messages than it holds', () => {
    const ring = new RingBuffer({ rows: 3_000, bytes: 1024 * 1024 });
    for (let seq = 1; seq <= 10_000; seq++) {
      if (seq % 10 === 0) ring.addNote(seq % 20 === 0 ? 'warning' : 'info', `note ${String(seq)}`, seq);
      else
        ring.addMessage(delivery(bodyOf(seq, seq % 50), { redelivered: seq % 3 === 0 }), seq, seq % 7 === 0);
    }
    assert.deepEqual([ring.firstSeq, ring.nextSeq], [7_001, 10_001]);
    assert.deepEqual([ring.droppedMessages, ring.droppedNotes], [6_300, 700]);
    for (let seq = 7_001; seq <= 10_000; seq++) {
      const kept = ring.at(seq);
      assert.ok(kept && kept.seq === seq && kept.receivedAt === seq);
      if (kept.kind === 'note') {
        assert.deepEqual(
          [kept.text, kept.severity],
          [`note ${String(seq)}`, seq % 20 === 0 ? 'warning' : 'info'],
        );
      } else {
        assert.deepEqual(kept.body, bodyOf(seq, seq % 50));
        assert.deepEqual([kept.redelivered, kept.sentByYou], [seq % 3 === 0, seq % 7 === 0]);
      }
    }
  });

  it('keeps headers encoded until a row is looked at, and copies them', () => {
    const ring = new RingBuffer({ rows: 10, bytes: 64 * 1024 });
    const socket = Uint8Array.of(1, 2, 3, 4, 5);
    let decoded = 0;
    const readHeaders = (bytes: Uint8Array) => {
      decoded++;
      return [{ name: [...bytes].join(), value: longstr('v') }];
    };
    const others = { contentType: 'text/plain' };
    const headers = socket.subarray(1, 4);
    ring.addMessage({ ...delivery('body'), undecoded: { others, headers, readHeaders } }, 0, false);
    socket.fill(9);
    assert.equal(decoded, 0);
    const kept = ring.at(1);
    assert.ok(kept?.kind === 'message');
    assert.deepEqual(kept.properties, { ...others, headers: [{ name: '2,3,4', value: longstr('v') }] });
    assert.deepEqual(kept.body, new TextEncoder().encode('body'));
  });

  it('counts headers, so that a flood of huge ones is bounded too', () => {
    const ring = new RingBuffer({ rows: 1_000, bytes: 1024 * 1024 });
    const headers = [{ name: 'blob', value: longstr('x'.repeat(100_000)) }];
    for (let index = 0; index < 50; index++) {
      ring.addMessage(delivery('', { properties: { headers } }), 0, false);
    }
    assert.ok(ring.nextSeq - ring.firstSeq <= 5);
  });

  it('keeps the beginning of a body that is too large, and its true size', () => {
    const ring = new RingBuffer({ rows: 10, bytes: 64 * 1024 });
    ring.addMessage(delivery(bodyOf(1, 50_000)), 0, false);
    const kept = ring.at(1);
    assert.ok(kept?.kind === 'message');
    assert.equal(kept.size, 50_000);
    assert.deepEqual(kept.body, bodyOf(1, 50_000).slice(0, 16 * 1024));
  });

  it('lets go of what a smaller limit has no room for, oldest first, and keeps within it from then on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3_000), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 4_000, max: 60_000 }),
        (lengths, bytes) => {
          const ring = new RingBuffer({ rows: 1_000, bytes: 60_000 });
          const add = (): void => {
            for (const length of lengths) ring.addMessage(delivery(bodyOf(ring.nextSeq, length)), 0, false);
          };
          add();
          const before = { first: ring.firstSeq, dropped: ring.droppedMessages };
          ring.limitBytes(bytes);
          assert.ok(ring.heldBytes <= bytes);
          assert.equal(ring.droppedMessages - before.dropped, ring.firstSeq - before.first);
          for (let seq = ring.firstSeq; seq < ring.nextSeq; seq++) {
            const kept = ring.at(seq);
            assert.ok(kept?.kind === 'message');
            assert.deepEqual(Uint8Array.from(kept.body), bodyOf(seq, kept.body.length));
          }
          add();
          assert.ok(ring.heldBytes <= bytes || ring.nextSeq - ring.firstSeq === 1);
        },
      ),
    );
  });
});
