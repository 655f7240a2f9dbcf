import assert from 'node:assert/strict';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { encode as encodeMessagePack } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cborg';
import { describe, it } from 'mocha';
import { decodeBody } from '../../../support/decodeBody';
import type { BodyCase } from '../../../support/decodeBody';

const json = '{"id":9007199254740993}';
const prettyJson = '{\n  "id": 9007199254740993\n}';
const packed = encodeMessagePack({ id: 1 });
/** What the zstd command line makes of the JSON sixteen times. */
const zstd = Buffer.from(
  '28b52ffd647000f50000b87b226964223a393030373139393235343734303939337d0100ad549d4d4b188153',
  'hex',
);

describe('a decoded body', () => {
  const bodies: readonly (readonly [
    what: string,
    BodyCase,
    label: string,
    text: string | RegExp,
    language: string,
  ])[] = [
    [
      'JSON',
      { body: json, properties: { contentType: 'application/vnd.x+json' } },
      'JSON',
      prettyJson,
      'json',
    ],
    ['JSON that nobody announced', { body: json }, 'Looks like JSON', prettyJson, 'json'],
    ['text', { body: 'hello', properties: { contentType: 'text/plain' } }, 'Text', 'hello', 'text'],
    ['YAML', { body: 'a: 1', properties: { contentType: 'application/yaml' } }, 'Text', 'a: 1', 'yaml'],
    [
      'HTML',
      { body: '<p>a<br></p>', properties: { contentType: 'text/html' } },
      'Text',
      '<p>a<br></p>',
      'html',
    ],
    [
      'XML',
      { body: '<a><b>1</b></a>', properties: { contentType: 'application/xml' } },
      'XML',
      '<a>\n  <b>1</b>\n</a>',
      'xml',
    ],
    ['XML that nobody announced', { body: '<a><b/></a>' }, 'Looks like XML', '<a>\n  <b/>\n</a>', 'xml'],
    [
      'JSON Lines',
      { body: '{"a":1}\n{"a":2}\n' },
      'Looks like JSON Lines',
      '{\n  "a": 1\n}\n{\n  "a": 2\n}',
      'json',
    ],
    [
      'gzip',
      { body: gzipSync(json), properties: { contentEncoding: 'gzip', contentType: 'application/json' } },
      'gzip, then JSON',
      prettyJson,
      'json',
    ],
    [
      'gzip that nobody announced',
      { body: gzipSync(json) },
      'gzip (not declared), then what looks like JSON',
      prettyJson,
      'json',
    ],
    [
      'deflate with the zlib header',
      { body: deflateSync(json), properties: { contentEncoding: 'deflate' } },
      'deflate, then what looks like JSON',
      prettyJson,
      'json',
    ],
    [
      'deflate without it',
      { body: deflateRawSync(json), properties: { contentEncoding: 'DEFLATE' } },
      'deflate, then what looks like JSON',
      prettyJson,
      'json',
    ],
    [
      'zlib that nobody announced',
      { body: deflateSync(json) },
      'zlib (not declared), then what looks like JSON',
      prettyJson,
      'json',
    ],
    [
      'br',
      { body: brotliCompressSync(json), properties: { contentEncoding: 'br' } },
      'br, then what looks like JSON',
      prettyJson,
      'json',
    ],
    [
      'zstd',
      { body: zstd, properties: { contentEncoding: 'zstd' } },
      'zstd, then Text',
      new RegExp(`^(?:${json}){16}$`),
      'text',
    ],
    [
      'several codings',
      {
        body: brotliCompressSync(gzipSync(packed)),
        properties: { contentEncoding: 'gzip, br', contentType: 'application/msgpack' },
      },
      'br, then gzip, then MessagePack',
      '{\n  "id": 1\n}',
      'json',
    ],
    [
      'Base64',
      { body: Buffer.from(json).toString('base64'), properties: { contentEncoding: 'base64' } },
      'base64, then what looks like JSON',
      prettyJson,
      'json',
    ],
    [
      'MessagePack that nobody announced',
      { body: packed },
      'Looks like MessagePack',
      '{\n  "id": 1\n}',
      'json',
    ],
    [
      'CBOR',
      { body: encodeCbor({ id: 1 }), properties: { contentType: 'application/cbor' } },
      'CBOR',
      '{\n  "id": 1\n}',
      'json',
    ],
    [
      'CBOR that nobody announced',
      { body: encodeCbor({ id: 1 }) },
      'Looks like CBOR',
      '{\n  "id": 1\n}',
      'json',
    ],
    [
      'a charset of the content type',
      { body: Buffer.from('e9', 'hex'), properties: { contentType: 'text/plain; charset="ISO-8859-1"' } },
      'Text in WINDOWS-1252',
      'é',
      'text',
    ],
    [
      'a charset where the encoding belongs',
      { body: 'é', properties: { contentEncoding: 'utf-8' } },
      'Text',
      'é',
      'text',
    ],
    ['a byte order mark', { body: Buffer.from('\ufeffé', 'utf16le') }, 'Text in UTF-16LE', 'é', 'text'],
    [
      'UTF-16 that nobody announced',
      { body: Buffer.from(json, 'utf16le') },
      'Looks like JSON in UTF-16LE',
      prettyJson,
      'json',
    ],
  ];
  for (const [what, given, label, text, language] of bodies) {
    it(`is readable: ${what}`, async () => {
      const decoded = await decodeBody(given);
      assert.equal(decoded.label, label);
      if (typeof text === 'string') assert.equal(decoded.text, text);
      else assert.match(decoded.text, text);
      assert.deepEqual([decoded.language, decoded.problem, decoded.cut], [language, undefined, false]);
      assert.ok(decoded.choices.includes(decoded.decoder));
    });
  }

  const unreadable: readonly (readonly [what: string, BodyCase, problem: RegExp, language: string])[] = [
    [
      'JSON that is none',
      { body: '{"id": 1,\n "total": }', properties: { contentType: 'application/json' } },
      /^The body is not JSON: line 2, column 11: expected a value, found }\.$/,
      'text',
    ],
    [
      'XML that is none',
      { body: '<a>\n<b></a>', properties: { contentType: 'text/xml' } },
      /^The body is not well-formed XML: line 2: <\/a> closes what is not open: <b> of line 2 is open\.$/,
      'text',
    ],
    [
      'bytes where JSON was promised',
      { body: Buffer.from('ff00', 'hex'), properties: { contentType: 'application/json' } },
      /^The body is not UTF-8 text\.$/,
      'hex',
    ],
    [
      'bytes of no known format',
      { body: Buffer.from('ff00', 'hex') },
      /^The body is binary, and its format was not recognised\.$/,
      'hex',
    ],
    [
      'a charset that nobody knows',
      { body: 'x', properties: { contentType: 'text/plain; charset=klingon' } },
      /^The character set "klingon" is not known here\.$/,
      'hex',
    ],
    [
      'a coding that nobody knows',
      { body: 'x', properties: { contentEncoding: 'snappy' } },
      /^The content encoding "snappy" is not known here\.$/,
      'text',
    ],
    [
      'gzip that is none',
      { body: json, properties: { contentEncoding: 'gzip' } },
      /^The content encoding says gzip, but the body is not gzip: incorrect header check\.$/,
      'json',
    ],
    [
      'gzip that ends early',
      {
        body: gzipSync(Buffer.alloc(200_000, json)).subarray(0, -30),
        properties: { contentEncoding: 'gzip' },
      },
      /^Only the beginning could be decompressed \(gzip: unexpected end of file\)\./,
      'text',
    ],
    [
      'MessagePack that is none',
      { body: Buffer.from('c1', 'hex'), properties: { contentType: 'application/msgpack' } },
      /^The body is not MessagePack: at byte 0, 0xc1 is not a type\.$/,
      'hex',
    ],
    [
      'more codings than anyone uses',
      { body: 'x', properties: { contentEncoding: 'gzip,gzip,gzip,gzip,gzip' } },
      /^The content encoding names 5 codings\.$/,
      'text',
    ],
  ];
  for (const [what, given, problem, language] of unreadable) {
    it(`says why it is not readable: ${what}`, async () => {
      const decoded = await decodeBody(given);
      assert.match(decoded.problem ?? '', problem);
      assert.equal(decoded.language, language);
      assert.ok(decoded.text.length > 0);
    });
  }

  it('of a decompression bomb is its beginning, and said to be that', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(200 * 1024 * 1024)));
    const decoded = await decodeBody({ body: bomb, properties: { contentEncoding: 'gzip, gzip' } });
    assert.match(decoded.problem ?? '', /^Decompressed, the body is larger than 64 MiB: only its beginning/);
    assert.equal(decoded.cut, true);
    assert.ok(decoded.text.length < 300_000);
  }).timeout(20_000);

  it('is what the user asks for, even text that is none', async () => {
    const sjis = await decodeBody({
      body: Buffer.from('83658358836767', 'hex').subarray(0, 6),
      rule: { decoder: 'text', charset: 'shift_jis', files: [] },
    });
    assert.deepEqual(
      [sjis.text, sjis.label, sjis.decoder],
      ['テスト', 'Text in SHIFT_JIS', 'text shift_jis'],
    );
    const lossy = await decodeBody({
      body: Buffer.from('61ff', 'hex'),
      rule: { decoder: 'text', files: [] },
    });
    assert.deepEqual(
      [lossy.text, lossy.problem],
      ['a\ufffd', 'The body is not UTF-8 text. What cannot be shown stands as \ufffd.'],
    );
    const hex = await decodeBody({ body: gzipSync('abc'), rule: { decoder: 'hex', files: [] } });
    assert.match(hex.text, /61 62 63/);
  });

  it('says that an empty body is empty', async () => {
    const decoded = await decodeBody({ body: '', properties: { contentType: 'application/json' } });
    assert.deepEqual([decoded.label, decoded.text, decoded.problem], ['Empty', '', undefined]);
  });

  it('makes visible what could deceive, in text, keys and facts', async () => {
    const decoded = await decodeBody({
      body: encodeMessagePack({ 'a\u202eb': 'c\u0007\u2066' }),
      properties: { contentType: 'application/msgpack' },
    });
    assert.equal(decoded.text, '{\n  "a[U+202E]b": "c\\u0007[U+2066]"\n}');
  });
});
