import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { longstr } from '../../../src/core/base/fieldValue';
import { comparableText } from '../../../src/core/message/comparableText';
import type { MessageDetail } from '../../../src/core/message/detail';

function detail(body: Uint8Array, more: Partial<MessageDetail> = {}): MessageDetail {
  return {
    seq: 1,
    receivedAt: Date.UTC(2026, 10, 24),
    exchange: 'orders',
    routingKey: 'k',
    redelivered: true,
    sentByYou: false,
    properties: {},
    size: body.length,
    body,
    ...more,
  };
}

describe('a message as text to compare', () => {
  it('says everything in one order, headers by name and with their types', () => {
    const text = comparableText(
      detail(utf8Bytes('{"b":1,"a":[12345678901234567890]}'), {
        properties: {
          priority: 3,
          contentType: 'application/json',
          headers: [
            { name: 'z', value: longstr('last') },
            {
              name: 'a',
              value: { type: 'table', value: [{ name: 'n', value: { type: 'byte', value: 1 } }] },
            },
          ],
        },
      }),
    );
    assert.deepEqual(text.split('\n'), [
      'exchange: orders',
      'routing key: k',
      'redelivered: yes',
      'received: 2026-11-24T00:00:00.000Z',
      '',
      '# Properties',
      'content type: application/json',
      'priority: 3',
      '',
      '# Headers',
      'a (table): 1 field',
      '  n (byte): 1',
      'z (longstr): last',
      '',
      '# Body: 34 bytes, JSON',
      '{',
      '  "b": 1,',
      '  "a": [',
      '    12345678901234567890',
      '  ]',
      '}',
      '',
    ]);
  });

  it('shows text as text, other bytes as hex, and what a decoder read where there is one', () => {
    const bodyOf = (text: string): string[] => text.split('\n').slice(9, -1);
    assert.deepEqual(bodyOf(comparableText(detail(utf8Bytes('{no json')))), [
      '# Body: 8 bytes, text',
      '{no json',
    ]);
    assert.match(comparableText(detail(Uint8Array.of(255))), /# Body: 1 bytes, not text\n00000000 {2}ff/);
    const readable = { label: 'gzip, then JSON', text: '{}' };
    assert.match(
      comparableText(detail(Uint8Array.of(255)), readable),
      /# Body: 1 bytes, gzip, then JSON\n\{\}/,
    );
  });

  it('lets no header or key imitate another line', () => {
    const headers = [{ name: 'a\nb', value: longstr('x\n# Body') }];
    const text = comparableText(
      detail(utf8Bytes(''), { routingKey: 'k\nexchange: y', properties: { headers } }),
    );
    assert.match(text, /^routing key: k␊exchange: y$/m);
    assert.match(text, /^a␊b \(longstr\): x␊# Body$/m);
  });
});
