import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { longstr, textField } from '../../src/core/base/fieldValue';
import type { ManagementPort } from '../../src/core/broker/managementPort';
import { benchFor, eventually, refuses, table } from './bench';
import type { ContractBroker } from './bench';

export function managementContract(under: ContractBroker): void {
  describe('management', () => {
    const bench = benchFor(under);
    const management = (): ManagementPort => {
      const port = under.open().management;
      assert.ok(port);
      return port;
    };

    it('says who it is and who asks', async () => {
      const overview = await management().overview();
      assert.equal(overview.product, 'RabbitMQ');
      assert.ok(overview.version.startsWith(`${under.series}.`));
      assert.equal(overview.statsDisabled, false);
      assert.deepEqual(overview.userTags, ['administrator']);
    });

    it('lists virtual hosts, and refuses what is in none of them', async () => {
      assert.ok((await management().vhosts()).some((vhost) => vhost.name === '/'));
      await refuses(management().queues('nowhere', { page: 1, size: 10 }), 'notFound');
      await refuses(management().exchanges('nowhere'), 'notFound');
    });

    it('lists exchanges with the built-in ones, each with its kind and arguments', async () => {
      const name = await bench().exchange('topic', table({ 'alternate-exchange': 'spare' }));
      const exchanges = await management().exchanges('/');
      assert.deepEqual(
        ['', 'amq.direct', 'amq.fanout', 'amq.headers', 'amq.topic'].filter(
          (each) => !exchanges.some((x) => x.name === each),
        ),
        [],
      );
      const mine = exchanges.find((exchange) => exchange.name === name);
      assert.deepEqual(
        [mine?.type, mine?.durable, mine?.autoDelete, mine?.internal, mine?.vhost],
        ['topic', true, false, false, '/'],
      );
      assert.equal(textField(mine?.arguments, 'alternate-exchange'), 'spare');
    });

    it('tells of a queue its type, arguments and properties', async () => {
      for (const type of ['classic', 'quorum', 'stream'] as const) {
        const more = type === 'stream' ? [] : table({ 'x-dead-letter-exchange': 'graveyard' });
        const name = await bench().queue(type, more);
        const queue = await management().queue('/', name);
        assert.deepEqual(
          [queue.name, queue.vhost, queue.type, queue.durable, queue.autoDelete, queue.exclusive],
          [name, '/', type, true, false, false],
        );
        assert.equal(
          textField(queue.arguments, 'x-dead-letter-exchange'),
          type === 'stream' ? undefined : 'graveyard',
        );
      }
      await refuses(management().queue('/', 'nope'), 'notFound');
    });

    it('lists queues by page and by part of their name, and nothing past the end', async () => {
      const prefix = bench().name('page');
      const names = ['a', 'b', 'c'].map((each) => `${prefix} ${each}`);
      for (const name of names) await bench().queue('classic', [], name);
      const first = await management().queues('/', { name: prefix, page: 1, size: 2 });
      const second = await management().queues('/', { name: prefix, page: 2, size: 2 });
      assert.deepEqual([first.total, second.total], [3, 3]);
      assert.deepEqual(
        [...first.items, ...second.items].map((queue) => queue.name),
        names,
      );
      const beyond = await management().queues('/', { name: prefix, page: 9, size: 2 });
      assert.deepEqual(beyond.items, []);
      const none = await management().queues('/', { name: 'no queue is called so', page: 1, size: 2 });
      assert.deepEqual([none.items, none.total], [[], 0]);
    });

    it('counts messages and consumers, sooner or later', async () => {
      const name = await bench().queue('classic');
      await bench().fill(name, 3);
      const channel = await bench().channel();
      await channel.prefetch(1);
      await channel.consume(
        name,
        { noAck: false },
        () => undefined,
        () => undefined,
      );
      await eventually(async () => {
        const { ready, unacked, consumers } = await management().queue('/', name);
        return ready === 2 && unacked === 1 && consumers === 1;
      });
      await eventually(async () => (await management().consumers('/', name)).length === 1);
      const [consumer] = await management().consumers('/', name);
      assert.deepEqual([consumer?.prefetch, consumer?.ackRequired], [1, true]);
    });

    it('lists bindings from both ends, without those of the default exchange', async () => {
      const [source, target] = [await bench().exchange('headers'), await bench().exchange('fanout')];
      const queue = await bench().queue('classic');
      const args = [
        ...table({ format: 'pdf', pages: 2, 'x-match': 'any' }),
        { name: 'draft', value: { type: 'bool', value: true } as const },
      ];
      await bench().bind(source, queue, 'ignored', args);
      const channel = await bench().channel();
      await channel.bind({
        source,
        destination: target,
        destinationKind: 'exchange',
        routingKey: '',
        arguments: [],
      });
      const [only, ...others] = await management().queueBindings('/', queue);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [only?.source, only?.destination, only?.destinationKind, only?.routingKey],
        [source, queue, 'queue', 'ignored'],
      );
      const byName = [...(only?.arguments ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
      assert.deepEqual(byName, [
        { name: 'draft', value: { type: 'bool', value: true } },
        { name: 'format', value: longstr('pdf') },
        { name: 'pages', value: { type: 'long', value: '2' } },
        { name: 'x-match', value: longstr('any') },
      ]);
      const from = await management().exchangeBindings('/', source, 'from');
      assert.deepEqual(from.map((binding) => binding.destination).sort(), [queue, target].sort());
      const to = await management().exchangeBindings('/', target, 'to');
      assert.deepEqual(
        to.map((binding) => [binding.source, binding.destinationKind]),
        [[source, 'exchange']],
      );
      assert.deepEqual(await management().exchangeBindings('/', '', 'from'), []);
      assert.deepEqual(await management().queueBindings('/', 'nope'), []);
      assert.deepEqual(await management().exchangeBindings('/', 'nope', 'from'), []);
    });

    it('stops when asked to', async () => {
      await refuses(management().vhosts(AbortSignal.abort()), 'cancelled');
      const soon = new AbortController();
      const answer = management().exchanges('/', soon.signal);
      soon.abort();
      await refuses(answer, 'cancelled');
    });
  });
}
