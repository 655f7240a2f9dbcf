import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { silentLog } from '../../src/core/base/log';
import type { PublishForm } from '../../src/core/message/publishForm';
import { BrokerSessions } from '../../src/host/brokers/brokerSessions';
import { TracingMemory } from '../../src/host/brokers/tracingMemory';
import { MessagesFeed } from '../../src/host/panels/messagesFeed';
import { PublishDesk } from '../../src/host/panels/publishDesk';
import { readPublishRevival, readRevival } from '../../src/host/panels/revival';
import { FakeMemento } from '../support/fakeMemento';
import { profileStoreOver, rabbitProfile } from '../support/hostProfiles';
import { connectedState, runningTail, ScriptedBroker } from '../support/scriptedBroker';
import { eventually } from '../support/eventually';

const network = { noProxy: [], strictSsl: true, systemCertificates: true };
const form: PublishForm = {
  targetKind: 'exchange',
  target: 'orders',
  routingKey: 'k',
  body: 'hello',
  bodyEncoding: 'text',
  properties: {},
  headers: [],
};

function sessionsOver(broker: ScriptedBroker, readOnly = false): BrokerSessions {
  const profile = rabbitProfile('p', readOnly ? { readOnly } : {});
  return new BrokerSessions(
    profileStoreOver({ user: [profile] }).store,
    broker.start,
    () => network,
    new TracingMemory(new FakeMemento()),
    silentLog,
  );
}

function feedOver(broker: ScriptedBroker): { feed: MessagesFeed; sessions: BrokerSessions } {
  const sessions = sessionsOver(broker);
  const connect = async (id: string): Promise<boolean> =>
    (await sessions.byId(id).open('x')).status === 'connected';
  const subject = {
    profileId: 'p',
    kind: 'tail',
    source: { kind: 'queue', vhost: '/', queue: 'q' },
  } as const;
  return { sessions, feed: new MessagesFeed(subject, sessions, connect, silentLog) };
}

describe('a messages panel', () => {
  it('opens its view, follows it, and closes it with the panel', async () => {
    const broker = new ScriptedBroker({ open: () => connectedState, openTail: () => runningTail('v1', 'q') });
    const { feed } = feedOver(broker);
    assert.match(feed.state().stopped ?? '', /reloaded/);
    await feed.start();
    broker.server?.emit('view', { ...runningTail('v2', 'q'), received: 99 });
    broker.server?.emit('view', { ...runningTail('v1', 'q'), received: 7 });
    await eventually(() => assert.equal(feed.state().view?.received, 7));
    feed.dispose();
    await eventually(() => assert.deepEqual(broker.askedFor('closeView'), [{ viewId: 'v1' }]));
  });

  it('ends a view that opened after its panel was closed', async () => {
    const broker = new ScriptedBroker({
      open: () => connectedState,
      openTail: async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return runningTail('late', 'q');
      },
    });
    const { feed } = feedOver(broker);
    const starting = feed.start();
    await eventually(() => assert.equal(broker.askedFor('openTail').length, 1));
    feed.dispose();
    await starting;
    assert.deepEqual(broker.askedFor('closeView'), [{ viewId: 'late' }]);
  });

  it('is stopped, with the reason, when the worker dies', async () => {
    const broker = new ScriptedBroker({ open: () => connectedState, openTail: () => runningTail('v1', 'q') });
    const { feed } = feedOver(broker);
    await feed.start();
    broker.crashes.fire('boom');
    assert.equal(feed.state().view, undefined);
    assert.match(feed.state().stopped ?? '', /ended unexpectedly/);
    assert.deepEqual(await feed.rows(1, 10, new AbortController().signal), []);
    feed.dispose();
  });

  it('is revived only from a state that it understands', () => {
    const revive = { profileId: 'p', kind: 'tail', source: { kind: 'queue', vhost: '/', queue: 'q' } };
    assert.deepEqual(readRevival({ revive, detailShare: 0.5 }), revive);
    for (const state of [undefined, null, 7, {}, { revive: 7 }, { revive: { ...revive, kind: 'rm' } }]) {
      assert.equal(readRevival(state), undefined);
      assert.equal(readPublishRevival(state), undefined);
    }
    const publish = { profileId: 'p', vhost: '/', targetKind: 'queue', target: 'q', revision: 3 };
    assert.deepEqual(readPublishRevival({ revive: publish, typed: {} }), publish);
  });
});

describe('a publish panel', () => {
  const signal = new AbortController().signal;

  it('publishes what the form says and reports what came of it', async () => {
    const broker = new ScriptedBroker({
      open: () => connectedState,
      publish: () => ({ kind: 'returned', code: 312, text: 'NO_ROUTE', tookMs: 1 }),
    });
    const sessions = sessionsOver(broker);
    const desk = new PublishDesk('p', '/', form, sessions, silentLog);
    assert.match(desk.state().blocked ?? '', /not connected/);
    await sessions.byId('p').open('x');
    assert.equal(desk.state().blocked, undefined);
    const result = await desk.publish(form, signal);
    assert.equal(result.kind === 'outcome' && result.outcome.kind, 'returned');
    const [sent] = broker.askedFor('publish') as [{ vhost: string; draft: { routingKey: string } }];
    assert.deepEqual([sent.vhost, sent.draft.routingKey], ['/', 'k']);
    const invalid = await desk.publish({ ...form, targetKind: 'queue', target: '' }, signal);
    assert.equal(invalid.kind, 'invalid');
    assert.equal(broker.askedFor('publish').length, 1);
  });

  it('is blocked on a read-only profile', async () => {
    const broker = new ScriptedBroker({ open: () => connectedState });
    const sessions = sessionsOver(broker, true);
    await sessions.byId('p').open('x');
    const desk = new PublishDesk('p', '/', form, sessions, silentLog);
    assert.match(desk.state().blocked ?? '', /read-only/);
    await assert.rejects(desk.publish(form, signal), /read-only/);
    assert.equal(broker.askedFor('publish').length, 0);
  });
});
