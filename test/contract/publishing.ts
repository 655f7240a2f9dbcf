import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { utf8Bytes, utf8TextLossy } from '../../src/core/base/bytes';
import { emptyTable, field, longstr, textField } from '../../src/core/base/fieldValue';
import type { FieldTable, FieldValue } from '../../src/core/base/fieldValue';
import type { MessageProperties } from '../../src/core/message/message';
import { benchFor, bodies, eventually, refuses, table } from './bench';
import type { ContractBroker } from './bench';

const list = (...keys: string[]): FieldValue => ({ type: 'array', value: keys.map(longstr) });

export function publishingContract(under: ContractBroker): void {
  describe('publishing', () => {
    const bench = benchFor(under);

    it('says routed when a queue got it, returned when none did', async () => {
      const queue = await bench().queue('classic');
      assert.equal((await bench().publish('', queue)).kind, 'routed');
      const outcome = await bench().publish('', 'no such queue');
      assert.ok(outcome.kind === 'returned');
      assert.deepEqual([outcome.code, outcome.text], [312, 'NO_ROUTE']);
      const unbound = await bench().exchange('topic');
      assert.equal((await bench().publish(unbound, 'a.b')).kind, 'returned');
    });

    it('gives each of many publishes at once its own outcome', async () => {
      const queue = await bench().queue('classic');
      const channel = await bench().channel();
      const send = (routingKey: string, body: string): Promise<{ kind: string }> =>
        channel.publish({ exchange: '', routingKey, properties: {}, body: utf8Bytes(body) });
      const kinds = await Promise.all(
        Array.from({ length: 60 }, (_, each) =>
          // Many the same, so that a return cannot be told apart by its content.
          send(each % 3 === 0 ? 'no such queue' : queue, each % 2 === 0 ? 'same' : String(each)),
        ),
      );
      assert.deepEqual(
        kinds.map((outcome) => outcome.kind),
        kinds.map((_, each) => (each % 3 === 0 ? 'returned' : 'routed')),
      );
      const taken = await bench().drain(queue, 40);
      assert.equal(
        bodies(taken)
          .split(' ')
          .filter((body) => body === 'same').length,
        20,
      );
    });

    it('says refused when a full queue rejects publishes, and keeps the channel', async () => {
      const queue = await bench().queue(
        'classic',
        table({ 'x-max-length': 1, 'x-overflow': 'reject-publish' }),
      );
      const channel = await bench().channel();
      const send = (): Promise<unknown> =>
        channel.publish({ exchange: '', routingKey: queue, properties: {}, body: utf8Bytes('x') });
      assert.equal(((await send()) as { kind: string }).kind, 'routed');
      const outcome = (await send()) as { kind: string; by?: string };
      assert.deepEqual([outcome.kind, outcome.by], ['refused', 'nack']);
      assert.equal((await channel.checkQueue(queue)).consumers, 0);
    });

    const closing: readonly (readonly [string, MessageProperties, number, RegExp])[] = [
      ['a negative expiration', { expiration: '-1' }, 406, /invalid expiration '-1'/],
      ['an expiration that is no number', { expiration: 'soon' }, 406, /invalid expiration 'soon'/],
      [
        'the user id of somebody else',
        { userId: 'somebody' },
        406,
        /user_id property set to 'somebody'.*'guest'/,
      ],
      ['a CC header that is no list', { headers: table({ CC: 'a' }) }, 406, /CC/],
    ];
    for (const [what, properties, code, words] of closing) {
      it(`says refused, in the broker's words, for ${what}`, async () => {
        const queue = await bench().queue('classic');
        const outcome = await bench().publish('', queue, 'x', properties);
        assert.ok(outcome.kind === 'refused' && outcome.by === 'channel');
        assert.equal(outcome.code, code);
        assert.match(outcome.text, words);
        await bench().untilReady(queue, 0);
      });
    }

    it('says refused for an exchange that is not there and for an internal one', async () => {
      const missing = await bench().publish('nope', 'k');
      assert.ok(
        missing.kind === 'refused' && missing.code === 404 && /no exchange 'nope'/.test(missing.text),
      );
      const name = bench().name('internal');
      const channel = await bench().channel();
      await channel.declareExchange(name, {
        type: 'fanout',
        durable: false,
        autoDelete: false,
        internal: true,
        arguments: emptyTable,
      });
      const internal = await bench().publish(name, 'k');
      assert.ok(
        internal.kind === 'refused' && internal.code === 403 && /internal exchange/.test(internal.text),
      );
      await channel.deleteExchange(name);
    });

    it('does not lose a publish after a channel that was closed over another', async () => {
      const channel = await bench().channel();
      await channel.publish({ exchange: 'nope', routingKey: '', properties: {}, body: utf8Bytes('') });
      await refuses(
        channel.publish({ exchange: '', routingKey: 'x', properties: {}, body: utf8Bytes('') }),
        'notFound',
      );
    });

    it('refuses a routing key of 256 bytes before it is sent', async () => {
      await refuses(bench().publish('', 'k'.repeat(256)), 'badInput');
    });

    it('delivers every property as it was sent, and none that was not', async () => {
      const queue = await bench().queue('classic');
      const all: MessageProperties = {
        contentType: 'text/plain',
        contentEncoding: 'identity',
        headers: table({ tenant: 'acme' }),
        deliveryMode: 2,
        priority: 3,
        correlationId: 'c-1',
        replyTo: 'answers',
        expiration: '60000',
        messageId: 'ü-1',
        timestamp: '1767355200',
        type: 'order',
        userId: 'guest',
        appId: 'contract',
        clusterId: 'old',
      };
      await bench().publish('', queue, 'full', all);
      await bench().publish('', queue, 'bare');
      const [full, bare] = await bench().drain(queue, 2);
      assert.deepEqual({ ...full?.properties }, all);
      assert.deepEqual({ ...bare?.properties }, {});
      assert.deepEqual([full?.exchange, full?.routingKey, full?.redelivered], ['', queue, false]);
    });

    it('brings bodies of 0 bytes and of many frames back byte for byte', async () => {
      const queue = await bench().queue('classic');
      const channel = await bench().channel();
      const large = Uint8Array.from({ length: 700_001 }, (_, each) => (each * 7 + (each >> 8)) & 0xff);
      for (const body of [new Uint8Array(0), large]) {
        await channel.publish({ exchange: '', routingKey: queue, properties: {}, body });
      }
      const [empty, full] = await bench().drain(queue, 2);
      assert.equal(empty?.body.length, 0);
      assert.ok(full && Buffer.from(full.body).equals(large));
    });

    it('is not disturbed when the caller changes the body afterwards', async () => {
      const queue = await bench().queue('classic');
      const body = utf8Bytes('before');
      const channel = await bench().channel();
      const publish = channel.publish({ exchange: '', routingKey: queue, properties: {}, body });
      body.fill(0x78);
      await publish;
      assert.equal(bodies(await bench().drain(queue, 1)), 'before');
    });

    it('routes by the keys in CC and BCC too, and shows only CC', async () => {
      const [to, cc, bcc] = [
        await bench().queue('classic'),
        await bench().queue('classic'),
        await bench().queue('classic'),
      ];
      const headers: FieldTable = [
        { name: 'CC', value: list(cc) },
        { name: 'BCC', value: list(bcc) },
      ];
      await bench().publish('', to, 'copy', { headers });
      for (const queue of [to, cc, bcc]) {
        const [copy] = await bench().drain(queue, 1);
        assert.deepEqual(copy?.properties.headers, [{ name: 'CC', value: list(cc) }]);
        assert.equal(copy.routingKey, to);
      }
    });

    it('uses an alternate exchange only when nothing else matched', async () => {
      const spare = await bench().exchange('fanout');
      const main = await bench().exchange('direct', table({ 'alternate-exchange': spare }));
      const [queue, rest] = [await bench().queue('classic'), await bench().queue('classic')];
      await bench().bind(main, queue, 'known');
      await bench().bind(spare, rest);
      assert.equal((await bench().publish(main, 'known', '1')).kind, 'routed');
      assert.equal((await bench().publish(main, 'unknown', '2')).kind, 'routed');
      assert.equal(bodies(await bench().drain(queue, 1)), '1');
      assert.equal(bodies(await bench().drain(rest, 1)), '2');
    });

    it('drops or dead-letters the head of a queue that is too long', async () => {
      const graveyard = await bench().exchange('fanout');
      const dead = await bench().queue('classic');
      await bench().bind(graveyard, dead);
      for (const type of ['classic', 'quorum'] as const) {
        const limits = table({ 'x-max-length': 2, 'x-dead-letter-exchange': graveyard });
        const queue = await bench().queue(type, limits);
        await bench().fill(queue, 3);
        const [head] = await bench().drain(dead, 1);
        assert.equal(head && utf8TextLossy(head.body), '0');
        assert.equal(textField(head?.properties.headers, 'x-first-death-reason'), 'maxlen');
        assert.equal(bodies(await bench().drain(queue, 2)), '1 2');
      }
    });

    it('expires messages, by queue and by message, into the dead letters', async () => {
      const graveyard = await bench().exchange('fanout');
      const dead = await bench().queue('classic');
      await bench().bind(graveyard, dead);
      const exchange = { 'x-dead-letter-exchange': graveyard };
      const byQueue = await bench().queue('classic', table({ ...exchange, 'x-message-ttl': 1 }));
      await bench().publish('', byQueue, 'queue');
      await bench().drain(dead, 1);
      const byMessage = await bench().queue('quorum', table(exchange));
      await bench().publish('', byMessage, 'message', { expiration: '1' });
      const [letter] = await bench().drain(dead, 1);
      assert.equal(letter?.properties.expiration, undefined);
      assert.deepEqual(deathOf(letter?.properties.headers), {
        count: '1',
        reason: 'expired',
        queue: byMessage,
        exchange: '',
        'routing-keys': byMessage,
        'original-expiration': '1',
      });
      const last = textField(letter?.properties.headers, 'x-last-death-reason');
      assert.equal(last, under.series === '3.10' ? undefined : 'expired');
    });

    it('dead-letters a rejected message with its own key or the one the queue has', async () => {
      const graveyard = await bench().exchange('direct');
      const dead = await bench().queue('classic');
      await bench().bind(graveyard, dead, 'buried');
      const queue = await bench().queue(
        'quorum',
        table({ 'x-dead-letter-exchange': graveyard, 'x-dead-letter-routing-key': 'buried' }),
      );
      await bench().publish('', queue, 'no', { headers: table({ z: 'kept' }) });
      const channel = await bench().channel();
      const got = await channel.get(queue);
      assert.ok(got);
      channel.nack(got.deliveryTag, false);
      const [letter] = await bench().drain(dead, 1);
      assert.deepEqual(
        [letter?.exchange, letter?.routingKey, letter?.redelivered],
        [graveyard, 'buried', false],
      );
      assert.equal(textField(letter?.properties.headers, 'z'), 'kept');
      assert.equal(deathOf(letter?.properties.headers)['reason'], 'rejected');
    });

    it('drops a message that goes round in circles without anybody rejecting it', async () => {
      const queue = bench().name('circle');
      await bench().queue(
        'classic',
        table({ 'x-message-ttl': 1, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue }),
        queue,
      );
      await bench().publish('', queue, 'round');
      await eventually(async () => (await (await bench().channel()).get(queue)) === undefined);
    });
  });
}

/** The first entry of x-death, its values as text, without its time. */
function deathOf(headers: FieldTable | undefined): Record<string, string> {
  const deaths = field(headers, 'x-death');
  const [first] = deaths?.type === 'array' ? deaths.value : [];
  if (first?.type !== 'table') return {};
  return Object.fromEntries(
    first.value
      .filter((entry) => entry.name !== 'time')
      .map(({ name, value }) => [
        name,
        value.type === 'array' ? value.value.map(shown).join() : shown(value),
      ]),
  );
}

function shown(value: FieldValue): string {
  if (value.type === 'long') return value.value;
  return value.type === 'longstr' && typeof value.value === 'string' ? value.value : value.type;
}
