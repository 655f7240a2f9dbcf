import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { systemClock } from '../../../../src/core/broker/systemClock';
import { utf8Bytes } from '../../../../src/core/base/bytes';
import type { DecodingRule, DecodingSetup } from '../../../../src/core/message/decode/decodingSetup';
import { Decoding } from '../../../../src/worker/decoding/decoding';
import { ruleFor } from '../../../../src/worker/decoding/decodingRules';

const message = {
  ...{
    seq: 1,
    receivedAt: 0,
    exchange: 'shop',
    routingKey: 'order.created',
    redelivered: false,
    sentByYou: false,
  },
  ...{ properties: { type: 'a\0b' }, size: 7, body: utf8Bytes('{"a":1}') },
};
const { signal } = new AbortController();
const script = `process.stdin.resume().on('end', () => console.log(JSON.stringify(
  [process.env.AMQP_EXCHANGE, process.env.AMQP_ROUTING_KEY, process.env.AMQP_TYPE])))`;
const command: DecodingRule = { decoder: 'command', files: [], command: [process.execPath, '-e', script] };

function decodingWith(setup: Partial<DecodingSetup>): Decoding {
  const decoding = new Decoding(systemClock);
  decoding.configure({ rules: [], files: [], ...setup });
  return decoding;
}

describe('rules for decoding', () => {
  it('hold for the queues, exchanges and keys that they name', () => {
    const where = { queue: 'orders.eu/1', exchange: 'shop', routingKey: 'order.created.eu' };
    const table: readonly (readonly [Partial<DecodingRule>, boolean])[] = [
      [{}, true],
      [{ queue: 'orders.*' }, true],
      [{ queue: '*eu*1' }, true],
      [{ queue: 'orders' }, false],
      [{ queue: '*' }, true],
      [{ queue: '' }, false],
      [{ exchange: 'sho?' }, false],
      [{ exchange: '*p', routingKey: 'order.#' }, true],
      [{ routingKey: 'order.*' }, false],
      [{ routingKey: 'order.*.eu' }, true],
      [{ queue: 'orders.*', exchange: 'bank' }, false],
    ];
    for (const [patterns, fits] of table)
      assert.equal(
        ruleFor([{ decoder: 'json', files: [], ...patterns }], where) !== undefined,
        fits,
        JSON.stringify(patterns),
      );
    const { queue: _, ...exchangeOnly } = where;
    assert.equal(ruleFor([{ decoder: 'json', files: [], queue: '*' }], exchangeOnly), undefined);
  });

  it('are tried in their order', () => {
    const rules: DecodingRule[] = [
      { decoder: 'xml', files: [], queue: 'a' },
      { decoder: 'cbor', files: [], queue: '*' },
      { decoder: 'hex', files: [] },
    ];
    assert.equal(ruleFor(rules, { queue: 'b', exchange: '', routingKey: '' })?.decoder, 'cbor');
  });
});

describe('decoding in the worker', () => {
  it('follows the rule, and the choice of the user before it', async () => {
    const decoding = decodingWith({ rules: [{ decoder: 'hex', files: [], exchange: 'shop' }] });
    assert.equal((await decoding.decode(message, 'q', undefined, signal)).language, 'hex');
    assert.equal((await decoding.decode(message, 'q', 'json', signal)).text, '{\n  "a": 1\n}');
    await assert.rejects(decoding.decode(message, 'q', 'command rm', signal), /no longer in the settings/);
    await assert.rejects(decoding.decode(message, 'q', 'command', signal), /no longer in the settings/);
  }).timeout(20_000);

  it('runs a command of the settings and tells it about the message', async () => {
    const decoding = decodingWith({ rules: [command], commands: { environment: {} } });
    const decoded = await decoding.decode(message, undefined, undefined, signal);
    assert.deepEqual(JSON.parse(decoded.text), ['shop', 'order.created', 'ab']);
    assert.ok(decoded.decoder.startsWith('command ') && decoded.choices.includes(decoded.decoder));
  }).timeout(20_000);

  it('runs no command where the workspace is not trusted', async () => {
    const decoding = decodingWith({ rules: [command] });
    const decoded = await decoding.decode(message, undefined, undefined, signal);
    assert.equal(decoded.language, 'hex');
    assert.match(decoded.problem ?? '', /^Commands run in trusted workspaces only\./);
  }).timeout(20_000);

  it('shows what a command wrote that is not JSON, and says so', async () => {
    const rule = { ...command, command: [process.execPath, '-e', 'console.log("oops")'] };
    const decoded = await decodingWith({ rules: [rule], commands: { environment: {} } }).decode(
      message,
      'q',
      undefined,
      signal,
    );
    assert.equal(decoded.text, 'oops\n');
    assert.match(decoded.problem ?? '', /^What the command wrote is not JSON: /);
  }).timeout(20_000);
});
