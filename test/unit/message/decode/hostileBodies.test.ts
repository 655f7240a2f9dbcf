import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../../src/core/base/bytes';
import { BodyDecoder } from '../../../../src/core/message/decode/bodyDecoder';
import { decoderNames } from '../../../../src/core/message/decode/decodingSetup';
import type { DecodingRule } from '../../../../src/core/message/decode/decodingSetup';
import type { DecodedBody } from '../../../../src/core/message/decoded';
import type { MessageProperties } from '../../../../src/core/message/message';
import { readProtoFiles } from '../../../../src/core/message/decode/protoFile';
import { prettyXml } from '../../../../src/core/message/decode/xmlPretty';
import { expand } from '../../../../src/worker/decoding/expand';

const proto = `message M { int64 a = 1; repeated M b = 2; map<string, M> c = 3; string d = 4; bytes e = 5; repeated sint32 f = 6; E g = 7; double h = 8; float i = 9; }
enum E { ZERO = 0; }`;
const avsc = `{"type":"record","name":"R","fields":[{"name":"a","type":["null","R",{"type":"array","items":"R"},{"type":"map","values":"R"}]},{"name":"b","type":{"type":"array","items":"null"}},{"name":"c","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}}]}`;
const setup = {
  rules: [],
  files: [
    { name: 'm.proto', text: proto },
    { name: 'r.avsc', text: avsc },
  ],
};
const decoder = new BodyDecoder(setup, { expand, run: (_, output) => Promise.resolve({ output }) });
const mostText = 300_000 * 8;

const rules: readonly (DecodingRule | undefined)[] = [
  undefined,
  ...decoderNames.map((name): DecodingRule => ({ decoder: name, files: [], command: ['x'] })),
  { decoder: 'protobuf', message: 'M', files: ['m.proto'] },
  { decoder: 'avro', files: ['r.avsc'] },
  { decoder: 'text', charset: 'utf-16be', files: [] },
];

async function decode(
  body: Uint8Array,
  rule?: DecodingRule,
  properties: MessageProperties = {},
): Promise<DecodedBody> {
  const message = {
    ...{ seq: 1, receivedAt: 0, exchange: '', routingKey: 'q', redelivered: false, sentByYou: false },
    ...{ properties, size: body.length, body },
  };
  const decoded = await decoder.decode(message, rule, new AbortController().signal);
  assert.ok(decoded.text.length <= mostText, `${decoded.label}: ${decoded.text.length} characters`);
  return decoded;
}

async function decodeByAll(body: Uint8Array, properties?: MessageProperties): Promise<void> {
  for (const rule of rules) await decode(body, rule, properties);
}

/** Bytes that begin like something. */
const starts = [
  '1f8b08',
  '28b52ffd',
  '789c',
  'aced000573',
  '4f626a0104',
  'c301',
  '00',
  '81a161',
  'a16161',
  'd9d9f7',
];
const likely = fc
  .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }))
  .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'hex'), rest]));

describe('a hostile body', () => {
  it('is shown, bounded, by every decoder, whatever its bytes are', async () => {
    const codings = fc.constantFrom(
      undefined,
      'gzip',
      'deflate',
      'br',
      'zstd',
      'base64',
      'gzip, zstd',
      'utf-16',
      'x',
    );
    const types = fc.constantFrom(
      ...[undefined, 'application/json', 'text/xml', 'application/x-ndjson', 'application/cbor-seq'],
      ...[
        'application/cloudevents+json',
        'text/plain; charset=utf-16',
        'avro/binary',
        'application/x-protobuf',
      ],
    );
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      likely,
      fc.string().map(utf8Bytes),
      fc.json().map(utf8Bytes),
    );
    await fc.assert(
      fc.asyncProperty(bodies, codings, types, async (body, contentEncoding, contentType) => {
        await decodeByAll(body, {
          ...(contentEncoding !== undefined && { contentEncoding }),
          ...(contentType !== undefined && { contentType }),
        });
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);

  /** One shape repeated until it would exhaust a stack, a clock or a memory. */
  const deep: readonly (readonly [what: string, body: Uint8Array])[] = [
    ['JSON of 100,000 levels', utf8Bytes('['.repeat(100_000))],
    ['JSON objects of 100,000 levels', utf8Bytes('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))],
    ['XML of 100,000 levels', utf8Bytes('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    [
      'an XML doctype full of entities',
      utf8Bytes(`<!DOCTYPE a [${'<!ENTITY b "&b;&b;">'.repeat(10_000)}]><a>&b;</a>`),
    ],
    ['XML brackets that never end', utf8Bytes(`<!DOCTYPE a [${']'.repeat(200_000)}`)],
    ['MessagePack lists of a million levels', Buffer.alloc(1_000_000, 0x91)],
    ['MessagePack maps whose keys are maps', Buffer.alloc(1_000_000, 0x81)],
    ['CBOR lists of a million levels', Buffer.alloc(1_000_000, 0x81)],
    ['CBOR lists without an end', Buffer.alloc(1_000_000, 0x9f)],
    ['CBOR maps whose keys are maps', Buffer.alloc(1_000_000, 0xa1)],
    ['CBOR tags of a million levels', Buffer.alloc(1_000_000, 0xc6)],
    ['CBOR date tags of a million levels', Buffer.alloc(1_000_000, 0xc0)],
    ['CBOR date tags written at length', Buffer.alloc(1_000_000, Buffer.from('d800', 'hex'))],
    ['CBOR strings in a million pieces', Buffer.concat([Buffer.from([0x5f]), Buffer.alloc(1_000_000, 0x40)])],
    [
      'a CBOR number of a megabyte',
      Buffer.concat([Buffer.from('c25a00100000', 'hex'), Buffer.alloc(0x100000, 7)]),
    ],
    ['Protobuf of nothing but fields', Buffer.alloc(2_000_000, Buffer.from('0801', 'hex'))],
    ['Protobuf groups in groups', Buffer.alloc(1_000_000, 0x0b)],
    ['Protobuf messages in messages', nested(3_000)],
    ['an Avro list of a trillion nulls', Buffer.from('00' + '8080808080808001' + '00', 'hex')],
    ['an Avro list of blocks without an end', Buffer.alloc(1_000_000, 0x04)],
    ['Base64 of nothing', utf8Bytes('='.repeat(1_000_000))],
    ['a million lines', utf8Bytes('{}\n'.repeat(1_000_000))],
    ['a million bad lines', utf8Bytes('[\n'.repeat(500_000))],
  ];
  for (const [what, body] of deep) {
    it(`does not hang or exhaust anything: ${what}`, async () => {
      await decodeByAll(body);
      assert.ok((await decode(body)).text.length > 0);
    }).timeout(30_000);
  }

  it('of 16 MiB is shown by every decoder', async () => {
    const bodies = [
      Buffer.alloc(16 * 1024 * 1024, '{"id":12345678,"name":"kettle"},'),
      Buffer.alloc(16 * 1024 * 1024, 0xff),
      Buffer.alloc(16 * 1024 * 1024),
      Buffer.concat([Buffer.from('ddffffff', 'hex'), Buffer.alloc(16 * 1024 * 1024, 0x01)]),
    ];
    for (const body of bodies) await decodeByAll(body);
    assert.equal((await decode(bodies[0]!)).cut, true);
  }).timeout(60_000);

  it('is gzip of gzip of gzip and more, and is let go after a few', async () => {
    let body: Uint8Array = utf8Bytes('{}');
    for (let times = 0; times < 8; times++) body = gzipSync(body);
    const decoded = await decode(body);
    assert.match(decoded.label, /^(?:gzip \(not declared\), then ){4}/);
  });
});

/** Field 2 within field 2, each with the right length. */
function nested(levels: number): Uint8Array {
  let body = Buffer.from('0801', 'hex');
  for (let level = 0; level < levels; level++) {
    const length: number[] = [];
    let rest = body.length;
    for (; rest > 127; rest >>= 7) length.push((rest & 127) | 128);
    body = Buffer.concat([Buffer.from([0x12, ...length, rest]), body]);
  }
  return body;
}

describe('a hostile schema', () => {
  it('is read as far as it makes sense, whatever it says', () => {
    const soup = fc
      .array(
        fc.constantFrom(
          'message',
          'enum',
          'M',
          '{',
          '}',
          '=',
          '1',
          ';',
          'oneof',
          'map',
          '<',
          '>',
          'repeated',
          'group',
          '"',
          "'",
          '/*',
          '//',
          '\n',
          '[',
          ']',
          'extend',
          '-',
          'package',
          'option',
          ',',
        ),
        { maxLength: 60 },
      )
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        const { problems } = readProtoFiles([{ name: 'x.proto', text }]);
        assert.ok(problems.length <= 1);
      }),
      { numRuns: 2_000 },
    );
    for (const text of [
      'message M {'.repeat(10_000),
      'message M { oneof x {'.repeat(10_000),
      'message M { repeated group G = 1 {'.repeat(10_000),
    ])
      assert.equal(readProtoFiles([{ name: 'x.proto', text }]).problems.length, 1);
  }).timeout(20_000);
});

describe('XML', () => {
  it('keeps everything but white space between elements', () => {
    const table: readonly (readonly [string, string])[] = [
      ['<?xml version="1.0"?><a x="1>2"/>', '<?xml version="1.0"?>\n<a x="1>2"/>'],
      ['<a>\n<b>1</b>\n  <c/></a>', '<a>\n  <b>1</b>\n  <c/>\n</a>'],
      ['<p>some <b>bold</b> <i>text</i></p>', '<p>some <b>bold</b> <i>text</i></p>'],
      ['<a> </a>', '<a> </a>'],
      ['<a><!-- note --><b/></a>', '<a>\n  <!-- note -->\n  <b/>\n</a>'],
      ['<a><![CDATA[<b>]]></a>', '<a><![CDATA[<b>]]></a>'],
      ['<!DOCTYPE a [<!ENTITY e "x>y">]><a>&e;</a>', '<!DOCTYPE a [<!ENTITY e "x>y">]>\n<a>&e;</a>'],
      ['<soap:Ä xmlns:soap="u"/>', '<soap:Ä xmlns:soap="u"/>'],
    ];
    for (const [given, text] of table)
      assert.deepEqual(prettyXml(given, 10_000), { kind: 'xml', text, cut: false });
  });

  it('that is not well formed is not changed, and the place is said', () => {
    const table: readonly (readonly [string, string])[] = [
      ['<a>', '<a> of line 1 is not closed'],
      ['<a/>\n<b/>', 'line 2: <b> is a second root element'],
      ['<a x="1/>', 'line 1: a tag is not closed'],
      ['<a>< b/></a>', 'line 1: "<" without a name'],
      ['x<a/>', 'line 1: text stands outside of the root element'],
      ['<a><!-- </a>', 'line 1: "-->" is missing'],
      ['</a>', 'line 1: </a> closes what is not open: nothing is open'],
      ['<?xml version="1.0"?>', 'there is no element'],
    ];
    for (const [given, message] of table)
      assert.deepEqual(prettyXml(given, 10_000), { kind: 'notXml', message });
  });

  it('that stops early is XML as far as it goes', () => {
    const whole = '<a><b x="1">text</b><!-- c --><d/></a>';
    for (let length = 2; length <= whole.length; length++)
      assert.equal(
        prettyXml(whole.slice(0, length), 10_000, { partial: true }).kind,
        'xml',
        whole.slice(0, length),
      );
  });
});
