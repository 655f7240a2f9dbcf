import assert from 'node:assert/strict';
import avsc from 'avsc';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import protobuf from 'protobufjs';
import { readAvro } from '../../../../src/core/message/decode/avro';
import { avroFingerprint } from '../../../../src/core/message/decode/avroFingerprint';
import { readAvroSchema } from '../../../../src/core/message/decode/avroSchema';
import type { AvroType } from '../../../../src/core/message/decode/avroSchema';
import { readProtobuf, readProtobufByNumber } from '../../../../src/core/message/decode/protobuf';
import { readProtoFiles } from '../../../../src/core/message/decode/protoFile';
import type { ReadValues } from '../../../../src/core/message/decode/readValues';

const most = 1_000_000;

function parsed(read: ReadValues): unknown {
  assert.equal(read.kind, 'values', read.kind === 'malformed' ? read.message : '');
  // 64-bit integers as text, so that JSON.parse does not round them.
  return JSON.parse(read.text.replace(/(?<=[:[,]\s*)-?\d{16,}(?=\s*[,\]}])/g, '"$&"'));
}

const shop = `
syntax = "proto3"; // comments go
package shop.v1;   /* and
these */
import "google/protobuf/timestamp.proto";
option java_package = "com.example;shop";

message Order {
  reserved 90 to 99, 101;
  option deprecated = false;
  int64 id = 1;
  string name = 2 [json_name = "x;]"];
  repeated Line lines = 3;
  repeated sint32 deltas = 4;
  repeated int32 loose = 5 [packed = false];
  map<string, double> prices = 6;
  map<int64, Line> by_number = 7;
  Status status = 8;
  oneof payment { string card = 9; Cash cash = 10; }
  google.protobuf.Timestamp placed = 11;
  bytes signature = 12;
  uint64 big = 13; fixed64 f64 = 14; sfixed64 sf64 = 15; fixed32 f32 = 16; sfixed32 sf32 = 17;
  float ratio = 18; bool paid = 19; sint64 delta = 20;
  message Line { string sku = 1; uint32 count = 2; }
  enum Status { option allow_alias = true; NEW = 0; PAID = 1; SETTLED = 1; LOST = -1; reserved 7; }
  message Cash { string currency = 1; }
}
service Orders { rpc Get (Order) returns (stream Order) { option idempotent = true; } }
`;
const files = readProtoFiles([{ name: 'shop.proto', text: shop }]);
const order = files.types.messages.get('shop.v1.Order') ?? assert.fail('no Order');
// protobufjs has no file system here: the imported type is written out.
const Order = protobuf
  .parse(
    shop
      .replace(/import .*?;/, '')
      .replace('google.protobuf.Timestamp', 'Stamp')
      .replace('message Order', 'message Stamp { int64 seconds = 1; int32 nanos = 2; }\nmessage Order'),
    { keepCase: true },
  )
  .root.lookupType('shop.v1.Order');

function encodeOrder(value: Record<string, unknown>): Uint8Array {
  return Order.encode(Order.fromObject(value)).finish();
}

describe('Protobuf', () => {
  it('reads what another library wrote, by the names of the .proto file', () => {
    assert.deepEqual(files.problems, []);
    assert.deepEqual(files.topLevel, ['shop.v1.Order']);
    const bytes = encodeOrder({
      id: '-9007199254740993',
      name: 'é "quoted"',
      lines: [{ sku: 'kettle', count: 2 }, {}],
      deltas: [-1, 0, 2_147_483_647, -2_147_483_648],
      loose: [1, -1],
      prices: { eu: 1.5, us: 2 },
      by_number: { '-5': { sku: 'a' } },
      status: 1,
      cash: { currency: 'EUR' },
      placed: { seconds: 1_700_000_000, nanos: 250_000_000 },
      signature: Buffer.from('00ff', 'hex'),
      big: '18446744073709551615',
      f64: '18446744073709551615',
      sf64: '-9223372036854775808',
      f32: 4_294_967_295,
      sf32: -5,
      ratio: 0.1,
      paid: true,
      delta: '-9223372036854775808',
    });
    assert.deepEqual(parsed(readProtobuf(bytes, most, files.types, order)), {
      id: '-9007199254740993',
      name: 'é "quoted"',
      lines: [{ sku: 'kettle', count: 2 }, {}],
      deltas: [-1, 0, 2_147_483_647, -2_147_483_648],
      loose: [1, -1],
      prices: { eu: 1.5, us: 2 },
      by_number: { '-5': { sku: 'a' } },
      status: 'PAID',
      cash: { currency: 'EUR' },
      placed: '2023-11-14T22:13:20.250Z',
      signature: '0x00ff',
      big: '18446744073709551615',
      f64: '18446744073709551615',
      sf64: '-9223372036854775808',
      f32: 4_294_967_295,
      sf32: -5,
      ratio: 0.1,
      paid: true,
      delta: '-9223372036854775808',
    });
  });

  it('keeps every integer of every width', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        fc.bigInt(1n, 2n ** 64n - 1n),
        fc.array(fc.integer(), { maxLength: 20 }),
        (id, big, deltas) => {
          const bytes = encodeOrder({ id: String(id), delta: String(id), big: String(big), deltas });
          const read = readProtobuf(bytes, most, files.types, order);
          assert.ok(read.kind === 'values');
          if (id !== 0n) assert.ok(read.text.includes(`"id": ${id}`) && read.text.includes(`"delta": ${id}`));
          assert.ok(read.text.includes(`"big": ${big}`));
          const list = (JSON.parse(read.text) as { deltas?: number[] }).deltas ?? [];
          assert.deepEqual(list, deltas);
        },
      ),
    );
  });

  it('shows fields that the declaration does not have, or has with another type, by number', () => {
    const other = readProtoFiles([
      { name: 'o.proto', text: 'message Order { string id = 1; string name = 2; Missing lines = 3; }' },
    ]);
    const message = other.types.messages.get('Order') ?? assert.fail();
    const bytes = encodeOrder({ id: 5, name: 'x', lines: [{ sku: 'kettle' }], paid: true });
    assert.deepEqual(parsed(readProtobuf(bytes, most, other.types, message)), {
      1: 5,
      name: 'x',
      3: { 1: 'kettle' },
      19: 1,
    });
  });

  it('reads a body without a declaration by number, guessing what is text and what is a message', () => {
    const bytes = encodeOrder({
      id: 5,
      name: 'x',
      lines: [{ sku: 'a' }, { sku: 'b' }],
      signature: Buffer.from([255]),
    });
    assert.deepEqual(parsed(readProtobufByNumber(bytes, most)), {
      1: 5,
      2: 'x',
      3: [{ 1: 'a' }, { 1: 'b' }],
      12: '0xff',
    });
  });

  it('reads groups, extensions and messages of proto2, and says what it cannot read of a file', () => {
    const two = readProtoFiles([
      {
        name: 'two.proto',
        text: `syntax = "proto2"; package p;
          message A { required group Part = 1 { optional int32 n = 2; } extensions 100 to max; }
          extend A { optional string note = 100; }`,
      },
      { name: 'broken.proto', text: 'message B {\n  int32 = 5;\n}' },
    ]);
    assert.deepEqual(two.problems, ['broken.proto, line 2: expected a name, found =.']);
    const message = two.types.messages.get('p.A') ?? assert.fail();
    // 1: group { 2: 7 }, 100: "hi"
    const bytes = Buffer.from('0b10070ca206026869', 'hex');
    assert.deepEqual(parsed(readProtobuf(bytes, most, two.types, message)), { part: { n: 7 }, note: 'hi' });
  });

  it('says where it breaks', () => {
    const broken: readonly (readonly [string, string])[] = [
      ['0a05', 'at byte 2, 5 bytes should follow and there are 0'],
      ['00', 'at byte 0, 0 is not a field number'],
      ['0f', 'at byte 0, 7 is not a wire type'],
      ['0c', 'at byte 0, a group ends that never began'],
      ['08ffffffffffffffffffffff', 'the number at byte 1 is longer than ten bytes'],
    ];
    for (const [bytes, message] of broken) {
      assert.deepEqual(readProtobufByNumber(Buffer.from(bytes, 'hex'), most), { kind: 'malformed', message });
    }
  });
});

const avroOrder = {
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'name', type: ['null', 'string'], default: null },
    {
      name: 'lines',
      type: {
        type: 'array',
        items: { type: 'record', name: 'Line', fields: [{ name: 'sku', type: 'string' }] },
      },
    },
    { name: 'prices', type: { type: 'map', values: 'double' } },
    { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID'] } },
    { name: 'hash', type: { type: 'fixed', name: 'Hash', size: 2 } },
    { name: 'data', type: 'bytes' },
    { name: 'ratio', type: 'float' },
    { name: 'paid', type: 'boolean' },
    { name: 'count', type: 'int' },
    { name: 'parent', type: ['null', 'Order'] },
  ],
} as const;
const avroText = JSON.stringify(avroOrder);
const longs = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: (value: string) => BigInt(value),
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});
const AvroOrder = avsc.Type.forSchema(JSON.parse(avroText) as avsc.Schema, { registry: { long: longs } });

function readOrder(bytes: Uint8Array): ReadValues {
  const names = new Map<string, AvroType>();
  const schema = readAvroSchema(avroText, names);
  assert.ok('type' in schema);
  return readAvro(bytes, most, schema.type, names);
}

describe('Avro', () => {
  const base = {
    name: 'é',
    lines: [{ sku: 'kettle' }],
    prices: { eu: 1.5 },
    status: 'PAID',
    hash: Buffer.from('00ff', 'hex'),
    data: Buffer.from('10', 'hex'),
    ratio: 0.25,
    paid: true,
    count: -3,
    parent: null,
  };

  it('reads what another library wrote, 64-bit integers and types that contain themselves included', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (id) => {
        const bytes = AvroOrder.toBuffer({
          ...base,
          id,
          parent: { ...base, id: 1n, name: null },
        });
        const inner = {
          lines: [{ sku: 'kettle' }],
          prices: { eu: 1.5 },
          status: 'PAID',
          hash: '0x00ff',
          data: '0x10',
          ratio: 0.25,
          paid: true,
          count: -3,
        };
        const read = readOrder(bytes);
        assert.ok(read.kind === 'values' && read.text.includes(`"id": ${id},`));
        const { id: _, ...rest } = parsed(read) as Record<string, unknown>;
        assert.deepEqual(rest, {
          ...inner,
          name: 'é',
          parent: { ...inner, id: 1, name: null, parent: null },
        });
      }),
    );
  });

  it('shows decimals and times as what they mean', () => {
    const names = new Map<string, AvroType>();
    const schema = readAvroSchema(
      JSON.stringify({
        type: 'record',
        name: 'R',
        fields: [
          { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 6, scale: 2 } },
          { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
        ],
      }),
      names,
    );
    assert.ok('type' in schema);
    const bytes = Buffer.from('04fb2e' + 'e8ce9e9e8d63', 'hex');
    const read = readAvro(bytes, most, schema.type, names);
    assert.ok(read.kind === 'values');
    assert.match(read.text, /"price": -12\.34,\n {2}"at": "\d{4}-\d\d-\d\dT/);
  });

  it('finds the fingerprint that single objects begin with', () => {
    const schemas = [
      '"int"',
      avroText,
      JSON.stringify({ type: 'fixed', name: 'a.b.Md5', size: 16, doc: 'x' }),
    ];
    for (const text of schemas) {
      const type = avsc.Type.forSchema(JSON.parse(text) as avsc.Schema, { registry: {} });
      // avsc has the canonical form, and the specification the fingerprint of "int".
      assert.equal(avroFingerprint(text), avroFingerprint(JSON.stringify(type.schema())));
    }
    assert.equal(avroFingerprint('"int"'), Buffer.from('7275d51a3f395c8f', 'hex').reverse().toString('hex'));
  });

  it('says what is wrong with a schema', () => {
    const broken: readonly (readonly [string, RegExp])[] = [
      ['{', /^is not JSON/],
      ['{"type":"record","name":"R"}', /^has the record R without fields$/],
      ['{"type":"enum","name":"E"}', /^the enum E has no symbols$/],
      ['{"type":"fixed","name":"F","size":-1}', /^has the fixed type F without a size$/],
      ['5', /^has a type that is neither a name nor an object$/],
      [`${'['.repeat(200)}${']'.repeat(200)}`, /^is nested deeper than 50 levels$/],
    ];
    for (const [text, problem] of broken) {
      const read = readAvroSchema(text, new Map());
      assert.ok('problem' in read);
      assert.match(read.problem, problem);
    }
  });

  it('says where it breaks', () => {
    assert.deepEqual(readOrder(Buffer.from('02', 'hex')), {
      kind: 'malformed',
      message: 'at byte 1, 1 bytes should follow and there are 0',
    });
    assert.deepEqual(readOrder(Buffer.from('0208', 'hex')), {
      kind: 'malformed',
      message: 'before byte 2, there is no branch 4 of a union',
    });
  });
});
