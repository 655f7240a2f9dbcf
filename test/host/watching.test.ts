import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { silentLog } from '../../src/core/base/log';
import type { Profile } from '../../src/core/broker/profile';
import { BrokerSession } from '../../src/host/brokers/brokerSession';
import { BrokerSessions } from '../../src/host/brokers/brokerSessions';
import { TracingMemory } from '../../src/host/brokers/tracingMemory';
import { MessagesFeed } from '../../src/host/panels/messagesFeed';
import { askBinding } from '../../src/host/watch/askBinding';
import { askOffset } from '../../src/host/watch/askOffset';
import { confirmSource } from '../../src/host/watch/confirmSource';
import { pickWay } from '../../src/host/watch/pickWay';
import type { Alternative, ViewSource } from '../../src/protocol/view';
import { answerDialogs } from '../support/editorAnswers';
import type { EditorAnswers } from '../support/editorAnswers';
import { eventually } from '../support/eventually';
import { FakeMemento } from '../support/fakeMemento';
import { profileStoreOver, rabbitProfile } from '../support/hostProfiles';
import { connectedState, runningTail, ScriptedBroker } from '../support/scriptedBroker';

const network = { noProxy: [], strictSsl: true, systemCertificates: true };
const consume: ViewSource = { kind: 'consume', vhost: '/', queue: 'jobs' };
const firehose: ViewSource = { kind: 'firehose', vhost: '/', queue: 'jobs' };
const stream: ViewSource = { kind: 'stream', vhost: '/', queue: 'audit', offset: { from: 'first' } };

const ways: readonly Alternative[] = [
  { kind: 'peek', label: 'Peek Messages', price: 'Gives back.' },
  { kind: 'binding', label: 'Tail an Exchange and Key', price: 'Sees what you enter.' },
  { kind: 'stream', label: 'From...', price: 'Takes nothing.' },
  {
    kind: 'firehose',
    label: 'Firehose',
    price: 'Costs.',
    warning: 'One more message each.',
    source: firehose,
  },
  {
    kind: 'consume',
    label: 'Consume and Remove...',
    price: 'Removes.',
    warning: 'For good.',
    source: consume,
  },
];

const exchange = { vhost: '/', durable: true, autoDelete: false, internal: false, arguments: [] };
const exchanges = ['topic', 'fanout', 'headers', 'x-consistent-hash'].map((type) => ({
  ...exchange,
  name: type,
  type,
}));

function broker(): ScriptedBroker {
  return new ScriptedBroker({
    open: () => connectedState,
    waysToWatch: () => ways,
    exchanges: () => exchanges,
    openTail: ({ source }) => ({ ...runningTail('v', 'jobs'), source }),
    tracingKept: () => undefined,
  });
}

async function session(scripted = broker(), more: Partial<Profile> = {}): Promise<BrokerSession> {
  const memory = new TracingMemory(new FakeMemento());
  const made = new BrokerSession(rabbitProfile('p', more), scripted.start, () => network, memory, silentLog);
  await made.open('x');
  return made;
}

let dialogs: EditorAnswers | undefined;
afterEach(() => {
  dialogs?.restore();
  dialogs = undefined;
});

describe('ways to watch that take or change something', () => {
  it('are confirmed in a native dialog that names the queue, with the verb on its button', async () => {
    dialogs = answerDialogs({ showWarningMessage: () => 'Consume and Remove' });
    assert.equal(await confirmSource(await session(), consume), 'given');
    const [question, options, ...buttons] = dialogs.shown[0]?.given ?? [];
    assert.equal(question, 'Consume and remove the messages of "jobs"?');
    assert.deepEqual(options, { modal: true, detail: 'For good.' });
    assert.deepEqual(buttons, ['Consume and Remove']);
  });

  it('are declined by anything else', async () => {
    dialogs = answerDialogs({ showWarningMessage: () => undefined });
    assert.equal(await confirmSource(await session(), firehose), 'declined');
    assert.match(String(dialogs.shown[0]?.given[0]), /^Switch on tracing for virtual host "\/"\?$/);
  });

  it('want the name of the queue to be typed on a production broker', async () => {
    for (const [typed, consent] of [
      ['jobs', 'given'],
      ['job', 'declined'],
      [undefined, 'declined'],
    ] as const) {
      dialogs = answerDialogs({ showWarningMessage: () => 'Consume and Remove', showInputBox: () => typed });
      const production = await session(broker(), { environment: 'production' });
      assert.equal(await confirmSource(production, consume), consent);
      dialogs.restore();
    }
  });

  it('are asked about only where that is needed', async () => {
    dialogs = answerDialogs({ showWarningMessage: () => undefined });
    assert.equal(await confirmSource(await session(), stream), 'notNeeded');
    assert.deepEqual(dialogs.shown, []);
  });

  it('leave a panel as it is when they are declined, and are opened as confirmed when they are not', async () => {
    const scripted = broker();
    const { store } = profileStoreOver({ user: [rabbitProfile('p')] });
    const memory = new TracingMemory(new FakeMemento());
    const sessions = new BrokerSessions(store, scripted.start, () => network, memory, silentLog);
    const connect = async (id: string): Promise<boolean> => {
      const { state } = sessions.byId(id);
      return state.status === 'connected' || (await sessions.byId(id).open('x')).status === 'connected';
    };
    const subject = { profileId: 'p', kind: 'tail', source: stream } as const;
    const feed = new MessagesFeed(subject, sessions, connect, silentLog);
    await feed.start();
    dialogs = answerDialogs({ showWarningMessage: () => undefined });
    await feed.show({ source: consume });
    assert.deepEqual(feed.revival.source, stream);
    assert.equal(scripted.askedFor('closeView').length, 0);
    dialogs.restore();
    dialogs = answerDialogs({ showWarningMessage: () => 'Consume and Remove' });
    await feed.show({ source: consume });
    assert.deepEqual(scripted.askedFor('openTail'), [
      { source: stream, confirmed: false },
      { source: consume, confirmed: true },
    ]);
    assert.equal(dialogs.shown.length, 1, 'asked once');
    feed.dispose();
  });
});

describe('what the host remembers of tracing', () => {
  it('is kept before the worker goes on, handed to the next worker, and forgotten when it is off', async () => {
    const scripted = broker();
    const memory = new TracingMemory(new FakeMemento());
    const profile = rabbitProfile('p');
    const first = new BrokerSession(profile, scripted.start, () => network, memory, silentLog);
    await first.open('x');
    scripted.server?.emit('tracing', { vhosts: ['/', 'b'] });
    await eventually(() => assert.deepEqual(scripted.askedFor('tracingKept'), [{ vhosts: ['/', 'b'] }]));
    assert.deepEqual(memory.of(profile), ['/', 'b']);
    const next = new BrokerSession(profile, scripted.start, () => network, memory, silentLog);
    await next.open('x');
    const opened = scripted.askedFor('open') as readonly { tracing: readonly string[] }[];
    assert.deepEqual(
      opened.map(({ tracing }) => tracing),
      [[], ['/', 'b']],
    );
    scripted.server?.emit('tracing', { vhosts: [] });
    await eventually(() => assert.deepEqual(memory.of(profile), []));
    assert.deepEqual(memory.of({ ...profile, host: 'elsewhere' }), [], 'another endpoint is another broker');
  });
});

describe('the questions about an exchange', () => {
  const ask = async (name: string, more: Parameters<typeof answerDialogs>[0] = {}) => {
    dialogs = answerDialogs(more);
    return askBinding(await session(), '/', name);
  };

  it('are none for a fanout, and a key for a topic exchange', async () => {
    assert.deepEqual(await ask('fanout'), {
      kind: 'binding',
      vhost: '/',
      exchange: 'fanout',
      routingKey: '',
    });
    const source = await ask('topic', { showInputBox: () => 'order.#' });
    assert.deepEqual(source, { kind: 'binding', vhost: '/', exchange: 'topic', routingKey: 'order.#' });
    assert.equal(await ask('topic', { showInputBox: () => undefined }), undefined);
  });

  it('are headers with their types for a headers exchange', async () => {
    const typed = ['format = pdf', 'pages = 12', ''];
    const source = await ask('headers', {
      showQuickPick: (items: readonly { mode: string }[]) => items.find(({ mode }) => mode === 'any'),
      showInputBox: () => typed.shift(),
    });
    assert.deepEqual(source?.kind === 'binding' && source.arguments, [
      { name: 'x-match', value: { type: 'longstr', value: 'any' } },
      { name: 'format', value: { type: 'longstr', value: 'pdf' } },
      { name: 'pages', value: { type: 'long', value: '12' } },
    ]);
  });

  it('are not asked where a tail would take messages from others', async () => {
    await assert.rejects(ask('x-consistent-hash'), /would take messages from others/);
    await assert.rejects(ask(''), /default exchange cannot be mirrored/);
  });
});

describe('Live Tail From...', () => {
  const choose = (label: string) => ({
    showQuickPick: (items: readonly { label: string }[]) =>
      items.find((item) => item.label.startsWith(label)),
  });
  const jobs = { vhost: '/', kind: 'queue', name: 'jobs' } as const;

  it('lists the ways with their price, and opens the chosen one', async () => {
    dialogs = answerDialogs(choose('Consume'));
    assert.deepEqual(await pickWay(await session(), jobs), { kind: 'tail', source: consume });
    const [items] = dialogs.shown[0]?.given as [readonly { label: string; detail: string }[]];
    assert.deepEqual(
      items.map(({ label, detail }) => [label, detail]),
      ways.map(({ label, price }) => [label, price]),
    );
    dialogs.restore();
    dialogs = answerDialogs(choose('Peek'));
    assert.equal((await pickWay(await session(), jobs))?.kind, 'peek');
  });

  it('asks where in a stream to begin', async () => {
    const cases: readonly (readonly [string, string | undefined, unknown])[] = [
      ['New Messages', undefined, { from: 'next' }],
      ['From the First', undefined, { from: 'first' }],
      ['From the Last', undefined, { from: 'last' }],
      ['From an Offset', ' 17 ', { from: 'number', value: '17' }],
      ['From a Time', '2026-01-31T12:00:00Z', { from: 'timestamp', value: '1769860800' }],
      ['The Last', '5m', { from: 'age', value: '5m' }],
      ['The Last', undefined, undefined],
    ];
    for (const [label, typed, offset] of cases) {
      dialogs = answerDialogs({ ...choose(label), showInputBox: () => typed });
      assert.deepEqual(await askOffset('tail'), offset, label);
      dialogs.restore();
    }
  });
});
