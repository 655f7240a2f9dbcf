import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyTable, longstr } from '../../src/core/base/fieldValue';
import type { FieldTable } from '../../src/core/base/fieldValue';
import type { AmqpChannel } from '../../src/core/broker/amqpPort';
import { Failure } from '../../src/core/base/failure';
import type { FailureReason } from '../../src/core/base/failure';
import { benchFor, declared, eventually, refuses, table } from './bench';
import type { Bench, ContractBroker } from './bench';

const exchange = { type: 'fanout', durable: true, autoDelete: false, internal: false, arguments: emptyTable };
const toQueue = (
  source: string,
  destination: string,
  routingKey = '',
): Parameters<AmqpChannel['bind']>[0] => ({
  source,
  destination,
  destinationKind: 'queue',
  routingKey,
  arguments: emptyTable,
});

type Refusal = readonly [
  what: string,
  reason: FailureReason,
  words: RegExp,
  call: (channel: AmqpChannel, bench: Bench) => Promise<unknown>,
];

const args = (...types: FieldTable): ReturnType<typeof declared> => declared(types);
const type = (value: string): FieldTable => [{ name: 'x-queue-type', value: longstr(value) }];

/** Each on a channel of its own, which it closes. */
const refusals: readonly Refusal[] = [
  ['looking at a queue that is not there', 'notFound', /no queue 'nope'/, (on) => on.checkQueue('nope')],
  [
    'looking at an exchange that is not there',
    'notFound',
    /no exchange 'nope'/,
    (on) => on.checkExchange('nope'),
  ],
  ['getting from a queue that is not there', 'notFound', /no queue/, (on) => on.get('nope')],
  ['purging a queue that is not there', 'notFound', /no queue/, (on) => on.purgeQueue('nope')],
  [
    'binding to an exchange that is not there',
    'notFound',
    /no exchange 'nope'/,
    async (on, bench) => on.bind(toQueue('nope', await bench.queue('classic'))),
  ],
  [
    'binding a queue that is not there',
    'notFound',
    /no queue 'nope'/,
    (on) => on.bind(toQueue('amq.topic', 'nope')),
  ],
  [
    'binding to the default exchange',
    'refused',
    /default exchange/,
    async (on, bench) => on.bind(toQueue('', await bench.queue('classic'))),
  ],
  ['declaring the default exchange', 'refused', /default exchange/, (on) => on.declareExchange('', exchange)],
  [
    'deleting a built-in exchange',
    'refused',
    /system exchange 'amq\.direct'/,
    (on) => on.deleteExchange('amq.direct'),
  ],
  [
    'a queue name that begins with amq.',
    'refused',
    /reserved prefix/,
    (on) => on.declareQueue('amq.mine', declared()),
  ],
  [
    'an exchange name that begins with amq.',
    'refused',
    /reserved prefix/,
    (on) => on.declareExchange('amq.mine', exchange),
  ],
  [
    'an unknown queue type',
    'precondition',
    /unsupported queue type 'odd'/,
    (on) => on.declareQueue('odd', args(...type('odd'))),
  ],
  [
    'a quorum queue that is not durable',
    'precondition',
    /non-durable/,
    (on) => on.declareQueue('odd', { ...args(...type('quorum')), durable: false }),
  ],
  [
    'an exclusive quorum queue',
    'precondition',
    /exclusive-owner/,
    (on) => on.declareQueue('odd', { ...args(...type('quorum')), exclusive: true }),
  ],
  [
    'an auto-delete stream',
    'precondition',
    /auto-delete/,
    (on) => on.declareQueue('odd', { ...args(...type('stream')), autoDelete: true }),
  ],
  [
    'a quorum queue named by the broker',
    'precondition',
    /server-named/,
    (on) => on.declareQueue('', args(...type('quorum'))),
  ],
  [
    'an argument that belongs to another type',
    'precondition',
    /'x-max-priority'.*rabbit_quorum_queue/,
    (on) => on.declareQueue('odd', args(...type('quorum'), ...table({ 'x-max-priority': 5 }))),
  ],
  [
    'a message TTL on a stream',
    'precondition',
    /'x-message-ttl'.*rabbit_stream_queue/,
    (on) => on.declareQueue('odd', args(...type('stream'), ...table({ 'x-message-ttl': 5 }))),
  ],
  [
    'a number given as text',
    'precondition',
    /'x-max-length'.*expected integer, got longstr/,
    (on) => on.declareQueue('odd', args(...table({ 'x-max-length': '5' }))),
  ],
  [
    'a negative TTL',
    'precondition',
    /'x-message-ttl'.*negative/,
    (on) => on.declareQueue('odd', args(...table({ 'x-message-ttl': -5 }))),
  ],
  [
    'a dead-letter key without an exchange',
    'precondition',
    /no dlx/,
    (on) => on.declareQueue('odd', args(...table({ 'x-dead-letter-routing-key': 'k' }))),
  ],
  [
    'an overflow behaviour nobody knows',
    'precondition',
    /invalid overflow/,
    (on) => on.declareQueue('odd', args(...table({ 'x-overflow': 'spill' }))),
  ],
  ['a name of 256 bytes', 'badInput', /255|wrong type/, (on) => on.checkQueue('q'.repeat(256))],
];

export function topologyContract(under: ContractBroker): void {
  describe('topology', () => {
    const bench = benchFor(under);

    for (const [what, reason, words, call] of refusals) {
      it(`refuses ${what} (${reason})`, async () => {
        await refuses(call(await bench().channel(), bench()), reason, words);
      });
    }

    it('closes the channel over a refusal, says why, and leaves the connection alone', async () => {
      const channel = await bench().channel();
      let reason: string | undefined;
      channel.onClosed((error) => (reason = error?.reason));
      const failure = await refuses(channel.checkQueue('nope'), 'notFound');
      assert.equal(failure.more.code, 404);
      await eventually(() => reason !== undefined);
      assert.equal(reason, 'notFound');
      await refuses(channel.checkQueue('nope'), 'notFound');
      await channel.close();
      await bench().channel();
    });

    it('accepts the same declaration again, and refuses another one', async () => {
      const limits = table({ 'x-max-length': 5 });
      const queue = await bench().queue('classic', limits);
      await (await bench().channel()).declareQueue(queue, declared(limits));
      const again = async (other: Partial<ReturnType<typeof declared>>): Promise<string> =>
        (await bench().channel()).declareQueue(queue, { ...declared(limits), ...other });
      await refuses(
        again({ durable: false }),
        'precondition',
        /'durable'.*received 'false' but current is 'true'/,
      );
      await refuses(again({ autoDelete: true }), 'precondition', /'auto_delete'/);
      await refuses(again({ exclusive: true }), 'locked', /exclusive access/);
      await refuses(
        again({ arguments: table({ 'x-max-length': 6 }) }),
        'precondition',
        /'x-max-length'.*'6'.*'5'/,
      );
      await refuses(again({ arguments: emptyTable }), 'precondition', /'x-max-length'/);
      await refuses(again({ arguments: [...limits, ...type('quorum')] }), 'precondition', /'x-queue-type'/);
      const short = [{ name: 'x-max-length', value: { type: 'byte', value: 5 } as const }];
      await (await bench().channel()).declareQueue(queue, declared([...short, ...table({ 'x-unknown': 1 })]));
    });

    it('refuses an exchange of another kind, and one of a type it does not know', async () => {
      const name = await bench().exchange('fanout');
      const again = async (other: Partial<typeof exchange>): Promise<void> =>
        (await bench().channel()).declareExchange(name, { ...exchange, ...other });
      await again({});
      await refuses(again({ type: 'direct' }), 'precondition', /'type'/);
      await refuses(again({ internal: true }), 'precondition', /'internal'/);
      await refuses(
        again({ arguments: table({ 'alternate-exchange': 'a' }) }),
        'precondition',
        /'alternate-exchange'/,
      );
      const other = await (await bench().otherConnection()).openChannel();
      // 503 closes the connection on 3.10; later it is 406.
      await refuses(
        other.declareExchange('odd', { ...exchange, type: 'odd' }),
        under.series === '3.10' ? 'protocol' : 'precondition',
        /unknown exchange type 'odd'/,
      );
    });

    it('gives a queue without a name one of its own', async () => {
      const channel = await bench().channel();
      const transient = { durable: false, exclusive: true, autoDelete: true, arguments: emptyTable };
      const [first, second] = [
        await channel.declareQueue('', transient),
        await channel.declareQueue('', transient),
      ];
      assert.match(first, /^amq\.gen-/);
      assert.notEqual(first, second);
    });

    it('keeps an exclusive queue to its connection and deletes it with that', async () => {
      const owner = await bench().otherConnection();
      const name = bench().name('exclusive');
      await (
        await owner.openChannel()
      ).declareQueue(name, { ...declared(), durable: false, exclusive: true });
      await refuses((await bench().channel()).checkQueue(name), 'locked');
      await refuses((await bench().channel()).get(name), 'locked');
      await refuses((await bench().channel()).deleteQueue(name), 'locked');
      await refuses((await bench().channel()).bind(toQueue('amq.topic', name)), 'locked');
      assert.equal((await bench().publish('', name)).kind, 'routed');
      await owner.close();
      await eventually(async () => {
        const channel = await bench().channel();
        return channel.checkQueue(name).then(
          () => false,
          (error: unknown) => error instanceof Failure && error.reason === 'notFound',
        );
      });
    });

    it('deletes an auto-delete queue with its last consumer, and never because of a get', async () => {
      const name = bench().name('auto-delete');
      const channel = await bench().channel();
      await channel.declareQueue(name, { ...declared(), durable: false, exclusive: true, autoDelete: true });
      await channel.get(name);
      assert.deepEqual(await channel.checkQueue(name), { ready: 0, consumers: 0 });
      const tag = await channel.consume(
        name,
        { noAck: true },
        () => undefined,
        () => undefined,
      );
      await channel.cancel(tag);
      await refuses(channel.checkQueue(name), 'notFound');
    });

    it('deletes an auto-delete exchange with its last binding', async () => {
      const name = bench().name('auto-delete exchange');
      const queue = await bench().queue('classic');
      const channel = await bench().channel();
      await channel.declareExchange(name, { ...exchange, autoDelete: true });
      await channel.bind(toQueue(name, queue));
      await channel.unbind(toQueue(name, queue));
      await refuses(channel.checkExchange(name), 'notFound');
    });

    it('deletes, unbinds and cancels what is not there without a word', async () => {
      const channel = await bench().channel();
      const queue = await bench().queue('classic');
      assert.equal(await channel.deleteQueue('nope'), 0);
      await channel.deleteExchange('nope');
      await channel.unbind(toQueue('amq.topic', queue, 'never bound'));
      await channel.unbind(toQueue('nope', queue));
      await channel.unbind(toQueue('amq.topic', 'nope'));
      await channel.cancel('nope');
    });

    it('deletes only what is unused or empty when told so, and says how many messages went', async () => {
      const queue = await bench().queue('classic');
      await bench().fill(queue, 2);
      await refuses(
        (await bench().channel()).deleteQueue(queue, { ifEmpty: true }),
        'precondition',
        /not empty/,
      );
      const channel = await bench().channel();
      await channel.consume(
        queue,
        { noAck: false },
        () => undefined,
        () => undefined,
      );
      await refuses(
        (await bench().channel()).deleteQueue(queue, { ifUnused: true }),
        'precondition',
        /in use/,
      );
      await channel.close();
      await bench().untilReady(queue, 2);
      assert.equal(await (await bench().channel()).deleteQueue(queue), 2);
      const bound = await bench().exchange('fanout');
      const other = await bench().queue('classic');
      await bench().bind(bound, other);
      await refuses(
        (await bench().channel()).deleteExchange(bound, { ifUnused: true }),
        'precondition',
        /in use/,
      );
    });

    for (const kind of ['classic', 'quorum'] as const) {
      it(`purges the ready messages of a ${kind} queue and leaves the unacknowledged`, async () => {
        const queue = await bench().queue(kind);
        await bench().fill(queue, 3);
        const holder = await bench().channel();
        await bench().hold(holder, queue, 1);
        assert.equal(await (await bench().channel()).purgeQueue(queue), 2);
        await holder.close();
        await bench().drain(queue, 1);
      });
    }

    it('closes the connection when a stream is to be purged', async () => {
      const stream = await bench().queue('stream');
      const channel = await (await bench().otherConnection()).openChannel();
      await refuses(channel.purgeQueue(stream), 'unsupported', /queue\.purge not supported/);
    });
  });
}
