import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { draftFromForm } from '../../../src/core/message/publishDraft';
import type { PublishForm } from '../../../src/core/message/publishForm';

const plain: PublishForm = {
  targetKind: 'exchange',
  target: 'orders',
  routingKey: 'order.created.eu',
  body: '{"id":1}',
  bodyEncoding: 'text',
  properties: {},
  headers: [],
};

function draft(change: Partial<PublishForm>) {
  const result = draftFromForm({ ...plain, ...change });
  assert.ok('draft' in result, JSON.stringify(result));
  return result.draft;
}

function problems(change: Partial<PublishForm>): string[] {
  const result = draftFromForm({ ...plain, ...change });
  return 'problems' in result ? result.problems.map(({ field, message }) => `${field}: ${message}`) : [];
}

describe('a publish form', () => {
  it('becomes a message for its exchange and key', () => {
    assert.deepEqual(draft({}), {
      exchange: 'orders',
      routingKey: 'order.created.eu',
      properties: {},
      body: utf8Bytes('{"id":1}'),
    });
  });

  it('goes to a queue through the default exchange', () => {
    const { exchange, routingKey } = draft({
      targetKind: 'queue',
      target: 'orders.dead',
      routingKey: 'left over',
    });
    assert.deepEqual([exchange, routingKey], ['', 'orders.dead']);
  });

  it('may go to the default exchange, but not to a queue without a name', () => {
    assert.equal(draft({ target: '' }).exchange, '');
    assert.deepEqual(problems({ targetKind: 'queue', target: '' }), ['target: Say which queue.']);
  });

  it('counts bytes, not characters, where AMQP has short strings', () => {
    assert.equal(draft({ routingKey: 'k'.repeat(255) }).routingKey.length, 255);
    assert.deepEqual(problems({ routingKey: 'ü'.repeat(128), properties: { type: 'x'.repeat(256) } }), [
      'routingKey: The routing key has 256 bytes; AMQP allows 255.',
      'type: The type has 256 bytes; AMQP allows 255.',
    ]);
  });

  it('understands every property', () => {
    const { properties } = draft({
      properties: {
        contentType: 'application/json',
        deliveryMode: '2',
        priority: '255',
        expiration: '60000',
        timestamp: '18446744073709551615',
        messageId: 'm',
        replyTo: '',
      },
    });
    assert.deepEqual(properties, {
      contentType: 'application/json',
      deliveryMode: 2,
      priority: 255,
      expiration: '60000',
      timestamp: '18446744073709551615',
      messageId: 'm',
    });
  });

  it('names each property that a broker would close the channel over', () => {
    const found = problems({
      properties: { deliveryMode: '3', priority: '256', expiration: '1.5', timestamp: 'now' },
    });
    assert.deepEqual(found.map((text) => text.split(':')[0]).sort(), [
      'deliveryMode',
      'expiration',
      'priority',
      'timestamp',
    ]);
  });

  it('decodes Base64 bodies and says when it cannot', () => {
    assert.deepEqual(draft({ body: 'AP8 Q\n', bodyEncoding: 'base64' }).body, Uint8Array.of(0, 255, 16));
    assert.deepEqual(problems({ body: '{"id":1}', bodyEncoding: 'base64' }), [
      'body: The body is not Base64.',
    ]);
  });

  it('types headers as the form says', () => {
    const { properties } = draft({
      headers: [
        { name: 'tenant', type: 'longstr', value: 'acme' },
        { name: 'big', type: 'long', value: '9007199254740993' },
        { name: 'raw', type: 'bytearray', value: '00 ff' },
        {
          name: '__proto__',
          type: 'table',
          value: '{"a": [1, 1.5, null, {"!": "timestamp", "value": "5"}]}',
        },
        { name: '', type: 'longstr', value: '' },
      ],
    });
    assert.deepEqual(properties.headers, [
      { name: 'tenant', value: { type: 'longstr', value: 'acme' } },
      { name: 'big', value: { type: 'long', value: '9007199254740993' } },
      { name: 'raw', value: { type: 'bytearray', value: Uint8Array.of(0, 255) } },
      {
        name: '__proto__',
        value: {
          type: 'table',
          value: [
            {
              name: 'a',
              value: {
                type: 'array',
                value: [
                  { type: 'long', value: '1' },
                  { type: 'double', value: 1.5 },
                  { type: 'void' },
                  { type: 'timestamp', value: '5' },
                ],
              },
            },
          ],
        },
      },
    ]);
  });

  it('puts each problem of a header at its row', () => {
    const found = problems({
      headers: [
        { name: 'a', type: 'byte', value: '128' },
        { name: 'a', type: 'bool', value: 'yes' },
        { name: '', type: 'longstr', value: 'x' },
        { name: 't', type: 'table', value: '{"a": }' },
        { name: 'l', type: 'array', value: '{}' },
        { name: 'x', type: 'bytearray', value: '0' },
        { name: 'd', type: 'decimal', value: '1e5' },
        { name: 'n'.repeat(256), type: 'void', value: '' },
      ],
    });
    assert.deepEqual(found, [
      'headers.0: The value must be a whole number from -128 to 127.',
      'headers.1: The value must be true or false.',
      'headers.2: The header needs a name.',
      'headers.3: The value is not JSON: at character 7: expected a value, found }.',
      'headers.4: The value must be [...].',
      'headers.5: The value must be pairs of hex digits.',
      'headers.6: The value must be a decimal number like 12.34 with at most 9 digits.',
      'headers.7: The name of the header has 256 bytes; AMQP allows 255.',
    ]);
  });
});
