import assert from 'node:assert/strict';
import { encode as encodeMessagePack, ExtData } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { bytesFromHex } from '../../../../src/core/message/hexDump';
import { readCbor, readCborSequence } from '../../../../src/core/message/decode/cbor';
import { readMessagePack } from '../../../../src/core/message/decode/messagePack';
import type { ReadValues } from '../../../../src/core/message/decode/readValues';

const most = 10_000_000;

function hex(digits: string): Uint8Array {
  return bytesFromHex(digits) ?? assert.fail(`not hex: ${digits}`);
}

/** On one line, so that tables stay readable. */
function flat(read: ReadValues): string {
  assert.equal(read.kind, 'values', read.kind === 'malformed' ? read.message : '');
  return read.text.replace(/\n */g, '').replace(/": /g, '":');
}

/** Values that both formats and our text have: integers of 64 bits as big ones, no lone surrogates. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.bigInt(-(2n ** 63n), 2n ** 64n - 1n),
    fc.double(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** What the text must say about a value, as compact JSON. */
function expected(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return JSON.stringify(String(value));
    const text = Object.is(value, -0) ? '-0' : String(value);
    return /^-?\d+$/.test(text) ? `${text}.0` : text;
  }
  if (value instanceof Uint8Array) return `"0x${Buffer.from(value).toString('hex')}"`;
  if (Array.isArray(value)) return `[${value.map(expected).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${expected(inner)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value);
}

function withoutNegativeZero(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNegativeZero(inner)]));
}

/** The same text without what only indentation adds. Strings keep their spaces. */
function compact(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (found) => (found.startsWith('"') ? found : ''));
}

describe('MessagePack', () => {
  it('reads what another library wrote, 64-bit integers included', () => {
    fc.assert(
      fc.property(values, (value) => {
        const read = readMessagePack(
          encodeMessagePack(value, { useBigInt64: true, forceIntegerToFloat: true }),
          most,
        );
        assert.ok(read.kind === 'values' && !read.cut && read.problem === undefined);
        assert.equal(compact(read.text), expected(value));
      }),
      { numRuns: 500 },
    );
  });

  const table: readonly (readonly [string, Uint8Array, string])[] = [
    ['uint 64', hex('cf ffffffffffffffff'), '18446744073709551615'],
    ['int 64', hex('d3 8000000000000000'), '-9223372036854775808'],
    ['int 8', hex('d0 80'), '-128'],
    ['float 32, as short as it was', hex('ca 3dcccccd'), '0.1'],
    ['float 32 with the sign of zero', hex('ca 80000000'), '-0.0'],
    ['bytes', hex('c4 03 00ff10'), '"0x00ff10"'],
    ['text that is not UTF-8, as bytes', hex('a2 ff00'), '"0xff00"'],
    ['keys that are numbers, and keys that are lists', hex('82 01 02 92 01 02 03'), '{"1":2,"[1,2]":3}'],
    ['the same key twice', hex('82 a161 01 a161 02'), '{"a":1,"a":2}'],
    ['a key named __proto__', encodeMessagePack(JSON.parse('{"__proto__":1}')), '{"__proto__":1}'],
    ['timestamp 32', hex('d6 ff 00000001'), '"1970-01-01T00:00:01Z"'],
    ['timestamp 64', encodeMessagePack(new Date('2026-11-24T12:00:00.250Z')), '"2026-11-24T12:00:00.250Z"'],
    ['an extension', encodeMessagePack(new ExtData(5, hex('abcd'))), '{"ext":5,"data":"0xabcd"}'],
  ];
  for (const [what, bytes, text] of table) {
    it(`shows ${what}`, () => assert.equal(flat(readMessagePack(bytes, most)), text));
  }

  it('says where it breaks', () => {
    const broken: readonly (readonly [string, string])[] = [
      ['81a161', 'at byte 3, 1 bytes should follow and there are 0'],
      ['c1', 'at byte 0, 0xc1 is not a type'],
      ['ddffffffff01', 'before byte 5, 4294967295 values should follow in 1 bytes'],
      ['', 'at byte 0, 1 bytes should follow and there are 0'],
    ];
    for (const [bytes, message] of broken)
      assert.deepEqual(readMessagePack(hex(bytes), most), { kind: 'malformed', message });
  });

  it('says that bytes follow the value', () => {
    assert.equal(
      (readMessagePack(hex('01 02 03'), most) as { problem?: string }).problem,
      '2 bytes follow the value and are not shown.',
    );
  });
});

describe('CBOR', () => {
  it('reads what another library wrote, 64-bit integers included', () => {
    fc.assert(
      fc.property(values, (value) => {
        // That library has other rules for whole fractions, and writes -0 as the integer 0.
        const read = readCbor(encodeCbor(value, { float64: true, mapSorter: undefined as never }), most);
        assert.ok(read.kind === 'values' && !read.cut && read.problem === undefined);
        const plain = (text: string): string => compact(text).replace(/(-?\b\d+)\.0\b/g, '$1');
        assert.equal(plain(read.text), plain(expected(withoutNegativeZero(value))));
      }),
      { numRuns: 500 },
    );
  });

  /** Examples of RFC 8949, appendix A. */
  const table: readonly (readonly [string, string, string])[] = [
    ['the largest unsigned integer', '1bffffffffffffffff', '18446744073709551615'],
    ['the least integer', '3bffffffffffffffff', '-18446744073709551616'],
    ['a big number', 'c249010000000000000000', '18446744073709551616'],
    ['a negative big number', 'c349010000000000000000', '-18446744073709551617'],
    ['half precision', 'f93e00', '1.5'],
    ['a negative zero', 'f98000', '-0.0'],
    ['the smallest half', 'f90001', '5.9604645e-8'],
    ['infinity', 'f97c00', '"Infinity"'],
    ['single precision', 'fa47c35000', '100000.0'],
    ['undefined', 'f7', '{"simple":"undefined"}'],
    ['a simple value', 'f8ff', '{"simple":255}'],
    ['a date as text', 'c074323031332d30332d32315432303a30343a30305a', '"2013-03-21T20:04:00Z"'],
    ['a date as a number', 'c11a514b67b0', '"2013-03-21T20:04:00Z"'],
    ['a date with a fraction', 'c1fb41d452d9ec200000', '"2013-03-21T20:04:00.500Z"'],
    ['an unknown tag', 'd74401020304', '{"tag":23,"value":"0x01020304"}'],
    ['a UUID', 'd82550000102030405060708090a0b0c0d0e0f', '"00010203-0405-0607-0809-0a0b0c0d0e0f"'],
    ['self-described CBOR', 'd9d9f7c0a0', '{}'],
    ['bytes in pieces', '5f42010243030405ff', '"0x0102030405"'],
    ['text in pieces', '7f657374726561646d696e67ff', '"streaming"'],
    ['lists without a count', '9f018202039f0405ffff', '[1,[2,3],[4,5]]'],
    ['maps without a count', 'bf61610161629f0203ffff', '{"a":1,"b":[2,3]}'],
    ['keys that are numbers', 'a201020304', '{"1":2,"3":4}'],
  ];
  for (const [what, bytes, text] of table) {
    it(`shows ${what}`, () => assert.equal(flat(readCbor(hex(bytes), most)), text));
  }

  it('shows a sequence as a list', () => {
    assert.equal(flat(readCborSequence(hex('01 61 61 a0'), most)), '[1,"a",{}]');
  });

  it('says where it breaks', () => {
    const broken: readonly (readonly [string, string])[] = [
      ['ff', 'at byte 0, a break stands alone'],
      ['1c', 'at byte 0, 28 is not a length'],
      ['5f01ff', 'at byte 1, a piece of another kind is inside a string'],
      ['9bffffffffffffffff', 'before byte 9, 18446744073709551615 items should follow in 0 bytes'],
      ['9f', 'at byte 1, 1 bytes should follow and there are 0'],
    ];
    for (const [bytes, message] of broken)
      assert.deepEqual(readCbor(hex(bytes), most), { kind: 'malformed', message });
  });
});
