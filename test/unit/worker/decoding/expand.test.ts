import assert from 'node:assert/strict';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Coding } from '../../../../src/core/message/decode/contentCoding';
import { expand } from '../../../../src/worker/decoding/expand';
import { expandZstd } from '../../../../src/worker/decoding/zstd';

const most = 1024 * 1024;
const frame = Buffer.from(
  '28b52ffd647000f50000b87b226964223a393030373139393235343734303939337d0100ad549d4d4b188153',
  'hex',
);
/** The same without its size in the header, as it is written to a pipe. */
const streamed = Buffer.from(
  '28b52ffd0458f50000b87b226964223a393030373139393235343734303939337d0100ad549d4d4b188153',
  'hex',
);
const sixteen = '{"id":9007199254740993}'.repeat(16);

/** A frame of blocks that each repeat one letter: `count` of `size` letters, under a window of 8 MiB. */
function repeating(count: number, size: number): Buffer {
  const block = (isLast: boolean): Buffer => {
    const header = Buffer.alloc(4, 'A');
    header.writeUIntLE((size << 3) | 2 | (isLast ? 1 : 0), 0, 3);
    return header;
  };
  return Buffer.concat([
    Buffer.from('28b52ffd0068', 'hex'),
    Buffer.alloc((count - 1) * 4, block(false)),
    block(true),
  ]);
}

describe('decompression', () => {
  const packers: readonly (readonly [Coding, (data: Uint8Array) => Uint8Array])[] = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ];
  it('gives back what was compressed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...packers),
        fc.uint8Array({ minLength: 1, maxLength: 5_000 }),
        async ([coding, pack], data) => {
          const expanded = await expand(coding, pack(data), most);
          assert.deepEqual(Buffer.from(expanded.bytes), Buffer.from(data));
          assert.equal(expanded.stopped, false);
        },
      ),
    );
  }).timeout(20_000);

  it('lets a bomb go at its limit, with the beginning', async () => {
    const zeros = Buffer.alloc(20 * most);
    for (const [coding, pack] of packers) {
      const expanded = await expand(coding, pack(zeros), most);
      assert.deepEqual([coding, expanded.bytes.length, expanded.stopped], [coding, most, true]);
    }
  }).timeout(20_000);

  it('says what is wrong with damaged data, whatever they are', async () => {
    const codings = fc.constantFrom<Coding>('gzip', 'deflate', 'br', 'zstd');
    await fc.assert(
      fc.asyncProperty(codings, fc.uint8Array({ maxLength: 200 }), async (coding, data) => {
        const { bytes, problem } = await expand(coding, data, most);
        assert.ok(bytes.length <= most && (problem === undefined || problem.length > 0));
      }),
    );
    assert.equal((await expand('gzip', Buffer.from('no'), most)).problem, 'incorrect header check');
  }).timeout(20_000);
});

describe('zstd in JavaScript, for a Node without it', () => {
  it('gives back what the command line compressed, and several frames, and passes over what is to be skipped', () => {
    const skipped = Buffer.from('502a4d1803000000aabbcc', 'hex');
    for (const data of [frame, streamed])
      assert.equal(Buffer.from(expandZstd(data, most).bytes).toString(), sixteen);
    const all = expandZstd(Buffer.concat([frame, skipped, streamed]), most);
    assert.deepEqual(
      [Buffer.from(all.bytes).toString(), all.problem, all.stopped],
      [sixteen + sixteen, undefined, false],
    );
  }).timeout(20_000);

  it('lets a bomb go at its limit, with the beginning', () => {
    const expanded = expandZstd(repeating(500, 128 * 1024), most);
    assert.deepEqual([expanded.bytes.length, expanded.stopped, expanded.bytes[0]], [most, true, 0x41]);
  }).timeout(20_000);

  it('refuses frames that would cost far more than they hold', () => {
    const table: readonly (readonly [Buffer, string])[] = [
      [repeating(100_000, 1), 'it consists of too many small blocks'],
      // A window of 1.9 GiB.
      [
        Buffer.concat([Buffer.from('28b52ffd00a7', 'hex'), repeating(1, 5).subarray(6)]),
        'it asks for too much memory',
      ],
      [Buffer.from('28b52ffd03680000000000000000', 'hex'), 'it needs a dictionary'],
      [Buffer.from('28b52ffd006807000000', 'hex'), 'a block is damaged'],
      [frame.subarray(0, -6), 'the data end early'],
      [Buffer.from('0123456789abcdef', 'hex'), 'the data do not begin like zstd'],
    ];
    for (const [data, problem] of table) assert.equal(expandZstd(data, most).problem, problem);
  }).timeout(20_000);

  it('does not throw on damaged frames', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(frame, streamed),
        fc.nat(frame.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (data, at, change) => {
          const damaged = Buffer.from(data);
          damaged[at % damaged.length]! ^= change;
          assert.ok(expandZstd(damaged, most).bytes.length <= most);
        },
      ),
      { numRuns: 500 },
    );
  }).timeout(20_000);
});
