import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import type { MessageDetail } from '../../../src/core/message/detail';
import { bodyDocument, isPlainText } from '../../../src/host/panels/bodyDocument';

function detail(body: Uint8Array | string, properties: MessageDetail['properties'] = {}): MessageDetail {
  const bytes = typeof body === 'string' ? utf8Bytes(body) : body;
  return {
    seq: 1,
    receivedAt: 0,
    exchange: '',
    routingKey: '',
    redelivered: false,
    sentByYou: false,
    properties,
    size: bytes.length,
    body: bytes,
  };
}

describe('a body as a document', () => {
  const languages: [string | undefined, string, string | undefined, string][] = [
    ['application/json', '{}', 'json', 'json'],
    ['application/vnd.order+json; charset=utf-8', 'not even JSON', 'json', 'json'],
    ['text/xml', '<a/>', 'xml', 'xml'],
    ['application/x-yaml', 'a: 1', 'yaml', 'yaml'],
    [undefined, ' {"a": [1, 2]}', 'json', 'json'],
    ['application/octet-stream', '[1]', 'json', 'json'],
    [undefined, '{curly, but no JSON}', undefined, 'txt'],
    ['text/csv', '[1]', undefined, 'txt'],
    [undefined, 'hello', undefined, 'txt'],
  ];
  for (const [contentType, body, language, extension] of languages) {
    it(`has the language of ${contentType ?? 'no type'} with ${body}`, () => {
      const { document } = bodyDocument(
        'q 1',
        detail(body, contentType === undefined ? {} : { contentType }),
      );
      assert.deepEqual([document.language, document.extension, document.text], [language, extension, body]);
    });
  }

  it('is hex where the body is no text, and says how much of it is shown', () => {
    const { document, shownBytes } = bodyDocument('q 1', detail(new Uint8Array(2_000_000).fill(0xff)));
    assert.match(document.text, /^00000000 {2}ff ff/);
    assert.equal(shownBytes, 1024 * 1024);
  });

  it('is what a decoder read, where one could', () => {
    const decoded = { decoder: 'x', label: 'x', text: '<a/>', language: 'xml', cut: false, choices: [] };
    const gzip = detail(Uint8Array.of(0x1f, 0x8b), { contentEncoding: 'gzip' });
    const { document } = bodyDocument('q 1', gzip, decoded);
    assert.deepEqual([document.text, document.extension], ['<a/>', 'xml']);
    assert.equal(bodyDocument('q 1', gzip, { ...decoded, language: 'hex' }).document.extension, 'txt');
  });

  it('needs a decoder unless it is text as it came', () => {
    assert.equal(isPlainText(detail('{}', { contentEncoding: 'identity' })), true);
    assert.equal(isPlainText(detail('{}', { contentEncoding: 'gzip' })), false);
    assert.equal(isPlainText(detail(Uint8Array.of(0xff))), false);
    assert.equal(
      isPlainText(detail(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))),
      true,
      'a byte order mark is no binary',
    );
  });
});
