import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';
import { answerDialogs } from '../support/editorAnswers';
import type { EditorAnswers } from '../support/editorAnswers';
import { eventually } from '../support/eventually';
import { activeExtension } from './activeExtension';

const code = 'likely/unknown-argument';

function textOf(...queues: readonly object[]): string {
  return JSON.stringify(
    {
      rabbit_version: '4.1.2',
      vhosts: [{ name: '/' }],
      exchanges: [
        {
          name: 'orders',
          vhost: '/',
          type: 'topic',
          durable: true,
          auto_delete: false,
          internal: false,
          arguments: {},
        },
      ],
      queues,
      bindings: [],
    },
    undefined,
    2,
  );
}

const known = { name: 'orders.fulfilment', vhost: '/', durable: true, auto_delete: false };
const odd = textOf({ ...known, arguments: { 'x-retries': 1 } });

describe('the topology language service in an editor', () => {
  let api: WorkbenchApi;
  let folder: vscode.Uri;
  let file: vscode.Uri;
  let answers: EditorAnswers | undefined;
  const at = (...path: string[]): vscode.Uri => vscode.Uri.joinPath(folder, ...path);
  const write = async (uri: vscode.Uri, text: string): Promise<void> => {
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  };
  const settings = (): vscode.WorkspaceConfiguration =>
    vscode.workspace.getConfiguration('amqp.topologyFiles');
  const codesOf = (uri: vscode.Uri): unknown[] =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'amqp')
      .map((one) => (typeof one.code === 'object' ? one.code.value : one.code));
  const seen = (uri: vscode.Uri, ...codes: string[]): Promise<void> =>
    eventually(() =>
      assert.deepEqual(
        codesOf(uri).filter((one) => one === code || codes.includes(String(one))),
        codes,
      ),
    );

  before(async () => {
    api = await activeExtension();
    const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('the ring opens a folder');
    folder = vscode.Uri.joinPath(root, 'service');
    file = at('shop.definitions.json');
    await write(file, odd);
    await vscode.window.showTextDocument(file);
    await seen(file, code);
  });
  afterEach(async () => {
    answers?.restore();
    answers = undefined;
    for (const name of ['severity', 'target'])
      await settings().update(name, undefined, vscode.ConfigurationTarget.Workspace);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
    // The last check showed what is gone now; the next one shows nothing of it.
    await eventually(() => assert.deepEqual(codesOf(at('old', 'definitions.json')), []));
  });

  it('takes findings as the setting says', async () => {
    await settings().update('severity', { [code]: 'off' }, vscode.ConfigurationTarget.Workspace);
    await seen(file);
  });

  it('says in the status bar what a file is checked for and why, and lets that be chosen', async () => {
    await eventually(() => assert.equal(api.topologyTarget()?.text, 'RabbitMQ 4.0'));
    assert.match(api.topologyTarget()?.tooltip ?? '', /exported from 4\.1\.2/);
    answers = answerDialogs({
      showQuickPick: (picks: readonly vscode.QuickPickItem[]) =>
        picks.find(({ label }) => label.includes('RabbitMQ 3.10')),
    });
    await vscode.commands.executeCommand('amqp.selectTarget');
    assert.equal(settings().inspect('target')?.workspaceValue, '3.10');
    await eventually(() => assert.equal(api.topologyTarget()?.text, 'RabbitMQ 3.10'));
    assert.match(api.topologyTarget()?.tooltip ?? '', /as the settings say/);
  });

  it('ignores what a list beside the file names, made by a quick fix', async () => {
    const [diagnostic] = vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'amqp');
    assert.ok(diagnostic);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file,
      diagnostic.range,
    );
    const ignore = actions.find(({ title }) => title === `Ignore This Here: ${code} in "orders.fulfilment"`);
    assert.ok(ignore?.edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await seen(file);
    const list = await vscode.workspace.openTextDocument(at('.amqp-workbench.json'));
    await list.save();
    await vscode.workspace.fs.delete(list.uri);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(file);
    await seen(file, code);
  });

  it('checks all topology files of the workspace, and follows them on disk', async () => {
    const other = at('old', 'definitions.json');
    await write(other, odd);
    await write(at('package.json'), '{"name":5}');
    answers = answerDialogs({ showInformationMessage: () => undefined, showWarningMessage: () => undefined });
    await vscode.commands.executeCommand('amqp.checkAllTopologyFiles');
    await seen(other, code);
    assert.match(String(answers.shown.at(-1)?.given[0]), /topology files checked: .*warnings? or advice/);
    assert.deepEqual(codesOf(at('package.json')), []);
    // A watcher that has just been made may not look yet: saving again is what a person does, too.
    await eventually(async () => {
      await write(other, textOf(known));
      await eventually(() => assert.ok(!codesOf(other).includes(code)), 3_000);
    }, 24_000);
  });

  it('says what the connected broker has, in lenses and hovers', async () => {
    await write(
      file,
      textOf({ ...known, arguments: { 'x-queue-type': 'quorum' } }, { ...known, name: 'nowhere' }),
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { document } = await vscode.window.showTextDocument(file);
    const titles = async (): Promise<readonly (string | undefined)[]> =>
      (
        await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file, 100)
      ).map(({ command }) => command?.title);
    assert.ok((await titles()).every((title) => title !== undefined && !title.includes('Demo Broker')));
    await vscode.commands.executeCommand('amqp.tryDemoBroker');
    try {
      await eventually(async () => {
        const found = await titles();
        assert.ok(found.includes('Preview Route'), found.join());
        assert.ok(
          found.some((title) => /^Demo Broker: topic/.test(title ?? '')),
          found.join(),
        );
        assert.ok(
          found.some((title) => /^Demo Broker: quorum · .* ready/.test(title ?? '')),
          found.join(),
        );
        assert.ok(found.includes('not on Demo Broker'), found.join());
      });
      const name = document.positionAt(document.getText().indexOf('orders.fulfilment') + 2);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        file,
        name,
      );
      const words = hovers.flatMap(({ contents }) =>
        contents.flatMap((one) => (one instanceof vscode.MarkdownString ? one.value : [])),
      );
      assert.match(words.join('\n'), /On `Demo Broker` now: a `quorum` queue, .* ready/);
    } finally {
      await vscode.commands.executeCommand('amqp.removeConnection', 'demo');
    }
    await eventually(async () =>
      assert.ok((await titles()).every((title) => title?.includes('Demo Broker') === false)),
    );
  });

  it('links rabbitmq.conf to the definitions that it loads', async () => {
    await write(
      at('rabbitmq.conf'),
      'load_definitions = /etc/rabbitmq/shop.definitions.json\nmanagement.load_definitions = gone.json\n',
    );
    await vscode.workspace.openTextDocument(at('rabbitmq.conf'));
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      at('rabbitmq.conf'),
    );
    assert.deepEqual(
      links.map(({ target }) => target?.toString()),
      [file.toString(), undefined],
    );
  });
});
