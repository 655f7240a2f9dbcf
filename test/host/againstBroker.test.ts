import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';
import { answerDialogs } from '../support/editorAnswers';
import type { EditorAnswers } from '../support/editorAnswers';
import { eventually } from '../support/eventually';
import { activeExtension } from './activeExtension';

const vhostRow = { kind: 'vhost', profileId: 'demo', vhost: '/' };

const queue = (name: string, more: object = {}): object => ({
  name,
  vhost: '/',
  durable: true,
  auto_delete: false,
  arguments: { 'x-queue-type': 'classic' },
  ...more,
});
const definitions = {
  vhosts: [{ name: '/' }],
  exchanges: [{ ...queue('returns'), type: 'topic', internal: false, arguments: {} }],
  queues: [queue('returns.eu'), queue('orders.invoicing', { arguments: { 'x-message-ttl': 5 } })],
  bindings: [
    {
      source: 'returns',
      vhost: '/',
      destination: 'returns.eu',
      destination_type: 'queue',
      routing_key: 'return.#',
      arguments: {},
    },
  ],
};

/** A quick pick that a test types into. */
interface FakePick {
  items: readonly vscode.QuickPickItem[];
  readonly title: string;
  type(value: string): void;
}

/** Puts a scripted quick pick in the place of the editor's: each is used and then closed. */
function scriptedPicks(use: (pick: FakePick) => Promise<void>): { restore: () => void; failures: unknown[] } {
  const window = vscode.window as unknown as { createQuickPick: unknown };
  const original = window.createQuickPick;
  const failures: unknown[] = [];
  window.createQuickPick = () => {
    const changed = new vscode.EventEmitter<string>();
    const hidden = new vscode.EventEmitter<undefined>();
    const pick = {
      items: [] as readonly vscode.QuickPickItem[],
      value: '',
      title: '',
      onDidChangeValue: changed.event,
      onDidAccept: new vscode.EventEmitter<undefined>().event,
      onDidTriggerButton: new vscode.EventEmitter<unknown>().event,
      onDidHide: hidden.event,
      show: () =>
        void use(pick)
          .catch((thrown: unknown) => failures.push(thrown))
          .finally(() => hidden.fire(undefined)),
      hide: () => hidden.fire(undefined),
      dispose: () => undefined,
      type(value: string) {
        pick.value = value;
        changed.fire(value);
      },
    };
    return pick;
  };
  return { restore: () => (window.createQuickPick = original), failures };
}

describe('a definitions file against the demo broker', () => {
  let api: WorkbenchApi;
  let file: vscode.Uri;
  let answers: EditorAnswers | undefined;
  const labels = (rows: readonly { label: string }[]): string[] => rows.map(({ label }) => label);
  const queues = async (): Promise<string[]> => labels(await api.rows('Demo Broker', '/', 'Queues'));

  before(async () => {
    api = await activeExtension();
    await vscode.commands.executeCommand('amqp.tryDemoBroker');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'The ring opens a folder.');
    file = vscode.Uri.joinPath(folder.uri, 'returns.definitions.json');
    await vscode.workspace.fs.writeFile(
      file,
      new TextEncoder().encode(JSON.stringify(definitions, undefined, 2)),
    );
    await vscode.window.showTextDocument(file);
  });
  afterEach(() => answers?.restore());
  after(async () => {
    await vscode.commands.executeCommand('amqp.closeComparison');
    await vscode.commands.executeCommand('amqp.closePlan');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file);
    await vscode.commands.executeCommand('amqp.removeConnection', 'demo');
  });

  it('is compared, in the words of the direction, and the other way round', async () => {
    answers = answerDialogs({ showQuickPick: (items: { side?: object }[]) => items[0] });
    await vscode.commands.executeCommand('amqp.compareWithBroker', file);
    assert.deepEqual(
      labels(api.comparison()).filter((label) => label.startsWith('Only in the File')),
      ['Only in the File: Exchanges', 'Only in the File: Queues', 'Only in the File: Bindings'],
    );
    assert.deepEqual(labels(api.comparison('Only in the File: Queues')), ['returns.eu']);
    const [changed] = api.comparison('Different: Queues');
    assert.equal(changed?.label, 'orders.invoicing');
    assert.match(changed.description ?? '', /x-message-ttl/);
    const onBroker = labels(api.comparison('Only on Demo Broker: Queues'));
    assert.ok(onBroker.includes('orders.fulfilment'), onBroker.join());
    await vscode.commands.executeCommand('amqp.swapComparison');
    assert.match(
      labels(api.comparison()).find((label) => label.startsWith('Only')) ?? '',
      /^Only on Demo Broker: /,
    );
  });

  it('is planned, applied without what would be ignored, and undone', async () => {
    const before = await queues();
    await vscode.commands.executeCommand('amqp.planImport', file);
    assert.deepEqual(labels(api.importPlan('Create: Queues')), ['returns.eu']);
    assert.ok(api.importPlan('Create: Queues').every(({ checked }) => checked === true));
    const [ignored] = api.importPlan('Different, Left as It Is: Queues');
    assert.equal(ignored?.label, 'orders.invoicing');
    assert.equal(ignored.checked, undefined);

    answers = answerDialogs({
      showWarningMessage: (_text: string, options: { modal?: boolean } | undefined, verb: string) =>
        options?.modal === true ? verb : undefined,
      showInformationMessage: () => undefined,
      showQuickPick: (items: unknown[]) => items[0],
    });
    await vscode.commands.executeCommand('amqp.applyPlan');
    const asked = answers.shown.find(({ dialog }) => dialog === 'showWarningMessage')?.given ?? [];
    assert.match(String(asked[0]), /^Apply \d objects of returns\.definitions\.json to Demo Broker\?$/);
    assert.match(JSON.stringify(asked[1]), /Creates 1 exchange, 1 queue and 1 binding\./);
    const [made] = api.importPlan('Create: Queues');
    assert.equal(made?.description, 'created');
    assert.equal(made.checked, undefined);
    assert.ok((await queues()).includes('returns.eu'));

    await vscode.commands.executeCommand('amqp.undoImport');
    assert.deepEqual(
      api.importPlan('Remove').map(({ label, description }) => [label, description]),
      [
        ['returns → returns.eu  (return.#)', 'removed'],
        ['returns.eu', 'removed'],
        ['returns', 'removed'],
      ],
    );
    assert.deepEqual(await queues(), before);
  });

  it('changes nothing when the question is answered with Escape', async () => {
    const before = await queues();
    await vscode.commands.executeCommand('amqp.planImport', file);
    answers = answerDialogs({ showWarningMessage: () => undefined });
    await vscode.commands.executeCommand('amqp.applyPlan');
    assert.equal(api.importPlan('Create: Queues')[0]?.checked, true);
    assert.deepEqual(await queues(), before);
  });

  it('is written by an export, of one virtual host without naming it, and opened', async () => {
    const target = vscode.Uri.joinPath(file, '..', 'export.definitions.json');
    answers = answerDialogs({
      showSaveDialog: () => target,
      showQuickPick: (items: unknown[]) => items[0],
      showInformationMessage: () => undefined,
      showWarningMessage: () => undefined,
    });
    await vscode.commands.executeCommand('amqp.exportDefinitions', vhostRow);
    const exported = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(target))) as {
      queues: { name: string; vhost?: string }[];
    };
    assert.ok(exported.queues.some(({ name, vhost }) => name === 'orders.fulfilment' && vhost === undefined));
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), target.toString());
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(target);
  });

  it('shows where a message goes while its routing key is typed, of the file and of the broker', async () => {
    const titles: string[] = [];
    const routes = scriptedPicks(async (pick) => {
      titles.push(pick.title);
      const ofFile = pick.title.includes('returns');
      pick.type('x');
      pick.type(ofFile ? 'return.eu' : 'order.created.eu');
      const expected = ofFile
        ? [/returns\.eu returns → returns\.eu {2}\(return\.#\)/]
        : [
            /orders\.fulfilment .*order\.created\.\*/,
            /orders\.dead dead letters of orders\.fulfilment via orders\.dlx/,
          ];
      await eventually(() => {
        const lines = pick.items.map(({ label, description }) => `${label} ${description ?? ''}`).join('\n');
        for (const line of expected) assert.match(lines, line);
      });
    });
    try {
      const ofFile = { uri: file.toString(), vhost: '/', exchange: 'returns' };
      await vscode.commands.executeCommand('amqp.previewRoute', ofFile);
      const ofBroker = { ...vhostRow, kind: 'exchange', name: 'orders' };
      await vscode.commands.executeCommand('amqp.previewRoute', ofBroker);
    } finally {
      routes.restore();
    }
    assert.deepEqual(routes.failures, []);
    assert.deepEqual(titles, [
      'Route from returns (returns.definitions.json)',
      'Route from orders (Demo Broker, virtual host /)',
    ]);
  });
});
