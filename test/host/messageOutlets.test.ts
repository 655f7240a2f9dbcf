import assert from 'node:assert/strict';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { utf8Bytes } from '../../src/core/base/bytes';
import { Failure } from '../../src/core/base/failure';
import { silentLog } from '../../src/core/base/log';
import type { MessageDetail } from '../../src/core/message/detail';
import type { PublishForm } from '../../src/core/message/publishForm';
import { BrokerSessions } from '../../src/host/brokers/brokerSessions';
import { TracingMemory } from '../../src/host/brokers/tracingMemory';
import { Login } from '../../src/host/brokers/login';
import { RememberedQueues } from '../../src/host/brokers/rememberedQueues';
import { Pickers } from '../../src/host/commands/pickers';
import { suggestedName } from '../../src/host/localFiles';
import { messageOutlets } from '../../src/host/panels/messageOutlets';
import { MessagesFeed } from '../../src/host/panels/messagesFeed';
import { ReadOnlyDocuments } from '../../src/host/panels/readOnlyDocuments';
import { Passwords } from '../../src/host/profiles/passwords';
import { replayRecording } from '../../src/host/replay/replayRecording';
import { editorWords } from '../../src/host/words';
import type { BrokerContract, ReplayParams } from '../../src/protocol/brokerContract';
import type { Handlers } from '../../src/protocol/endpoint';
import { answerDialogs } from '../support/editorAnswers';
import type { EditorAnswers } from '../support/editorAnswers';
import { eventually } from '../support/eventually';
import { FakeMemento } from '../support/fakeMemento';
import { FakeSecrets, profileStoreOver, rabbitProfile } from '../support/hostProfiles';
import { connectedState, runningTail, ScriptedBroker } from '../support/scriptedBroker';

const network = { noProxy: [], strictSsl: true, systemCertificates: true };
const never = new AbortController().signal;
const releases: (() => unknown)[] = [];

afterEach(async () => {
  for (const release of releases.splice(0)) await release();
});

function answering(answers: Parameters<typeof answerDialogs>[0]): EditorAnswers {
  const dialogs = answerDialogs(answers);
  releases.push(() => dialogs.restore());
  return dialogs;
}

function detail(more: Partial<MessageDetail> = {}): MessageDetail {
  const body = more.body ?? utf8Bytes('{"id":7}');
  return {
    seq: 12,
    receivedAt: Date.UTC(2026, 10, 24),
    exchange: 'orders',
    routingKey: 'order.created',
    redelivered: false,
    sentByYou: false,
    properties: {
      contentType: 'application/json',
      headers: [
        { name: 'retries', value: { type: 'int', value: 3 } },
        { name: 'when', value: { type: 'timestamp', value: '1700000000' } },
      ],
    },
    size: body.length,
    body,
    ...more,
  };
}

/** The outlets of a panel whose worker answers as scripted. */
async function panel(script: Partial<Handlers<BrokerContract>>) {
  const broker = new ScriptedBroker({
    open: () => connectedState,
    openTail: () => runningTail('v1', 'orders'),
    message: ({ seq }) => detail({ seq }),
    ...script,
  });
  const { store } = profileStoreOver({ user: [rabbitProfile('p')] });
  const sessions = new BrokerSessions(
    store,
    broker.start,
    () => network,
    new TracingMemory(new FakeMemento()),
    silentLog,
  );
  const connect = async (id: string): Promise<boolean> =>
    (await sessions.byId(id).open('x')).status === 'connected';
  const source = { kind: 'queue', vhost: '/', queue: 'orders' } as const;
  const feed = new MessagesFeed({ profileId: 'p', kind: 'tail', source }, sessions, connect, silentLog);
  await feed.start();
  const forms: PublishForm[] = [];
  const documents = new ReadOnlyDocuments();
  releases.push(() => {
    documents.dispose();
    feed.dispose();
  });
  return {
    broker,
    forms,
    outlets: messageOutlets(feed, documents, (_, __, form) => void forms.push(form)),
  };
}

describe('what leaves a messages panel', () => {
  it('opens the publish panel with everything of the message, its header types included', async () => {
    const { outlets, forms } = await panel({});
    await outlets.publishAgain({ seq: 12 }, never);
    assert.deepEqual(forms, [
      {
        targetKind: 'exchange',
        target: 'orders',
        routingKey: 'order.created',
        body: '{"id":7}',
        bodyEncoding: 'text',
        properties: { contentType: 'application/json' },
        headers: [
          { name: 'retries', type: 'int', value: '3' },
          { name: 'when', type: 'timestamp', value: '1700000000' },
        ],
      },
    ]);
  });

  it('compares two messages in the diff editor, the earlier one on the left', async () => {
    const { outlets } = await panel({});
    await outlets.compare({ left: 15, right: 12 }, never);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, 'orders 12 ↔ 15');
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const left = await vscode.workspace.openTextDocument(tab.input.original);
    assert.match(left.getText(), /^content type: application\/json$/m);
    assert.match(left.getText(), /^retries \(int\): 3$/m);
    assert.match(left.getText(), /^# Body: 8 bytes, JSON\n\{\n {2}"id": 7\n\}$/m);
    await vscode.window.tabGroups.close(tab);
  });

  it('opens a body as a document of its language', async () => {
    const { outlets } = await panel({});
    await outlets.openInEditor({ seq: 12 }, never);
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual([document?.languageId, document?.getText()], ['json', '{"id":7}']);
  });

  it('opens what a decoder made of a compressed body, and hex where none could', async () => {
    const body = Uint8Array.of(0x1f, 0x8b, 8);
    const decoded = { decoder: 'gzip', label: 'gzip, then JSON', cut: false, choices: [] };
    const { outlets } = await panel({
      message: ({ seq }) => detail({ seq, body, properties: { contentEncoding: 'gzip' } }),
      decode: ({ seq }) => ({
        ...decoded,
        ...(seq === 1 ? { text: '{"a": 1}', language: 'json' } : { text: '1f 8b', language: 'hex' }),
      }),
    });
    await outlets.openInEditor({ seq: 1 }, never);
    const first = vscode.window.activeTextEditor?.document;
    assert.deepEqual([first?.languageId, first?.getText()], ['json', '{"a": 1}']);
    await outlets.openInEditor({ seq: 2 }, never);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /^00000000 {2}1f 8b 08/);
  });

  it('copies the body, the headers with their types, and calls of clients', async () => {
    const { outlets } = await panel({});
    const copied = async (what: 'body' | 'headers' | 'amqplib' | 'pika'): Promise<string> => {
      await outlets.copy({ seq: 12, what }, never);
      return vscode.env.clipboard.readText();
    };
    assert.equal(await copied('body'), '{"id":7}');
    assert.match(await copied('headers'), /"retries": \{\n {4}"!": "int",/);
    assert.match(await copied('amqplib'), /^channel\.publish\("orders", "order\.created"/m);
    assert.match(await copied('pika'), /^channel\.basic_publish\($/m);
  });

  it('exports to the file that the user chose, and to none of another machine', async () => {
    const { outlets, broker } = await panel({
      exportView: () => ({ messages: 1_204, bytes: 9, missing: 3 }),
    });
    const chosen = [vscode.Uri.file('/tmp/out.csv'), undefined, vscode.Uri.parse('vscode-vfs://github/x/y')];
    const dialogs = answering({
      showSaveDialog: () => chosen.shift(),
      showWarningMessage: () => undefined,
      showInformationMessage: () => undefined,
    });
    const params = { format: 'csv', matchingOnly: true } as const;
    await outlets.exportView(params, never);
    await outlets.exportView(params, never);
    await assert.rejects(async () => outlets.exportView(params, never), /Only files of the machine/);
    assert.deepEqual(broker.askedFor('exportView'), [{ ...params, path: '/tmp/out.csv', viewId: 'v1' }]);
    const [save] = dialogs.shown;
    const options = save?.given[0] as vscode.SaveDialogOptions;
    assert.match(path.basename(options.defaultUri?.fsPath ?? ''), /^orders-\d{8}-\d{6}\.csv$/);
    const [told] = dialogs.shown.filter(({ dialog }) => dialog === 'showWarningMessage');
    assert.match(String(told?.given[0]), /^1,204 messages written to out.csv. 3 more were let go/);
  });

  it('cancels an export with its panel, and says nothing then', async () => {
    const { outlets } = await panel({
      exportView: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Failure('cancelled', 'Cancelled.')));
        }),
    });
    const dialogs = answering({
      showSaveDialog: () => vscode.Uri.file('/tmp/out.jsonl'),
      showInformationMessage: () => undefined,
    });
    const closing = new AbortController();
    const exporting = outlets.exportView({ format: 'jsonl', matchingOnly: false }, closing.signal);
    await eventually(() => assert.equal(dialogs.shown.length, 1));
    closing.abort();
    await exporting;
    assert.equal(dialogs.shown.length, 1);
  });

  it('records to the file that the user chose, and says what is in it afterwards', async () => {
    const state = { path: '/tmp/tail.jsonl', messages: 1, bytes: 100, leftOut: 0 };
    const { outlets, broker } = await panel({
      startRecording: () => ({ ...runningTail('v1', 'orders'), recording: { ...state, messages: 0 } }),
      stopRecording: () => state,
    });
    const dialogs = answering({
      showSaveDialog: () => vscode.Uri.file('/tmp/tail.jsonl'),
      showInformationMessage: () => undefined,
    });
    await outlets.record({ on: true }, never);
    assert.deepEqual(broker.askedFor('startRecording'), [{ path: '/tmp/tail.jsonl', viewId: 'v1' }]);
    await outlets.record({ on: false }, never);
    const told = dialogs.shown.at(-1)?.given;
    assert.deepEqual(told, ['1 message written to tail.jsonl.', 'Open', 'Replay...']);
  });

  it('suggests names that every file system takes', () => {
    const at = new Date(2026, 10, 24, 9, 5, 7);
    assert.equal(suggestedName('a/b:c*d', 'jsonl', at), 'a_b_c_d-20261124-090507.jsonl');
    assert.equal(suggestedName('...', 'csv', at), 'messages-20261124-090507.csv');
  });
});

const facts = {
  messages: 5,
  notes: 0,
  unusable: 1,
  problems: ['Line 3: This is not JSON.'],
  lengthMs: 90_000,
  exchanges: [{ name: 'orders', messages: 5 }],
  moreExchanges: false,
  otherUsers: 0,
  expiring: 2,
  copied: 0,
  withBrokerHeaders: 0,
};

const done = { published: 5, routed: 4, returned: 1, refused: 0, unknown: 0, skipped: 1 };

/** The command over a worker that counts as scripted. */
function replayer(
  script: Partial<Handlers<BrokerContract>>,
  ...profiles: Parameters<typeof rabbitProfile>[]
): { broker: ScriptedBroker; replay: (file: string) => Promise<void> } {
  const broker = new ScriptedBroker({
    open: () => connectedState,
    vhosts: () => [{ name: '/' }],
    recordingFacts: () => facts,
    replay: () => done,
    ...script,
  });
  const { store } = profileStoreOver({ user: profiles.map((each) => rabbitProfile(...each)) });
  const sessions = new BrokerSessions(
    store,
    broker.start,
    () => network,
    new TracingMemory(new FakeMemento()),
    silentLog,
  );
  const login = new Login(sessions, new Passwords(new FakeSecrets()));
  const memory = { get: () => undefined, update: () => Promise.resolve(), keys: () => [] };
  const pickers = new Pickers(store, sessions, login, new RememberedQueues(memory), editorWords());
  const replay = (file: string): Promise<void> =>
    replayRecording({ sessions, login, pickers, showLog: () => undefined }, file);
  return { broker, replay };
}

/** Takes the pick whose label begins like that. */
function picking(...labels: string[]) {
  return (items: readonly { label: string }[]): unknown =>
    items.find(({ label }) => labels.some((each) => label.startsWith(each)));
}

describe('Replay Recording', () => {
  it('counts first, says where and how long, and publishes only after a yes', async () => {
    const { broker, replay } = replayer({}, ['dev']);
    const answers = [undefined, 'Publish', undefined];
    const dialogs = answering({
      showQuickPick: picking('Where Each', 'With the Original'),
      showWarningMessage: () => answers.shift(),
    });
    await replay('/tmp/orders.jsonl');
    assert.equal(broker.askedFor('replay').length, 0);
    const [asked] = dialogs.shown.filter(({ dialog }) => dialog === 'showWarningMessage');
    assert.equal(asked?.given[0], 'Publish 5 messages from orders.jsonl on "dev", virtual host /?');
    const { detail: said } = asked.given[1] as vscode.MessageOptions;
    assert.match(said ?? '', /went before: orders \(5\)\.\nThis takes about 1 min 30 s/);
    assert.match(said ?? '', /^2 messages with an expiration/m);
    assert.match(said ?? '', /^1 line is left out. Line 3: This is not JSON.$/m);
    await replay('/tmp/orders.jsonl');
    assert.deepEqual(broker.askedFor('replay'), [
      { vhost: '/', path: '/tmp/orders.jsonl', timing: { kind: 'original' }, userIds: 'keep' },
    ]);
    await eventually(() =>
      assert.equal(
        dialogs.shown.at(-1)?.given[0],
        '5 messages published: 4 routed, 1 returned because no queue took them, 1 line skipped.',
      ),
    );
  });

  it('wants the name of a production connection typed', async () => {
    const { broker, replay } = replayer({}, ['live', { environment: 'production' }]);
    const typed = [undefined, 'live'];
    answering({
      showQuickPick: picking('Where Each', 'As Fast'),
      showWarningMessage: (_: unknown, options: unknown) =>
        typeof options === 'object' ? 'Publish' : undefined,
      showInputBox: () => typed.shift(),
    });
    await replay('/tmp/orders.jsonl');
    assert.equal(broker.askedFor('replay').length, 0);
    await replay('/tmp/orders.jsonl');
    assert.equal(broker.askedFor('replay').length, 1);
  });

  it('offers to leave out user ids that the broker would refuse', async () => {
    const { broker, replay } = replayer({ recordingFacts: () => ({ ...facts, otherUsers: 5 }) }, ['dev']);
    const dialogs = answering({
      showQuickPick: picking('Where Each', 'At a Rate'),
      showInputBox: () => '25',
      showWarningMessage: () => 'Publish without User IDs',
    });
    await replay('/tmp/orders.jsonl');
    const [params] = broker.askedFor('replay') as [ReplayParams];
    assert.deepEqual([params.userIds, params.timing], ['drop', { kind: 'rate', perSecond: 25 }]);
    const [asked] = dialogs.shown.filter(({ dialog }) => dialog === 'showWarningMessage');
    assert.deepEqual(asked?.given.slice(2), ['Publish without User IDs', 'Publish as They Are']);
  });

  it('does not offer read-only connections, and asks nothing about a file without messages', async () => {
    const locked = replayer({}, ['locked', { readOnly: true }]);
    await assert.rejects(locked.replay('/tmp/orders.jsonl'), /no connection that may publish/);
    const empty = replayer({ recordingFacts: () => ({ ...facts, messages: 0 }) }, ['dev']);
    await assert.rejects(
      empty.replay('/tmp/orders.jsonl'),
      /no message in orders.jsonl that could be published. Line 3: This is not JSON/,
    );
  });
});
