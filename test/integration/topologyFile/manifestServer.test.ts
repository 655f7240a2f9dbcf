import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LanguageClient } from '../../support/languageClient';
import { resource } from '../../support/manifestCases';

const queue = resource('Queue', ['name: orders', 'durable: true', 'type: quorum']);
const binding = resource(
  'Binding',
  ['source: amq.topic', 'destination: orders', 'destinationType: queue', 'routingKey: a'],
  'v1beta1',
  'b',
);

describe('manifests in the editor and on the command line', function () {
  // Each starts a Node process.
  this.timeout(20_000);
  let folder = '';
  let client: LanguageClient;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'amqp-manifests-'));
    client = new LanguageClient();
  });
  afterEach(() => {
    client.kill();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string): string => path.join(folder, name);
  const uri = (name: string): string => pathToFileURL(file(name)).toString();
  const codes = async (): Promise<unknown[]> => {
    const { uri: about, diagnostics } = await client.next();
    return [path.basename(about), ...diagnostics.map(({ code }) => code)];
  };
  const change = (name: string, version: number, text: string): Promise<void> =>
    client.notify('textDocument/didChange', {
      textDocument: { uri: uri(name), version },
      contentChanges: [{ text }],
    });

  it('reports an open manifest, resolved with its neighbours on disk and in the editor', async () => {
    writeFileSync(file('queue.yaml'), queue);
    await client.start();
    await client.open(uri('binding.yaml'), binding, 'yaml');
    assert.deepEqual(await codes(), ['binding.yaml']);
    await client.open(uri('queue.yaml'), queue.replace('orders', 'order'), 'yaml');
    const both = [await codes(), await codes()].sort();
    assert.deepEqual(both, [['binding.yaml', 'likely/not-in-folder'], ['queue.yaml']]);
    await client.notify('textDocument/didClose', { textDocument: { uri: uri('queue.yaml') } });
    assert.deepEqual(await codes(), ['queue.yaml']);
    assert.deepEqual(await codes(), ['binding.yaml']);
  });

  it('follows a neighbour that changes on disk', async () => {
    await client.start();
    await client.open(uri('binding.yaml'), binding, 'yaml');
    assert.deepEqual(await codes(), ['binding.yaml', 'likely/not-in-folder']);
    writeFileSync(file('queue.yaml'), queue);
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('queue.yaml'), type: 1 }],
    });
    assert.deepEqual(await codes(), ['binding.yaml']);
  });

  it('checks manifests that are not open together with their folder, and follows them', async () => {
    writeFileSync(file('binding.yaml'), binding);
    writeFileSync(file('deployment.yaml'), 'apiVersion: apps/v1\nkind: Deployment\n');
    await client.start();
    const uris = ['binding.yaml', 'deployment.yaml'].map(uri);
    const checked = await client.request('amqp/checkFiles', { uris });
    assert.deepEqual(checked, { files: 1, errors: 0, others: 1, problems: [] });
    assert.deepEqual(await codes(), ['binding.yaml', 'likely/not-in-folder']);
    writeFileSync(file('queue.yaml'), queue);
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('queue.yaml'), type: 1 }],
    });
    assert.deepEqual(await codes(), ['binding.yaml']);
    rmSync(file('queue.yaml'));
    const again = await client.request('amqp/checkFiles', { uris });
    assert.deepEqual(again, { files: 1, errors: 0, others: 1, problems: [] });
    assert.deepEqual(await codes(), ['binding.yaml', 'likely/not-in-folder']);
    await client.open(uri('binding.yaml'), binding, 'yaml');
    assert.deepEqual(await codes(), ['binding.yaml', 'likely/not-in-folder']);
    await client.notify('textDocument/didClose', { textDocument: { uri: uri('binding.yaml') } });
    assert.deepEqual(await codes(), ['binding.yaml', 'likely/not-in-folder']);
  });

  it('leaves other YAML alone, takes up what becomes a manifest, and clears up what is none any more', async () => {
    await client.start();
    await client.open(uri('deployment.yaml'), 'apiVersion: apps/v1\nkind: Deployment\n', 'yaml');
    await client.open(uri('a.yaml'), queue.replace('durable: true', 'durable: false'), 'yaml');
    assert.deepEqual(await codes(), ['a.yaml', 'refused/queue-not-created']);
    await change('a.yaml', 2, 'apiVersion: apps/v1\n');
    assert.deepEqual(await codes(), ['a.yaml']);
    await change('deployment.yaml', 2, queue.replace('quorum', 'quorm'));
    assert.deepEqual(await codes(), ['deployment.yaml', 'refused/unknown-queue-type']);
  });

  it('renames in all files of the folder, and says why not', async () => {
    writeFileSync(file('queue.yaml'), queue);
    await client.start();
    await client.open(uri('binding.yaml'), binding, 'yaml');
    const line = binding.split('\n').findIndex((text) => text.includes('destination: orders'));
    const there = {
      textDocument: { uri: uri('binding.yaml') },
      position: { line, character: binding.split('\n')[line]?.indexOf('orders') ?? 0 },
    };
    const start = await client.request<{ placeholder: string }>('textDocument/prepareRename', there);
    assert.equal(start.placeholder, 'orders');
    const edit = await client.request('textDocument/rename', { ...there, newName: 'sales' });
    const { changes } = edit as { changes: Record<string, { newText: string }[]> };
    assert.deepEqual(
      Object.entries(changes).map(([name, edits]) => [name, edits.map(({ newText }) => newText)]),
      [
        [uri('binding.yaml'), ['sales']],
        [uri('queue.yaml'), ['sales']],
      ],
    );
    await assert.rejects(client.request('textDocument/rename', { ...there, newName: '' }), /needs a name/);
  });

  it('answers hover, completion, definition, outline and quick fixes', async () => {
    writeFileSync(file('queue.yaml'), queue);
    await client.start();
    await client.open(uri('binding.yaml'), binding, 'yaml');
    const at = (line: number, character: number): unknown => ({
      textDocument: { uri: uri('binding.yaml') },
      position: { line, character },
    });
    const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', at(4, 4));
    assert.match(hover.contents.value, /The exchange that messages come from/);
    const { items } = await client.request<{ items: { label: string }[] }>(
      'textDocument/completion',
      at(5, 17),
    );
    assert.deepEqual(
      items.map(({ label }) => label),
      ['orders'],
    );
    const [definition] = await client.request<{ uri: string; range: { start: unknown } }[]>(
      'textDocument/definition',
      at(5, 17),
    );
    assert.deepEqual(
      [definition?.uri, definition?.range.start],
      [uri('queue.yaml'), { line: 4, character: 8 }],
    );
    const symbols = await client.request<{ name: string }[]>('textDocument/documentSymbol', at(0, 0));
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['amq.topic → orders'],
    );
    await client.open(uri('a.yaml'), queue.replace('durable: true', 'durable: false'), 'yaml');
    const place = { line: 5, character: 12 };
    const actions = await client.request<{ title: string }[]>('textDocument/codeAction', {
      textDocument: { uri: uri('a.yaml') },
      range: { start: place, end: place },
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Make It Durable'],
    );
  });

  it('is checked by the command line, a folder together and one file with the others of its folder', () => {
    writeFileSync(file('queue.yaml'), queue);
    writeFileSync(file('binding.yml'), binding);
    writeFileSync(file('deployment.yaml'), 'apiVersion: apps/v1\nkind: Deployment\n');
    const run = (...words: string[]): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, ['dist/cli.js', 'check', ...words], { encoding: 'utf8' });
    assert.deepEqual([run(folder).status, run(folder).stdout], [0, '']);
    assert.match(run(folder).stderr, /^2 files checked/);
    assert.equal(run(file('binding.yml')).stdout, '');
    writeFileSync(file('queue.yaml'), queue.replace('durable: true', 'durable: false'));
    const { status, stdout } = run('--format', 'json', path.join(folder, '*.yaml'));
    assert.equal(status, 1);
    const [found] = JSON.parse(stdout) as Record<string, unknown>[];
    assert.deepEqual(
      [found?.['file'], found?.['line'], found?.['column'], found?.['code'], found?.['severity']],
      [file('queue.yaml'), 6, 12, 'refused/queue-not-created', 'error'],
    );
    writeFileSync(file('.amqp-workbench.json'), '{"ignore":[{"code":"refused/*","name":"orders"}]}');
    assert.deepEqual([run(folder).status, run(folder).stdout], [0, '']);
    writeFileSync(file('kustomization.yaml'), 'patches:\n- path: ./patch.yaml\n');
    writeFileSync(
      file('patch.yaml'),
      'apiVersion: rabbitmq.com/v1beta1\nkind: Policy\nmetadata: {name: p}\nspec: {}\n',
    );
    assert.deepEqual([run(folder).status, run(folder).stdout], [0, '']);
  });
});
