import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { longstr } from '../../../../src/core/base/fieldValue';
import type { DecodingRule } from '../../../../src/core/message/decode/decodingSetup';
import { decodeBody } from '../../../support/decodeBody';

const json = '{"id":9007199254740993}';

describe('a body with something around it', () => {
  it('names what it does not decode, and why', async () => {
    const java = Buffer.concat([
      Buffer.from('aced00057372000e', 'hex'),
      Buffer.from('com.shop.Order'),
      Buffer.alloc(12),
    ]);
    const shown = await decodeBody({ body: java });
    assert.equal(shown.label, 'Looks like Java serialised object');
    assert.deepEqual(shown.facts, [{ name: 'Class', value: 'com.shop.Order' }]);
    assert.match(shown.problem ?? '', /could run code of the sender/);
    const dotNet = Buffer.concat([
      Buffer.from('0001000000ffffffff0100000000000000', 'hex'),
      Buffer.from('0c0200000004', 'hex'),
      Buffer.from('Shop'),
      Buffer.from('05010000000a', 'hex'),
      Buffer.from('Shop.Order'),
    ]);
    assert.deepEqual((await decodeBody({ body: dotNet })).facts, [
      { name: 'Library', value: 'Shop' },
      { name: 'Class', value: 'Shop.Order' },
    ]);
    const others: readonly (readonly [string, string])[] = [
      ['80049502000000000000004b012e', 'Looks like Python pickle'],
      ['89504e470d0a1a0a00', 'Looks like PNG picture'],
    ];
    for (const [bytes, label] of others)
      assert.equal((await decodeBody({ body: Buffer.from(bytes, 'hex') })).label, label);
    const encrypted = await decodeBody({
      body: 'x',
      properties: { contentType: 'application/vnd.masstransit+aes' },
    });
    assert.deepEqual([encrypted.label, encrypted.language], ['MassTransit, encrypted', 'hex']);
  });

  it('shows the attributes of a CloudEvent, in headers of every spelling and in the body', async () => {
    for (const prefix of ['cloudEvents:', 'cloudEvents_', 'ce-', 'ce_', 'CE-']) {
      const headers = ['specversion', 'type'].map((name) => ({
        name: `${prefix}${name}`,
        value: longstr(`<${name}>`),
      }));
      const decoded = await decodeBody({
        body: json,
        properties: { contentType: 'application/json', headers },
      });
      assert.equal(decoded.label, 'JSON in a CloudEvent');
      assert.deepEqual(decoded.facts, [
        { name: 'specversion', value: '<specversion>' },
        { name: 'type', value: '<type>' },
      ]);
    }
    const structured = await decodeBody({
      body: '{"specversion":"1.0","type":"t","data":{"type":"inner"},"n":12345678901234567890}',
      properties: { contentType: 'application/cloudevents+json; charset=utf-8' },
    });
    assert.deepEqual(structured.facts, [
      { name: 'specversion', value: '1.0' },
      { name: 'type', value: 't' },
      { name: 'n', value: '12345678901234567890' },
    ]);
  });

  const proto = {
    name: 'shop.proto',
    text: 'package shop; message Order { int64 id = 1; } message Other {}',
  };
  const protobufRule: DecodingRule = { decoder: 'protobuf', message: 'shop.Order', files: ['shop.proto'] };

  it('is Protobuf by the rule of a setting, by the content type with a message, or by numbers', async () => {
    const setup = { rules: [protobufRule], files: [proto] };
    const body = Buffer.from('08d209', 'hex');
    const ruled = await decodeBody({ body, rule: protobufRule, setup });
    assert.deepEqual(
      [ruled.label, ruled.text, ruled.decoder],
      ['Protobuf, shop.Order', '{\n  "id": 1234\n}', 'protobuf shop.Order'],
    );
    assert.ok(ruled.choices.includes('protobuf shop.Order') && ruled.choices.includes('protobuf'));
    const { message: _, ...unnamed } = protobufRule;
    const hinted = await decodeBody({
      body,
      rule: unnamed,
      setup,
      properties: { contentType: 'application/x-protobuf; messageType="shop.Order"' },
    });
    assert.equal(hinted.label, 'Protobuf, shop.Order');
    const several = await decodeBody({ body, rule: unnamed, setup });
    assert.equal(several.problem, 'The setting names no message, and its files declare several.');
    const bare = await decodeBody({ body, properties: { contentType: 'application/x-protobuf' } });
    assert.deepEqual([bare.text, bare.language], ['{\n  "1": 1234\n}', 'json']);
    assert.match(bare.problem ?? '', /fields have numbers only/);
    const confluent = await decodeBody({
      body: Buffer.from('000000002a0008d209', 'hex'),
      rule: protobufRule,
      setup,
    });
    assert.deepEqual(confluent.facts, [{ name: 'Schema id', value: '42 (Confluent wire format)' }]);
    assert.equal(confluent.text, '{\n  "id": 1234\n}');
    const missing = await decodeBody({ body, rule: { ...protobufRule, message: 'shop.Gone' }, setup });
    assert.equal(
      missing.problem,
      'The message shop.Gone is not declared in the files that the setting names.',
    );
  });

  it('is Avro by the schema of a setting, in each of its frames', async () => {
    const schema =
      '{"type":"record","name":"shop.Order","fields":[{"name":"id","type":"long"},{"name":"n","type":"string"}]}';
    const rule: DecodingRule = { decoder: 'avro', files: ['order.avsc'] };
    const setup = { rules: [rule], files: [{ name: 'order.avsc', text: schema }] };
    const value = 'a413' + '026b';
    const text = '{\n  "id": 1234,\n  "n": "k"\n}';
    const bare = await decodeBody({ body: Buffer.from(value, 'hex'), rule, setup });
    assert.deepEqual([bare.label, bare.text, bare.facts], ['Avro, shop.Order', text, undefined]);
    const confluent = await decodeBody({ body: Buffer.from(`000000002a${value}`, 'hex'), rule, setup });
    assert.deepEqual(
      [confluent.text, confluent.facts],
      [text, [{ name: 'Schema id', value: '42 (Confluent wire format)' }]],
    );
    const single = await decodeBody({
      body: Buffer.from(`c3010000000000000000${value}`, 'hex'),
      rule,
      setup,
    });
    assert.equal(single.text, text);
    assert.equal(single.problem, 'The message names another schema than the setting gives for it.');
    const alone = await decodeBody({
      body: Buffer.from(value, 'hex'),
      properties: { contentType: 'avro/binary' },
    });
    assert.deepEqual(
      [alone.problem, alone.language],
      ['Avro needs its schema: name an .avsc file in the setting amqp.decoders.', 'hex'],
    );
  });

  it('is an Avro container file by its own schema, compressed or not', async () => {
    const sync = '00'.repeat(16);
    const file = (codec: string, block: Buffer): Buffer => {
      const field = (text: string): Buffer =>
        Buffer.concat([Buffer.from([text.length * 2]), Buffer.from(text)]);
      const header = [
        Buffer.from('4f626a0104', 'hex'),
        field('avro.schema'),
        field('"string"'),
        field('avro.codec'),
        field(codec),
      ];
      return Buffer.concat([
        ...header,
        Buffer.from(`00${sync}04`, 'hex'),
        Buffer.from([block.length * 2]),
        block,
        Buffer.from(sync, 'hex'),
      ]);
    };
    const block = Buffer.from('02610462 63'.replace(' ', ''), 'hex');
    for (const [codec, content] of [
      ['null', block],
      ['deflate', deflateRawSync(block)],
    ] as const) {
      const decoded = await decodeBody({ body: file(codec, content) });
      assert.deepEqual(
        [decoded.label, decoded.text, decoded.problem],
        ['Avro container file', '[\n  "a",\n  "bc"\n]', undefined],
      );
    }
    const snappy = await decodeBody({ body: file('snappy', block) });
    assert.match(snappy.problem ?? '', /compressed with snappy, which is not decoded here/);
  });
});
