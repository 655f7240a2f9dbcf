import fc from 'fast-check';
import { utf8Bytes } from '../../src/core/base/bytes';
import type { FieldEntry, FieldTable, FieldValue } from '../../src/core/base/fieldValue';
import type { RecordedMessage } from '../../src/core/message/recordLine';

/** What the code makes are ordinary objects, and deepEqual looks. */
export const plain = { noNullPrototype: true } as const;

export const anyBytes = fc.uint8Array({ maxLength: 20 });
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
    .tuple(fc.nat(255), fc.integer({ min: 0, max: 4294967295 }))
    .map(([digits, value]) => ({ type: 'decimal', digits, value })),
  fc.string({ unit: 'binary' }).map((value) => ({ type: 'longstr', value })),
  fc.bigInt(0n, 2n ** 64n - 1n).map((value) => ({ type: 'timestamp', value: String(value) })),
  fc.constant({ type: 'void' }),
  anyBytes.map((value) => ({ type: 'bytearray', value })),
];

/** Inside containers binary long strings survive as well; at the top they become byte arrays (see formType). */
const binaryText = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((tail): FieldValue => {
  return { type: 'longstr', value: Uint8Array.of(0xff, ...tail) };
});

export const anyFieldName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('!', '__proto__', 'a"b'),
);

const { value: formValue, nested: nestedValue } = fc.letrec<{ value: FieldValue; nested: FieldValue }>(
  (tie) => ({
    nested: fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...scalars, binaryText, tie('value')),
    value: fc.oneof(
      { depthSize: 'small' },
      ...scalars,
      fc.array(tie('nested'), { maxLength: 4 }).map((value) => ({ type: 'array' as const, value })),
      fc
        .array(fc.record<FieldEntry>({ name: anyFieldName, value: tie('nested') }, plain), { maxLength: 4 })
        .map((value) => ({ type: 'table' as const, value })),
    ),
  }),
);

/** Any value that the publish form can say. */
export const anyFormValue = formValue;

export const anyShortText = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .filter((text) => utf8Bytes(text).length < 256);

const shortName = anyFieldName.filter((text) => utf8Bytes(text).length < 256);

/** Headers as a broker may deliver them: any type, any nesting, names twice, empty or `__proto__`. */
const anyHeaders: fc.Arbitrary<FieldTable> = fc.array(
  fc.record<FieldEntry>({ name: shortName, value: nestedValue }, plain),
  { maxLength: 6 },
);

const anyText = fc.oneof(anyShortText, fc.string({ unit: 'binary', maxLength: 60 }));

const anyBody = fc.oneof(
  anyBytes,
  fc.string({ unit: 'binary' }).map(utf8Bytes),
  fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)),
);

/** Any message as it may be kept: every property, every header type, every kind of body. */
export const anyRecordedMessage: fc.Arbitrary<RecordedMessage> = fc
  .record(
    {
      receivedAt: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      exchange: anyText,
      routingKey: anyText,
      redelivered: fc.boolean(),
      body: anyBody,
      properties: fc.record(
        {
          contentType: anyText,
          contentEncoding: anyText,
          headers: anyHeaders,
          deliveryMode: fc.nat(255),
          priority: fc.nat(255),
          correlationId: anyText,
          replyTo: anyText,
          expiration: anyText,
          messageId: anyText,
          timestamp: fc.bigInt(0n, 2n ** 64n - 1n).map(String),
          type: anyText,
          userId: anyText,
          appId: anyText,
          clusterId: anyText,
        },
        { requiredKeys: [], ...plain },
      ),
    },
    plain,
  )
  .map((message) => ({ ...message, size: message.body.length }));
