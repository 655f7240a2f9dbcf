import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import type { FieldEntry, FieldValue } from '../../../src/core/base/fieldValue';
import { formFromMessage } from '../../../src/core/message/messageForm';
import type { MessageDraft } from '../../../src/core/message/message';
import { draftFromForm } from '../../../src/core/message/publishDraft';

/** What the code makes are ordinary objects, and deepEqual looks. */
const plain = { noNullPrototype: true } as const;

const bytes = fc.uint8Array({ maxLength: 20 });
const special = fc.constantFrom('NaN' as const, 'Infinity' as const, '-Infinity' as const);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const float = fc.float({ noNaN: true, noDefaultInfinity: true });

const scalars: fc.Arbitrary<FieldValue>[] = [
  fc.boolean().map((value) => ({ type: 'bool', value })),
  fc.integer({ min: -128, max: 127 }).map((value) => ({ type: 'byte', value })),
  fc.integer({ min: 0, max: 255 }).map((value) => ({ type: 'unsignedbyte', value })),
  fc.integer({ min: -32768, max: 32767 }).map((value) => ({ type: 'short', value })),
  fc.integer({ min: 0, max: 65535 }).map((value) => ({ type: 'unsignedshort', value })),
  fc.integer().map((value) => ({ type: 'int', value })),
  fc.integer({ min: 0, max: 4294967295 }).map((value) => ({ type: 'unsignedint', value })),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((value) => ({ type: 'long', value: String(value) })),
  fc.oneof(finite, special).map((value) => ({ type: 'double', value })),
  fc.oneof(float, special).map((value) => ({ type: 'float', value })),
  fc
    .tuple(fc.nat(255), fc.integer({ min: -2147483647 }))
    .map(([digits, value]) => ({ type: 'decimal', digits, value })),
  fc.string({ unit: 'binary' }).map((value) => ({ type: 'longstr', value })),
  fc.bigInt(0n, 2n ** 64n - 1n).map((value) => ({ type: 'timestamp', value: String(value) })),
  fc.constant({ type: 'void' }),
  bytes.map((value) => ({ type: 'bytearray', value })),
];

/** Inside containers binary long strings survive as well; at the top they become byte arrays (see formType). */
const binaryText = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((tail): FieldValue => {
  return { type: 'longstr', value: Uint8Array.of(0xff, ...tail) };
});

const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('!', '__proto__', 'a"b'));

const { value: anyValue } = fc.letrec<{ value: FieldValue; nested: FieldValue }>((tie) => ({
  nested: fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...scalars, binaryText, tie('value')),
  value: fc.oneof(
    { depthSize: 'small' },
    ...scalars,
    fc.array(tie('nested'), { maxLength: 4 }).map((value) => ({ type: 'array' as const, value })),
    fc
      .array(fc.record<FieldEntry>({ name, value: tie('nested') }, plain), { maxLength: 4 })
      .map((value) => ({ type: 'table' as const, value })),
  ),
}));

const seenHeaders = fc.uniqueArray(
  fc.record<FieldEntry>(
    {
      name: name.filter((text) => text !== '' && !text.startsWith('x-')),
      value: anyValue,
    },
    plain,
  ),
  { minLength: 1, maxLength: 6, selector: (entry) => entry.name },
);

const short = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .filter((text) => utf8Bytes(text).length < 256);

const message = fc.record<MessageDraft>(
  {
    exchange: short,
    routingKey: short,
    body: fc.oneof(bytes, fc.string().map(utf8Bytes), fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))),
    properties: fc.record(
      {
        headers: seenHeaders,
        contentType: short,
        correlationId: short,
        deliveryMode: fc.constantFrom(1, 2),
        priority: fc.nat(255),
        expiration: fc.nat().map(String),
        timestamp: fc.bigInt(0n, 2n ** 64n - 1n).map(String),
      },
      { requiredKeys: [], ...plain },
    ),
  },
  plain,
);

describe('Publish Again', () => {
  it('sends the same bytes, properties and typed headers', () => {
    fc.assert(
      fc.property(message, (seen) => {
        const again = draftFromForm(formFromMessage(seen));
        assert.ok('draft' in again, JSON.stringify(again));
        assert.deepEqual(again.draft, seen);
      }),
      { numRuns: 400 },
    );
  });

  it('addresses the queue itself when the message came through the default exchange', () => {
    const seen = { exchange: '', routingKey: 'orders.dead', properties: {}, body: new Uint8Array() };
    const { targetKind, target, routingKey } = formFromMessage(seen);
    assert.deepEqual([targetKind, target, routingKey], ['queue', 'orders.dead', '']);
  });

  it('leaves out what brokers wrote on the way', () => {
    const value: FieldValue = { type: 'void' };
    const own = [
      'x-death',
      'x-first-death-queue',
      'x-last-death-reason',
      'x-delivery-count',
      'x-acquired-count',
    ];
    const headers = [...own, 'x-death-note', 'x-tenant', 'x-delay'].map((each) => ({ name: each, value }));
    const form = formFromMessage({
      exchange: 'e',
      routingKey: '',
      properties: { headers },
      body: new Uint8Array(),
    });
    assert.deepEqual(
      form.headers.map((header) => header.name),
      ['x-death-note', 'x-tenant', 'x-delay'],
    );
  });

  it('turns a binary long string into a byte array, which is what the form can say', () => {
    const headers: FieldEntry[] = [{ name: 'b', value: { type: 'longstr', value: Uint8Array.of(255, 1) } }];
    const form = formFromMessage({
      exchange: 'e',
      routingKey: '',
      properties: { headers },
      body: new Uint8Array(),
    });
    assert.deepEqual(form.headers, [{ name: 'b', type: 'bytearray', value: 'ff01' }]);
  });
});
