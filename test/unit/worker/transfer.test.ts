import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import type { Clock } from '../../../src/core/base/clock';
import { BrokerError } from '../../../src/core/broker/brokerError';
import type { DefinitionsPort } from '../../../src/core/broker/definitionsPort';
import { MemoryBroker } from '../../../src/core/broker/memory/memoryBroker';
import type { Profile } from '../../../src/core/broker/profile';
import { systemClock } from '../../../src/core/broker/systemClock';
import type {
  DefinitionsItem,
  ItemOutcome,
  TransferProgress,
} from '../../../src/protocol/definitionsTransfer';
import { QueueCounting } from '../../../src/worker/queueCounting';
import { Transfer } from '../../../src/worker/transfer';
import { memoryProfile, memoryWorker } from '../../support/memoryWorker';
import { scriptedDefinitions } from '../../support/scriptedDefinitions';
import type { WorkerSession } from '../../support/workerSession';

const ends: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function worker(more: Partial<Profile> = {}): Promise<{ worker: WorkerSession; broker: MemoryBroker }> {
  const made = await memoryWorker(more);
  ends.push(made.end);
  return made;
}

function items(...entries: readonly (readonly [DefinitionsItem['section'], string])[]): DefinitionsItem[] {
  return entries.map(([section, json], id) => ({ id, section, vhost: '/', json }));
}

const kinds = (outcomes: readonly ItemOutcome[]): string => outcomes.map(({ kind }) => kind).join(' ');
const words = (outcomes: readonly ItemOutcome[]): string[] =>
  outcomes.flatMap((outcome) => ('text' in outcome ? [outcome.text] : []));

const topology = items(
  ['exchanges', '{"name":"x","type":"topic","durable":true}'],
  ['queues', '{"name":"q","durable":true,"arguments":{"x-max-length":5}}'],
  ['bindings', '{"source":"x","destination":"q","destination_type":"queue","routing_key":"a.#"}'],
);

/** A transfer over a port that answers what it is told to. */
function transfer(
  port: DefinitionsPort,
  of: readonly DefinitionsItem[],
  more: {
    stopAtRefusal?: boolean;
    onProgress?: (progress: TransferProgress) => void;
    clock?: Clock;
  } = {},
): Transfer {
  const broker = new MemoryBroker({ behaviour: '4.3', clock: systemClock });
  const counting = new QueueCounting(broker.amqp, systemClock);
  ends.push(async () => {
    await counting.close();
    broker.dispose();
  });
  return new Transfer(
    'create',
    { items: of, stopAtRefusal: more.stopAtRefusal ?? false },
    {
      port,
      counting,
      clock: more.clock ?? systemClock,
      onProgress: more.onProgress ?? (() => undefined),
    },
  );
}

const never = new AbortController().signal;

describe('moving objects of a definitions file to a broker', () => {
  it('makes them in the order given, says when they were there, and removes them again', async () => {
    const { client } = (await worker()).worker;
    const request = { items: topology, stopAtRefusal: false };
    const made = await client.request('createDefinitions', request);
    assert.deepEqual([kinds(made.outcomes), made.ended], ['created created created', undefined]);
    assert.equal(
      kinds((await client.request('createDefinitions', request)).outcomes),
      'updated updated updated',
    );
    const back = { ...request, items: topology.toReversed() };
    assert.equal(
      kinds((await client.request('removeDefinitions', back)).outcomes),
      'removed removed removed',
    );
    assert.equal(kinds((await client.request('removeDefinitions', back)).outcomes), 'absent absent absent');
  });

  it('goes on after a refusal, or stops there when asked to', async () => {
    const { client } = (await worker()).worker;
    const mixed = [...items(['queues', '{"name":"q","arguments":{"x-queue-type":"odd"}}']), ...topology];
    const all = await client.request('createDefinitions', { items: mixed, stopAtRefusal: false });
    assert.equal(kinds(all.outcomes), 'refused created created created');
    const some = await client.request('createDefinitions', { items: mixed, stopAtRefusal: true });
    assert.deepEqual(
      [kinds(some.outcomes), some.ended],
      ['refused', 'Stopped after the first object that was not done.'],
    );
  });

  it('refuses an entry that names nothing before the broker is asked', async () => {
    const { client } = (await worker()).worker;
    const wrong = items(
      ['queues', '{"name":'],
      ['queues', '[]'],
      ['queues', '{}'],
      ['queues', '{"name":5}'],
      ['queues', '{"name":""}'],
      ['queues', '{"name":"q","arguments":{"a":{"b":[null]}}}'],
      ['queues', '{"name":"q","arguments":5}'],
      ['exchanges', '{"name":"","type":"direct"}'],
      ['exchanges', '{"name":"x"}'],
      ['bindings', '{"source":"","destination":"q","destination_type":"queue","routing_key":"q"}'],
      ['bindings', '{"source":"x","destination":"q","destination_type":"q","routing_key":"q"}'],
      ['bindings', '{"source":"x","destination":"q","destination_type":"queue"}'],
      ['parameters', '{"name":"p"}'],
    );
    const { outcomes } = await client.request('createDefinitions', { items: wrong, stopAtRefusal: false });
    assert.deepEqual(words(outcomes), [
      'The entry is not JSON: at character 9: expected a value, found the end.',
      'The entry is not an object.',
      'The entry has no `name`.',
      "The entry's `name` is not text.",
      "The entry's `name` is empty: it cannot be addressed.",
      'Argument `a` is null, which a broker does not take.',
      'The `arguments` are not an object.',
      'The default exchange is always there and cannot be changed.',
      "The exchange's `type` is missing or not text.",
      'Bindings of the default exchange are made and kept by the broker.',
      "The binding's `destination_type` is neither `queue` nor `exchange`.",
      "The binding's `routing_key` is missing or not text.",
      'The entry has no `component`.',
    ]);
  });

  it('says of what the demo broker does not have that it is not there', async () => {
    const { client } = (await worker()).worker;
    const policy = items(['policies', '{"name":"p","pattern":"","definition":{"max-length":1}}']);
    const { outcomes } = await client.request('createDefinitions', { items: policy, stopAtRefusal: false });
    assert.deepEqual(words(outcomes), ['The demo broker has no policies.']);
    const { missing } = await client.request('exportDefinitions', { passwordHashes: false });
    assert.deepEqual(
      missing.map(({ section }) => section),
      ['users', 'permissions', 'topic_permissions', 'global_parameters', 'policies', 'parameters'],
    );
  });

  it('keeps a queue that holds a message, however fresh, and one with a consumer', async () => {
    const { worker: session, broker } = await worker();
    const { client } = session;
    const draft = { exchange: '', routingKey: 'orders', properties: {}, body: utf8Bytes('1') };
    await client.request('publish', { vhost: '/', draft });
    const request = { items: items(['queues', '{"name":"orders"}']), stopAtRefusal: false };
    const remove = async (): Promise<string[]> =>
      words((await client.request('removeDefinitions', request)).outcomes);
    assert.deepEqual(await remove(), ['Queue `orders` is not removed: it has 1 message.']);
    const connection = await broker.amqp.connect('/', 'consumer');
    const channel = await connection.openChannel();
    await channel.purgeQueue('orders');
    await channel.consume(
      'orders',
      { noAck: true },
      () => undefined,
      () => undefined,
    );
    assert.deepEqual(await remove(), ['Queue `orders` is not removed: it has 1 consumer.']);
    await connection.close();
    assert.deepEqual(await remove(), []);
  });

  it('does nothing on a read-only connection', async () => {
    const { client } = (await worker({ readOnly: true })).worker;
    for (const name of ['createDefinitions', 'removeDefinitions'] as const)
      await assert.rejects(client.request(name, { items: topology, stopAtRefusal: false }), {
        reason: 'refused',
        message: `"${memoryProfile.name}" is read-only: nothing is made or removed on it.`,
      });
    await client.request('exportDefinitions', { passwordHashes: false });
  });

  it('refuses a second transfer on the same connection', async () => {
    const { client } = (await worker()).worker;
    const first = client.request('createDefinitions', { items: topology, stopAtRefusal: false });
    await assert.rejects(client.request('removeDefinitions', { items: topology, stopAtRefusal: false }), {
      reason: 'refused',
    });
    assert.equal(kinds((await first).outcomes), 'created created created');
  });

  it('lets the object under way finish when cancelled, and leaves the rest alone', async () => {
    const cancel = new AbortController();
    const port = scriptedDefinitions(() => {
      cancel.abort();
      return { kind: 'created' };
    });
    const { outcomes, ended } = await transfer(port, topology).run(cancel.signal);
    assert.deepEqual([kinds(outcomes), ended], ['created', 'Cancelled.']);
  });

  it('does not know about the object under way when the connection is lost, and tries no other', async () => {
    let asked = 0;
    const port = scriptedDefinitions(() => {
      asked += 1;
      if (asked === 1) return { kind: 'created' };
      throw new BrokerError('closed', 'The connection to the management API was lost.');
    });
    const { outcomes, ended } = await transfer(port, topology).run(never);
    assert.deepEqual(
      [kinds(outcomes), ended, asked],
      ['created unknown', 'The connection to the management API was lost.', 2],
    );
  });

  it('does not know about an object over which the broker failed, and goes on', async () => {
    let asked = 0;
    const port = scriptedDefinitions(() => {
      asked += 1;
      if (asked === 1)
        throw new BrokerError('closed', 'The management API failed over it (500).', { code: 500 });
      return { kind: 'created' };
    });
    assert.equal(kinds((await transfer(port, topology).run(never)).outcomes), 'unknown created created');
  });

  it('stops at a wrong password: more of them would lock the account', async () => {
    const port = scriptedDefinitions(() => {
      throw new BrokerError('auth', 'The management API refused the user or the password.');
    });
    const { outcomes, ended } = await transfer(port, topology).run(never);
    assert.deepEqual(
      [kinds(outcomes), ended],
      ['refused', 'The management API refused the user or the password.'],
    );
  });

  it('hands back what a replaced object was before', async () => {
    const before = {
      kind: 'object',
      entries: [{ name: 'priority', value: { kind: 'number', text: '1.0' } }],
    } as const;
    const port = scriptedDefinitions(() => ({ kind: 'updated', before }));
    const { outcomes } = await transfer(port, items(['policies', '{"name":"p"}'])).run(never);
    assert.deepEqual(outcomes, [{ id: 0, kind: 'updated', before: '{"priority":1.0}' }]);
  });

  it('tells counts at most four times a second, and once more at the end', async () => {
    let now = 0;
    const clock: Clock = { ...systemClock, monotonic: () => now };
    const told: TransferProgress[] = [];
    const many = items(
      ...Array.from({ length: 10_000 }, (_, n) => ['queues', `{"name":"q${String(n)}"}`] as const),
    );
    const port = scriptedDefinitions(() => {
      // A millisecond each.
      now += 1;
      return { kind: 'created' };
    });
    const { outcomes } = await transfer(port, many, {
      clock,
      onProgress: (progress) => told.push(progress),
    }).run(never);
    assert.equal(outcomes.length, 10_000);
    assert.ok(told.length <= 42, String(told.length));
    const none = { updated: 0, removed: 0, absent: 0, refused: 0, unknown: 0 };
    assert.deepEqual(told.at(-1), { total: 10_000, done: 10_000, created: 10_000, ...none });
  });

  it('looks at everything it is sent', async () => {
    const { client } = (await worker()).worker;
    const bad = { items: [{ id: 0, section: 'things', vhost: '/', json: '{}' }], stopAtRefusal: false };
    await assert.rejects(client.request('createDefinitions', bad as never), { reason: 'badInput' });
  });
});
