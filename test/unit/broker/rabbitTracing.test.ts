import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exactArguments } from '../../../src/core/broker/rabbitmq/exactArguments';
import { RabbitTracing } from '../../../src/core/broker/rabbitmq/rabbitTracing';

type Settings = Record<string, unknown>;

/** A virtual host that answers like the API, where a PUT resets what it does not name (DOMAIN 2.2). */
function vhost(settings: Settings, change: (sent: Settings) => Settings = (sent) => sent) {
  const sent: Settings[] = [];
  let now = settings;
  const answer = (json: unknown, status = 200) =>
    Promise.resolve({ status, json, text: JSON.stringify(json) });
  const tracing = new RabbitTracing({
    get: (path) => {
      assert.equal(path, 'vhosts/shop%2Feu');
      return answer({ name: 'shop/eu', ...now });
    },
    put: (_, body) => {
      sent.push(body as Settings);
      now = change({ description: '', tags: [], ...(body as Settings) });
      return answer(undefined, 204);
    },
  });
  return { sent, tracing, now: () => now };
}

describe("RabbitMQ's tracing", () => {
  it('is switched with everything that the call would otherwise reset', async () => {
    const kept = { description: 'The shop', tags: ['a', 'b'], default_queue_type: 'quorum' };
    const { sent, tracing, now } = vhost({ ...kept, tracing: false });
    await tracing.turn('shop/eu', true);
    assert.deepEqual(sent, [{ ...kept, tracing: true }]);
    assert.equal(await tracing.isOn('shop/eu'), true);
    await tracing.turn('shop/eu', false);
    assert.deepEqual(now(), { ...kept, tracing: false });
  });

  it('does not send back the word that 3.10 says for no queue type', async () => {
    const before = { description: '', tags: [], default_queue_type: 'undefined', tracing: false };
    const { sent, tracing } = vhost(before, (put) => ({ default_queue_type: 'undefined', ...put }));
    await tracing.turn('shop/eu', true);
    assert.deepEqual(sent, [{ description: '', tags: [], tracing: true }]);
  });

  it('is looked at afterwards: what changed besides is an error that names it', async () => {
    const settings = { description: 'The shop', tags: ['a'], tracing: false };
    const { tracing } = vhost(settings, (put) => ({ ...put, tags: [] }));
    await assert.rejects(tracing.turn('shop/eu', true), /changed more .* than its tracing: tags/);
    const stubborn = vhost(settings, () => settings);
    await assert.rejects(stubborn.tracing.turn('shop/eu', true), /did not turn on/);
  });
});

describe('arguments as the management API writes them', () => {
  const argumentsOf = (json: string) => exactArguments(`[{"source":"x","arguments":${json}}]`)?.[0];

  it('keep large integers and whole fractions apart', () => {
    assert.deepEqual(argumentsOf('{"a":9007199254740993,"b":2.0,"c":2,"d":1e3,"e":-9223372036854775808}'), [
      { name: 'a', value: { type: 'long', value: '9007199254740993' } },
      { name: 'b', value: { type: 'double', value: 2 } },
      { name: 'c', value: { type: 'long', value: '2' } },
      { name: 'd', value: { type: 'double', value: 1000 } },
      { name: 'e', value: { type: 'long', value: '-9223372036854775808' } },
    ]);
  });

  it('give a void and bytes back, which the API can only paraphrase', () => {
    assert.deepEqual(argumentsOf('{"v":"undefined","b":"Not UTF-8, base64 is: /wE=","t":"text"}'), [
      { name: 'v', value: { type: 'void' } },
      { name: 'b', value: { type: 'longstr', value: Uint8Array.of(255, 1) } },
      { name: 't', value: { type: 'longstr', value: 'text' } },
    ]);
  });

  it('are not looked for where there are none, nor in what is no list', () => {
    assert.equal(exactArguments('[{"source":"x","arguments":{}}]'), undefined);
    assert.equal(exactArguments('{"arguments":{"a":1}}'), undefined);
    assert.equal(exactArguments('[{"arguments":{"a":'), undefined);
  });
});
