import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import type { FieldEntry, FieldValue } from '../../../src/core/base/fieldValue';
import { formFromMessage } from '../../../src/core/message/messageForm';
import type { MessageDraft } from '../../../src/core/message/message';
import { draftFromForm } from '../../../src/core/message/publishDraft';
import { anyBytes, anyFieldName, anyFormValue, anyShortText, plain } from '../../support/anyMessage';

const seenHeaders = fc.uniqueArray(
  fc.record<FieldEntry>(
    {
      name: anyFieldName.filter((text) => text !== '' && !text.startsWith('x-')),
      value: anyFormValue,
    },
    plain,
  ),
  { minLength: 1, maxLength: 6, selector: (entry) => entry.name },
);

const message = fc.record<MessageDraft>(
  {
    exchange: anyShortText,
    routingKey: anyShortText,
    body: fc.oneof(anyBytes, fc.string().map(utf8Bytes), fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))),
    properties: fc.record(
      {
        headers: seenHeaders,
        contentType: anyShortText,
        correlationId: anyShortText,
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
