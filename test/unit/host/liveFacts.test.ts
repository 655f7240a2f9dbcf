import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Emitter } from '../../../src/core/base/emitter';
import { Failure } from '../../../src/core/base/failure';
import type { BrokerSession } from '../../../src/host/brokers/brokerSession';
import { brokerTargets, seriesChoices } from '../../../src/host/topology/targetPicks';
import { brokerSeries } from '../../../src/core/topology/queueArguments';
import { liveNames, liveObjects } from '../../../src/host/topology/liveFacts';
import { TopologyBroker } from '../../../src/host/topology/topologyBroker';
import { FakeMemento } from '../../support/fakeMemento';
import { rabbitProfile } from '../../support/hostProfiles';
import { connectedState, ScriptedBroker } from '../../support/scriptedBroker';

type Script = ConstructorParameters<typeof ScriptedBroker>[0];

/** A session with a broker that answers what the test says. */
function sessionOver(script: Script): { session: BrokerSession; broker: ScriptedBroker } {
  const broker = new ScriptedBroker(script);
  const { client } = broker.start('p');
  const session = { profile: rabbitProfile('p', { name: 'shop-dev' }), client, state: connectedState };
  return { session: session as unknown as BrokerSession, broker };
}

const queue = (name: string) => ({ vhost: '/', name, type: 'classic', arguments: [], ready: 1 });
const exchange = (name: string) => ({
  vhost: '/',
  name,
  type: 'topic',
  durable: true,
  autoDelete: false,
  internal: false,
  arguments: [],
});

/** Answers in pages and searches as a broker does. */
function queuesOf(names: readonly string[]): NonNullable<Script['queues']> {
  return ({ page, size, name = '' }) => {
    const fitting = names.filter((one) => one.includes(name));
    return { items: fitting.slice((page - 1) * size, page * size).map(queue), total: fitting.length };
  };
}

describe('live facts of a connected broker', () => {
  const many = Array.from({ length: 1_200 }, (_, index) => `q${String(index)}`);

  const cases: readonly [string, readonly string[], readonly string[], readonly string[], number, boolean][] =
    [
      ['few names one by one', ['a', 'b', 'ab'], ['a', 'c'], ['a'], 2, false],
      ['many names in one list', ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'x'], ['a', 'b', 'c'], 1, false],
      [
        'those beyond the first page one by one',
        many,
        ['q0', 'q1', 'q2', 'q1199'],
        ['q0', 'q1', 'q2', 'q1199'],
        2,
        false,
      ],
      ['no more than some', many, many.slice(0, 600), many.slice(0, 560), 61, true],
      ['nothing for nothing', many, [], [], 0, false],
    ];
  for (const [what, there, asked, found, questions, isPartial] of cases) {
    it(`look for ${what}`, async () => {
      const { session, broker } = sessionOver({ queues: queuesOf(there) });
      const answer = await liveObjects(session, { vhost: '/', queues: asked, exchanges: [] });
      assert.deepEqual(answer.queues.map(({ name }) => name).sort(), [...found].sort());
      assert.equal(answer.isPartial ?? false, isPartial);
      assert.equal(broker.asked.length, questions);
    });
  }

  it('hold what is known and nothing that is not', async () => {
    const { session } = sessionOver({
      queues: queuesOf(['a']),
      exchanges: () => [exchange(''), exchange('events'), exchange('other')],
    });
    assert.deepEqual(await liveObjects(session, { vhost: '/', queues: ['a'], exchanges: ['events'] }), {
      connection: 'shop-dev',
      queues: [{ name: 'a', type: 'classic', ready: 1 }],
      exchanges: [{ name: 'events', type: 'topic' }],
    });
  });

  it('tell a virtual host that is not there from a broker that fails', async () => {
    const failing = (reason: 'notFound' | 'timeout'): BrokerSession =>
      sessionOver({
        queues: () => {
          throw new Failure(reason, 'no');
        },
      }).session;
    const params = { vhost: 'gone', queues: ['a'], exchanges: [] };
    assert.equal((await liveObjects(failing('notFound'), params)).vhostMissing, true);
    await assert.rejects(liveObjects(failing('timeout'), params));
    assert.deepEqual(await liveNames(failing('notFound'), { kind: 'queue', vhost: 'gone', part: '' }), []);
  });

  it('name what there is, at most a page of it', async () => {
    const { session } = sessionOver({
      queues: queuesOf(many),
      exchanges: () => [exchange(''), exchange('events'), exchange('orders')],
      vhosts: () => [{ name: '/' }, { name: 'shop' }],
    });
    const names = (kind: 'queue' | 'exchange' | 'vhost', part: string): Promise<readonly string[]> =>
      liveNames(session, { kind, vhost: '/', part });
    assert.equal((await names('queue', '')).length, 500);
    assert.deepEqual(
      await names('queue', 'q119'),
      many.filter((name) => name.includes('q119')),
    );
    assert.deepEqual(await names('exchange', ''), ['events', 'orders']);
    assert.deepEqual(await names('vhost', 'sh'), ['shop']);
  });
});

describe('the broker that topology files are about', () => {
  function sessions(...states: readonly unknown[]) {
    const changes = new Emitter<BrokerSession>();
    const all = states.map((state, index) => ({
      profile: rabbitProfile(`p${String(index)}`),
      state: state ?? connectedState,
    })) as unknown as BrokerSession[];
    return { changes, onDidChange: changes.event, connected: () => all, all };
  }

  it('is the only one that is connected, else the one that was chosen, which is remembered', async () => {
    const memory = new FakeMemento();
    const one = sessions(undefined);
    assert.equal(new TopologyBroker(one, memory).chosen()?.connection, 'p0');
    const two = sessions(undefined, undefined);
    const broker = new TopologyBroker(two, memory);
    assert.equal(broker.chosen(), null);
    const told: unknown[] = [];
    broker.onDidChange((chosen) => told.push(chosen));
    await broker.choose('p1');
    assert.deepEqual(told, [{ connection: 'p1', vhost: '/' }]);
    assert.equal(new TopologyBroker(two, memory).chosen()?.connection, 'p1');
  });

  it('is none while it cannot be asked', () => {
    const without = { ...connectedState, management: { available: false, text: '', advice: '' } };
    const broker = new TopologyBroker(
      sessions({ status: 'reconnecting', text: '', attempt: 1 }, without),
      new FakeMemento(),
    );
    assert.equal(broker.session(), undefined);
  });

  it('is told once when it comes and goes', () => {
    const some = sessions(undefined);
    const broker = new TopologyBroker(some, new FakeMemento());
    const told: unknown[] = [];
    broker.onDidChange((chosen) => told.push(chosen));
    const [gone] = some.all.splice(0);
    some.changes.fire(gone!);
    some.changes.fire(gone!);
    assert.deepEqual(told, [null]);
  });

  it('is offered as a target by its version, if it is a RabbitMQ', () => {
    const { all } = sessions(
      { ...connectedState, version: '4.1.2' },
      { ...connectedState, version: '3.8.14' },
      { ...connectedState, product: 'LavinMQ', version: '2.1.0' },
      { status: 'reconnecting', text: '', attempt: 1 },
    );
    assert.deepEqual(brokerTargets(all), [
      { name: 'p0', version: '4.1.2', target: '4.0' },
      { name: 'p1', version: '3.8.14', target: '3.10' },
    ]);
    assert.deepEqual(seriesChoices.toReversed(), brokerSeries);
  });
});
