import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { bodyPreview, rowSummary } from '../../../src/core/message/rowSummary';

const message = {
  seq: 7,
  receivedAt: 1,
  exchange: 'orders',
  routingKey: 'k',
  redelivered: false,
  sentByYou: false,
  properties: {},
  size: 2,
  body: utf8Bytes('hi'),
};

describe('the row of a message', () => {
  it('says what the message is without opening it', () => {
    const row = rowSummary(
      {
        ...message,
        properties: {
          contentType: 'text/plain',
          deliveryMode: 2,
          headers: [{ name: 'x-death', value: { type: 'array', value: [] } }],
        },
      },
      1,
    );
    assert.deepEqual(
      [row.seq, row.contentType, row.persistent, row.deadLettered, row.preview],
      [7, 'text/plain', true, true, 'hi'],
    );
  });

  const previews: [string, Uint8Array | string, string | undefined, string][] = [
    ['text on one line', '{\n  "a": 1,\r\n\t"b": 2\n}', undefined, '{ "a": 1, "b": 2 }'],
    ['bytes as hex', Uint8Array.of(0xff, 0x00, 0x10), undefined, 'ff 00 10'],
    ['text with control characters as hex', 'a\u0000b', undefined, '61 00 62'],
    ['a compressed body as hex, whatever it looks like', 'abc', 'gzip', '61 62 63'],
    ['markup as text', '<img src=x onerror=alert(1)>', undefined, '<img src=x onerror=alert(1)>'],
    ['direction marks by their code', 'a\u202eb', undefined, 'a[U+202E]b'],
    ['nothing as nothing', '', undefined, ''],
  ];
  for (const [what, body, encoding, wanted] of previews) {
    it(`shows ${what}`, () => {
      assert.equal(bodyPreview(typeof body === 'string' ? utf8Bytes(body) : body, encoding), wanted);
    });
  }

  it('takes a text for a text wherever the preview cuts it', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.constantFrom('é', '€', '𝄞', 'a'), (offset, character) => {
        const preview = bodyPreview(utf8Bytes('x'.repeat(offset) + character.repeat(600)));
        assert.match(preview, /^x*[é€𝄞a]+$/u);
      }),
    );
  });

  it('never throws and stays short, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const preview = bodyPreview(bytes);
        assert.ok(preview.length <= 2_000);
        assert.doesNotMatch(preview, /[\r\n]/);
      }),
    );
  });
});
