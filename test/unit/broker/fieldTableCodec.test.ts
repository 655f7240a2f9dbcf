import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { FieldTable, FieldValue } from '../../../src/core/base/fieldValue';
import { longstr } from '../../../src/core/base/fieldValue';
import { SentTable } from '../../../src/core/broker/amqp/fieldTable';
import { decodeFields, encodeTable } from '../../../src/core/broker/amqp/fieldTableCodec';
import { deepest } from '../../../src/core/broker/amqp/readTable';

/** As amqplib calls it: into a large buffer, through an object that inherits from the table. */
function encoded(table: FieldTable, offset = 0): Buffer {
  const buffer = Buffer.alloc(65_536);
  const size = encodeTable(buffer, Object.create(new SentTable(table)) as object, offset);
  assert.equal(buffer.readUInt32BE(offset), size - 4);
  return buffer.subarray(offset + 4, offset + size);
}

const integer = (
  type: 'byte' | 'unsignedbyte' | 'short' | 'unsignedshort' | 'int' | 'unsignedint',
  min: number,
  max: number,
): fc.Arbitrary<FieldValue> => fc.integer({ min, max }).map((value) => ({ type, value }));
const named = (value: number): number | 'NaN' | 'Infinity' | '-Infinity' =>
  Number.isFinite(value) ? value : (String(value) as 'NaN');
/** What is not UTF-8 keeps its bytes; what is becomes text, so only text may be generated as text. */
const notUtf8 = fc.uint8Array({ maxLength: 20 }).map((bytes) => Uint8Array.of(0xff, ...bytes));

const { table: anyTable } = fc.letrec<{ table: FieldTable; value: FieldValue }>((tie) => ({
  table: fc.array(
    fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 20 }), tie('value'))
      .map(([name, value]) => ({ name, value })),
    { maxLength: 6 },
  ),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.boolean().map((value): FieldValue => ({ type: 'bool', value })),
    integer('byte', -128, 127),
    integer('unsignedbyte', 0, 255),
    integer('short', -32_768, 32_767),
    integer('unsignedshort', 0, 65_535),
    integer('int', -2_147_483_648, 2_147_483_647),
    integer('unsignedint', 0, 4_294_967_295),
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .map((value): FieldValue => ({ type: 'long', value: String(value) })),
    fc
      .bigInt({ min: 0n, max: 2n ** 64n - 1n })
      .map((value): FieldValue => ({ type: 'timestamp', value: String(value) })),
    fc.float().map((value): FieldValue => ({ type: 'float', value: named(value) })),
    fc.double().map((value): FieldValue => ({ type: 'double', value: named(value) })),
    fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 4_294_967_295 }))
      .map(([digits, value]): FieldValue => ({ type: 'decimal', digits, value })),
    fc.string({ unit: 'grapheme' }).map(longstr),
    notUtf8.map((value): FieldValue => ({ type: 'longstr', value })),
    fc.uint8Array({ maxLength: 30 }).map((value): FieldValue => ({ type: 'bytearray', value })),
    fc.constant<FieldValue>({ type: 'void' }),
    fc.array(tie('value'), { maxLength: 4 }).map((value): FieldValue => ({ type: 'array', value })),
    tie('table').map((value): FieldValue => ({ type: 'table', value })),
  ),
}));

describe('the field-table codec', () => {
  it('brings every table back as it was, names, types, order and duplicates', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        assert.deepEqual(decodeFields(encoded(table)).entries(), table);
      }),
    );
  });

  it('writes back the same bytes it read', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const bytes = encoded(table);
        assert.ok(encoded(decodeFields(bytes).entries()).equals(bytes));
      }),
    );
  });

  it('keeps what JavaScript numbers and objects lose', () => {
    const table: FieldTable = [
      { name: '__proto__', value: { type: 'long', value: '9007199254740993' } },
      { name: 'k', value: longstr('\ufeffwith a byte order mark') },
      { name: 'k', value: { type: 'longstr', value: Uint8Array.of(0xc3) } },
      { name: 'n', value: { type: 'double', value: -0 } },
    ];
    assert.deepEqual(decodeFields(encoded(table)).entries(), table);
  });

  it('writes behind what is there already', () => {
    const table: FieldTable = [{ name: 'a', value: longstr('b') }];
    assert.deepEqual(decodeFields(encoded(table, 100)).entries(), table);
  });

  it('never throws on bytes of any kind, and keeps what came before the damage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeFields(Buffer.from(bytes)).entries();
      }),
    );
    const whole = encoded([
      { name: 'first', value: { type: 'int', value: 1 } },
      { name: 'second', value: longstr('cut off') },
    ]);
    for (let length = 0; length < whole.length; length += 1) {
      const entries = decodeFields(whole.subarray(0, length)).entries();
      assert.ok(entries.length <= 1);
      if (entries[0]) assert.deepEqual(entries[0], { name: 'first', value: { type: 'int', value: 1 } });
    }
  });

  it('bounds nesting both ways', () => {
    let nested: FieldTable = [];
    for (let depth = 0; depth < deepest * 2; depth += 1)
      nested = [{ name: 't', value: { type: 'table', value: nested } }];
    assert.throws(() => encoded(nested), RangeError);
    let bytes = Buffer.alloc(0);
    for (let depth = 0; depth < 8_000; depth += 1) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      bytes = Buffer.concat([Buffer.from('\u0001tF'), length, bytes]);
    }
    decodeFields(bytes).entries();
  });

  it('refuses what does not fit: numbers, names, sizes', () => {
    const one = (value: FieldValue): FieldTable => [{ name: 'n', value }];
    assert.throws(() => encoded(one({ type: 'byte', value: 128 })), RangeError);
    assert.throws(() => encoded(one({ type: 'long', value: String(2n ** 63n) })), RangeError);
    assert.throws(() => encoded(one({ type: 'long', value: 'many' })), SyntaxError);
    assert.throws(() => encoded(one(longstr('x'.repeat(70_000)))), RangeError);
    assert.throws(() => encoded([{ name: 'é'.repeat(128), value: { type: 'void' } }]), RangeError);
  });

  it('writes the plain objects amqplib itself sends, with what they inherit', () => {
    const properties = Object.create({ product: 'x', capabilities: { 'basic.nack': true } }) as Record<
      string,
      unknown
    >;
    properties['connection_name'] = 'tail';
    properties['nothing'] = undefined;
    const buffer = Buffer.alloc(1_000);
    const size = encodeTable(buffer, properties, 0);
    assert.deepEqual(decodeFields(buffer.subarray(4, size)).entries(), [
      { name: 'connection_name', value: longstr('tail') },
      { name: 'product', value: longstr('x') },
      {
        name: 'capabilities',
        value: { type: 'table', value: [{ name: 'basic.nack', value: { type: 'bool', value: true } }] },
      },
    ]);
  });

  it('decodes into memory of its own, so that a copied table outlives the socket chunk', () => {
    const chunk = encoded([{ name: 'a', value: { type: 'bytearray', value: Uint8Array.of(1, 2) } }]);
    const entries = decodeFields(chunk).entries();
    chunk.fill(0);
    assert.deepEqual(entries, [{ name: 'a', value: { type: 'bytearray', value: Uint8Array.of(1, 2) } }]);
  });
});
