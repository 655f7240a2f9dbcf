import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import type { Broker } from '../../../src/core/broker/broker';
import { BrokerError } from '../../../src/core/broker/brokerError';
import type { ManagementPort } from '../../../src/core/broker/managementPort';
import { MemoryBroker } from '../../../src/core/broker/memory/memoryBroker';
import type { Profile } from '../../../src/core/broker/profile';
import { systemClock } from '../../../src/core/broker/systemClock';
import type { MessageDraft } from '../../../src/core/message/message';
import { ManualClock, settled } from '../../support/manualClock';
import { durableQueue } from '../../support/queueContent';
import { ScriptedAmqp } from '../../support/scriptedAmqp';
import { workerSession } from '../../support/workerSession';
import type { WorkerSession } from '../../support/workerSession';

const profile: Profile = {
  id: 'p',
  name: 'shop',
  kind: 'memory',
  tls: false,
  host: 'localhost',
  port: 5672,
  user: 'guest',
  vhost: '/',
};

function draft(exchange: string, routingKey: string, body = 'hello'): MessageDraft {
  return { exchange, routingKey, properties: {}, body: utf8Bytes(body) };
}

const running: { end: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each.end();
});

/** The worker over the in-memory broker, with the queue `orders` bound to the exchange `shop`. */
async function withMemory(
  more: Partial<Profile> = {},
): Promise<{ worker: WorkerSession; broker: MemoryBroker }> {
  const broker = new MemoryBroker({ behaviour: '4.3', clock: systemClock });
  const connection = await broker.amqp.connect('/', 'test');
  const channel = await connection.openChannel();
  await channel.declareExchange('shop', {
    type: 'fanout',
    durable: true,
    autoDelete: false,
    internal: false,
    arguments: [],
  });
  await channel.declareQueue('orders', durableQueue());
  await channel.bind({
    source: 'shop',
    destination: 'orders',
    destinationKind: 'queue',
    routingKey: '',
    arguments: [],
  });
  const worker = workerSession(() => broker, systemClock);
  await worker.open({ ...profile, ...more });
  running.push({
    end: async () => {
      await worker.close();
      broker.dispose();
    },
  });
  return { worker, broker };
}

/** The worker over a scripted AMQP half and whatever management half a test wants. */
function withScript(management?: ManagementPort) {
  const amqp = new ScriptedAmqp();
  const clock = new ManualClock();
  const broker: Broker = { amqp, dispose: () => undefined, ...(management ? { management } : {}) };
  const worker = workerSession(() => broker, clock);
  return { amqp, clock, worker };
}

const orders = { kind: 'queue', vhost: '/', queue: 'orders' } as const;

describe('the broker worker', () => {
  it('says who it is connected to, and with what it can list', async () => {
    const { worker } = await withMemory();
    const state = await worker.client.request('connection', undefined);
    assert.ok(state.status === 'connected' && state.management.available);
    assert.deepEqual(
      worker.states.map(({ status }) => status),
      ['connecting', 'connected'],
    );
  });

  it('tails and publishes: routed messages and those sent straight to the queue, in both of two views', async () => {
    const { worker } = await withMemory();
    const first = await worker.tail(orders);
    const second = await worker.tail(orders);
    assert.notEqual(first.viewId, second.viewId);
    assert.equal(
      (await worker.client.request('publish', { vhost: '/', draft: draft('shop', '') })).kind,
      'routed',
    );
    await worker.client.request('publish', { vhost: '/', draft: draft('', 'orders', 'straight') });
    for (const { viewId } of [first, second]) {
      await worker.viewWhere(viewId, ({ received }) => received === 2);
      const rows = await worker.client.request('rows', { viewId, from: 1, count: 10 });
      const straight = rows.filter((row) => row.kind === 'message' && row.sentByYou);
      assert.equal(rows.length, 2);
      assert.equal(straight.length, 1);
    }
    const detail = await worker.client.request('message', { viewId: first.viewId, seq: 1, mostBytes: 3 });
    assert.ok(detail.body.length <= 3 && detail.size >= 5);
  });

  it('decodes a message as it says of itself, as the host has set up, and as the user chooses', async () => {
    const { worker } = await withMemory();
    const { viewId } = await worker.tail(orders);
    await worker.client.request('publish', { vhost: '/', draft: draft('shop', 'k', '{"a":1}') });
    await worker.viewWhere(viewId, ({ received }) => received === 1);
    const decode = (decoder?: string) =>
      worker.client.request('decode', { viewId, seq: 1, ...(decoder !== undefined && { decoder }) });
    assert.equal((await decode()).label, 'Looks like JSON');
    const rule = { queue: 'ord*', decoder: 'text' as const, files: [] };
    await worker.client.request('configureDecoding', { rules: [rule], files: [] });
    assert.equal((await decode()).text, '{"a":1}');
    assert.equal((await decode('json')).text, '{\n  "a": 1\n}');
    await assert.rejects(decode('telepathy'), { reason: 'notFound' });
    await assert.rejects(worker.client.request('decode', { viewId, seq: 99 }), { reason: 'notFound' });
    const wrong = { rules: [{ decoder: 'telepathy', files: [] }], files: [] } as never;
    await assert.rejects(worker.client.request('configureDecoding', wrong), { reason: 'badInput' });
  });

  it('filters, completes and counts over time what a view holds', async () => {
    const { worker } = await withMemory();
    const { viewId } = await worker.tail(orders);
    for (const [key, body] of [
      ['a', '{"total":150}'],
      ['b', '{"total":50}'],
    ] as const) {
      await worker.client.request('publish', { vhost: '/', draft: draft('shop', key, body) });
    }
    await worker.viewWhere(viewId, ({ received }) => received === 2);
    const state = await worker.client.request('setFilter', { viewId, text: 'body.total:>100' });
    assert.deepEqual([state.firstRow, state.nextRow, state.filter?.matched], [-1, 0, 1]);
    const rows = await worker.client.request('rows', { viewId, from: state.firstRow, count: 10 });
    assert.deepEqual(
      rows.map((row) => [row.place, row.kind === 'message' && row.routingKey]),
      [[-1, 'a']],
    );
    const { counts, matching } = await worker.client.request('histogram', { viewId, buckets: 1 });
    assert.deepEqual([counts, matching], [[2], [1]]);
    const { items } = await worker.client.request('completeFilter', { viewId, text: 'key:', caret: 4 });
    assert.deepEqual(items.map(({ insert }) => insert).sort(), ['a', 'b']);
    const wrong = await worker.client.request('setFilter', { viewId, text: 'body.total:>100 AND (' });
    assert.deepEqual([wrong.filter?.problem?.from, wrong.firstRow], [20, -1]);
    const off = await worker.client.request('setFilter', { viewId, text: '' });
    assert.deepEqual([off.filter, off.firstRow], [undefined, 1]);
  });

  it('adds no row for what nobody got', async () => {
    const { worker } = await withMemory();
    const { viewId } = await worker.tail({ ...orders, queue: 'orders' });
    const outcome = await worker.client.request('publish', { vhost: '/', draft: draft('', 'nobody') });
    assert.equal(outcome.kind, 'returned');
    assert.equal((await worker.client.request('view', { viewId })).received, 0);
  });

  it('leaves no queue behind when a view, or everything, is closed', async () => {
    const { worker, broker } = await withMemory();
    const names = async (): Promise<string[]> =>
      (await broker.management.queues('/', { page: 1, size: 100 })).items.map(({ name }) => name);
    const { viewId } = await worker.tail(orders);
    await worker.tail(orders);
    assert.equal((await names()).length, 3);
    await worker.client.request('closeView', { viewId });
    assert.equal((await names()).length, 2);
    await worker.client.request('close', undefined);
    assert.deepEqual(await names(), ['orders']);
    assert.equal(worker.states.at(-1)?.status, 'closed');
    await assert.rejects(worker.client.request('view', { viewId }), /view was closed/);
  });

  it('peeks only after it said the cost, and gives back', async () => {
    const { worker, broker } = await withMemory();
    await worker.client.request('publish', { vhost: '/', draft: draft('shop', '', 'look') });
    const { viewId, status, peek } = await worker.client.request('openPeek', {
      vhost: '/',
      queue: 'orders',
      count: 5,
    });
    assert.equal(status.kind, 'awaitingConsent');
    assert.match(peek?.costs[0] ?? '', /This marks/);
    await worker.client.request('startPeek', { viewId, count: 5, consented: false });
    const done = await worker.viewWhere(viewId, (state) => state.status.kind === 'done');
    assert.equal(done.received, 1);
    assert.match(done.peek?.receipt?.[0] ?? '', /^1 read, 1 given back, order unchanged/);
    assert.equal((await broker.management.queue('/', 'orders')).ready, 1);
  });

  it('says what another number would cost, and of two starts does one', async () => {
    const { worker, broker } = await withMemory();
    for (const body of ['a', 'b', 'c'])
      await worker.client.request('publish', { vhost: '/', draft: draft('shop', '', body) });
    const { viewId } = await worker.client.request('openPeek', { vhost: '/', queue: 'orders', count: 5 });
    const [, last] = await Promise.all([
      worker.client.request('planPeek', { viewId, count: 3 }),
      worker.client.request('planPeek', { viewId, count: 2 }),
    ]);
    assert.equal(last.peek?.count, 2);
    assert.match(last.peek.costs[0] ?? '', /marks 2 messages/);
    const start = () => worker.client.request('startPeek', { viewId, count: 2, consented: false });
    const starts = await Promise.allSettled([start(), start()]);
    assert.deepEqual(starts.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await worker.viewWhere(viewId, ({ status }) => status.kind === 'done');
    const again = await worker.client.request('planPeek', { viewId, count: 3 });
    assert.match(again.peek?.costs[0] ?? '', /marks 3 messages/);
    assert.equal(again.received, 2, 'what was read stays until something else is read');
    assert.equal((await broker.management.queue('/', 'orders')).ready, 3);
  });

  it('refuses to publish on a read-only connection, and still tails and peeks', async () => {
    const { worker } = await withMemory({ readOnly: true });
    await assert.rejects(
      worker.client.request('publish', { vhost: '/', draft: draft('shop', '') }),
      /"shop" is read-only: nothing is published on it/,
    );
    assert.equal((await worker.tail(orders)).status.kind, 'running');
    assert.equal((await worker.peek('/', 'orders', 1)).status.kind, 'done');
  });

  it('says that the broker has an alarm instead of waiting for ever', async () => {
    const { amqp, worker } = withScript();
    await worker.open(profile);
    amqp.outcome = new Promise(() => undefined);
    const publish = worker.client.request('publish', { vhost: '/', draft: draft('shop', '') });
    const refused = assert.rejects(
      publish,
      /takes no messages at the moment \(low on memory\).*may still arrive/,
    );
    while (!amqp.calls.some((call) => call.startsWith('publish'))) await settled();
    amqp.connection.block('low on memory');
    await refused;
    await assert.rejects(
      worker.client.request('publish', { vhost: '/', draft: draft('shop', '') }),
      /This message was not sent/,
    );
    assert.equal(amqp.calls.filter((call) => call.startsWith('publish')).length, 1);
  });

  it('comes back by itself after the connection was lost, and says so meanwhile', async () => {
    const { amqp, clock, worker } = withScript();
    await worker.open(profile);
    let away = true;
    amqp.answer = (call) => {
      if (away && call.startsWith('connect')) throw new BrokerError('closed', 'Nobody is there.');
    };
    amqp.connection.lose();
    await clock.pass(5_000);
    const state = worker.states.at(-1);
    assert.ok(state?.status === 'reconnecting' && state.attempt > 1 && state.text === 'Nobody is there.');
    away = false;
    await clock.pass(20_000);
    assert.equal(worker.states.at(-1)?.status, 'connected');
  });

  it('stops asking when the broker keeps refusing the password, because accounts get locked', async () => {
    const { amqp, clock, worker } = withScript();
    await worker.open(profile);
    amqp.answer = (call) => {
      if (call.startsWith('connect')) throw new BrokerError('auth', 'The broker refused user `guest`.');
    };
    amqp.connection.lose();
    await clock.pass(120_000);
    assert.equal(amqp.calls.filter((call) => call.startsWith('connect')).length, 1 + 3);
    const state = worker.states.at(-1);
    assert.ok(state?.status === 'closed' && state.text === 'The broker refused user `guest`.');
  });

  it('rejects a login in words, never shows the password, and can be opened again', async () => {
    const { amqp, worker } = withScript();
    amqp.answer = () => {
      throw new BrokerError('auth', 'The broker refused user `guest`.', {
        advice: 'Enter the password again.',
      });
    };
    await assert.rejects(worker.open(profile, 'sesame'), /refused user/);
    amqp.answer = () => undefined;
    assert.equal((await worker.open(profile, 'sesame')).status, 'connected');
    assert.doesNotMatch(JSON.stringify([worker.states, worker.logs]), /sesame/);
  });

  const troubles: [string, BrokerError, RegExp][] = [
    ['the plugin is missing', new BrokerError('closed', 'ECONNREFUSED'), /rabbitmq-plugins enable/],
    ['something else answers', new BrokerError('notFound', '404'), /Check the management URL/],
    ['the user has no management tag', new BrokerError('auth', '401', { code: 401 }), /tag "management"/],
    ['the port speaks something else', new BrokerError('protocol', 'not HTTP'), /http or https/],
  ];
  for (const [what, error, advice] of troubles) {
    it(`works without the management API, and says what to do when ${what}`, async () => {
      const overview = (): Promise<never> => Promise.reject(error);
      const { amqp, worker } = withScript({ overview } as unknown as ManagementPort);
      const state = await worker.open(profile);
      assert.ok(state.status === 'connected' && !state.management.available);
      assert.match(state.management.advice, advice);
      assert.match(state.management.advice, /AMQP works/);
      await assert.rejects(worker.client.request('exchanges', { vhost: '/' }));
      amqp.counts = { ready: 7, consumers: 1 };
      const counts = await worker.client.request('checkQueue', { vhost: '/', queue: 'orders' });
      assert.deepEqual(counts, { ready: 7, consumers: 1 });
      const { viewId } = await worker.client.request('openTail', { source: orders, confirmed: false });
      const tail = await worker.client.request('view', { viewId });
      assert.ok(tail.status.kind === 'nothingToMirror', tail.status.kind);
      assert.deepEqual(
        tail.banner.alternatives.map(({ kind }) => kind),
        ['peek', 'binding', 'consume'],
      );
    });
  }

  const bad: [string, () => [string, unknown]][] = [
    ['rows by the million', () => ['rows', { viewId: 'tail-1', from: 0, count: 1_000_000 }]],
    ['a filter longer than anybody types', () => ['setFilter', { viewId: 'v', text: 'a'.repeat(20_000) }]],
    ['a histogram by the million', () => ['histogram', { viewId: 'v', buckets: 1_000_000 }]],
    ['a queue that is not a name', () => ['checkQueue', { vhost: '/', queue: 7 }]],
    ['headers of a type that does not exist', () => ['publish', badDraft({ type: 'weird', value: 1 })]],
    ['headers out of range', () => ['publish', badDraft({ type: 'byte', value: 1_000 })]],
    ['a source of no kind', () => ['openTail', { source: { kind: 'everything' } }]],
    ['a profile that is none', () => ['open', { profile: 'me', password: '', network: {} }]],
  ];
  for (const [what, made] of bad) {
    it(`refuses ${what}`, async () => {
      const { worker } = withScript();
      const [name, params] = made();
      const client = worker.client as unknown as {
        request: (name: string, params: unknown) => Promise<unknown>;
      };
      await assert.rejects(client.request(name, params), { reason: 'badInput' });
    });
  }
});

function badDraft(value: unknown): unknown {
  return { vhost: '/', draft: { ...draft('a', 'b'), properties: { headers: [{ name: 'h', value }] } } };
}
