import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CodeAction } from 'vscode-languageserver/node';
import type { TemporaryFolder } from '../../lab/temporaryFolder';
import { temporaryFolder } from '../../lab/temporaryFolder';
import { LanguageClient } from '../../support/languageClient';

const code = 'likely/unknown-argument';
const odd = JSON.stringify({
  vhosts: [{ name: '/' }],
  queues: [{ name: 'q', vhost: '/', durable: true, arguments: { 'x-retries': 1 } }],
});
const refused = JSON.stringify({ queues: [{ name: 5, vhost: '/' }], bindings: [] });

describe('the language server in a folder', function () {
  this.timeout(20_000);
  let folder: TemporaryFolder;
  let client: LanguageClient;
  const uriOf = (name: string): string => pathToFileURL(path.join(folder.path, name)).toString();
  const write = (name: string, content: unknown): string => {
    const file = path.join(folder.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return uriOf(name);
  };
  const changed = async (uri: string, type = 2): Promise<void> => {
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  };

  beforeEach(() => {
    folder = temporaryFolder('server');
    client = new LanguageClient();
  });
  afterEach(async () => {
    client.kill();
    await folder.remove();
  });

  it('takes findings as gravely as the settings say, and again when they change', async () => {
    await client.start({ severity: { 'likely/*': 'error' } });
    await client.open(uriOf('definitions.json'), odd);
    const { diagnostics } = await client.next();
    assert.deepEqual(
      diagnostics.map((one) => [one.code, one.severity]),
      [[code, 1]],
    );
    const topologyFiles = { severity: { [code]: 'off' } };
    await client.notify('workspace/didChangeConfiguration', { settings: { amqp: { topologyFiles } } });
    assert.deepEqual((await client.next()).diagnostics, []);
  });

  it('asks for the settings of each file, where the editor can be asked', async () => {
    const asked: unknown[] = [];
    client.answer('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) => {
      asked.push(...items.map(({ scopeUri }) => scopeUri));
      return items.map(({ scopeUri }) => (scopeUri?.includes('/old/') === true ? { target: '3.10' } : {}));
    });
    client.answer('client/registerCapability', () => null);
    await client.start({}, { workspace: { configuration: true } });
    const text = '{"queues":[],}';
    await client.open(uriOf('old/definitions.json'), text);
    assert.deepEqual(await client.codes(uriOf('old/definitions.json')), ['likely/lax-json']);
    await client.open(uriOf('new/definitions.json'), text);
    assert.deepEqual(await client.codes(uriOf('new/definitions.json')), ['refused/trailing-comma']);
    assert.deepEqual(asked, [uriOf('old/definitions.json'), uriOf('new/definitions.json')]);
  });

  it('follows the nearest ignore list, on disk and while it is edited, before the settings', async () => {
    const list = write('.amqp-workbench.json', { ignore: [{ code, name: 'q' }] });
    await client.start({ severity: { [code]: 'error' } });
    const uri = uriOf('deep/definitions.json');
    await client.open(uri, odd);
    assert.deepEqual(await client.codes(uri), []);
    write('.amqp-workbench.json', { severity: { [code]: 'information' } });
    await changed(list);
    assert.deepEqual(await client.codes(uri), [code]);
    await client.open(list, `{"severity":{"${code}":"off"}}`);
    assert.deepEqual(await client.codes(uri), []);
    await client.notify('textDocument/didClose', { textDocument: { uri: list } });
    assert.deepEqual(await client.codes(uri), [code]);
    rmSync(path.join(folder.path, '.amqp-workbench.json'));
    await changed(list, 3);
    assert.deepEqual(await client.codes(uri), [code]);
  });

  it('shows what makes no sense in an ignore list, until it does', async () => {
    const list = write('.amqp-workbench.json', { ignore: [{ code: 'likely/unknown-argumnt' }] });
    await client.start();
    await client.open(uriOf('definitions.json'), odd);
    const shown = await client.next();
    assert.equal(shown.uri, list);
    assert.match(shown.diagnostics[0]?.message as string, /did you mean "likely\/unknown-argument"/);
    write('.amqp-workbench.json', { ignore: [{ code }] });
    await changed(list);
    assert.deepEqual(await client.codes(list), []);
  });

  describe('offers to ignore what is found', () => {
    const titles = [`Ignore This Here: ${code} in "q"`, `Ignore This Code: ${code}`, 'Configure Severity...'];
    async function actions(initialization: unknown): Promise<CodeAction[]> {
      await client.start(initialization);
      await client.open(uriOf('definitions.json'), odd);
      const { diagnostics } = await client.next();
      return await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uriOf('definitions.json') },
        range: diagnostics[0]?.range,
        context: { diagnostics, only: ['quickfix'] },
      });
    }
    const ignoring = (found: readonly CodeAction[]): CodeAction[] =>
      found.filter(({ title }) => titles.includes(title));

    it('in a new list beside the file', async () => {
      const found = ignoring(await actions({ commands: true }));
      assert.deepEqual(
        found.map(({ title }) => title),
        titles,
      );
      const uri = uriOf('.amqp-workbench.json');
      const start = { line: 0, character: 0 };
      assert.deepEqual(found[0]?.edit?.documentChanges, [
        { kind: 'create', uri },
        {
          textDocument: { uri, version: null },
          edits: [
            {
              range: { start, end: start },
              newText: `${JSON.stringify({ ignore: [{ code, name: 'q' }] }, undefined, 2)}\n`,
            },
          ],
        },
      ]);
    });

    it('in the list that is there', async () => {
      const uri = write('.amqp-workbench.json', '{ "ignore": [] }');
      const [, second] = ignoring(await actions({ commands: true }));
      const place = { line: 0, character: 13 };
      assert.deepEqual(second?.edit?.documentChanges, [
        {
          textDocument: { uri, version: null },
          edits: [{ range: { start: place, end: place }, newText: `{ "code": "${code}" }` }],
        },
      ]);
    });

    it('only to an editor that has our commands', async () => {
      assert.deepEqual(ignoring(await actions({})), []);
    });
  });

  it('leaves ignored findings alone when it fixes all', async () => {
    write('.amqp-workbench.json', { ignore: [{ code: 'likely/misspelt-argument' }] });
    await client.start();
    const uri = uriOf('definitions.json');
    await client.open(
      uri,
      '{"queues":[{"name":"q","arguments":{"x-mesage-ttl":5},"vhost":"/"}],"vhosts":[{"name":"/"}]}',
    );
    assert.deepEqual(await client.codes(uri), []);
    const found = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 0, character: 38 }, end: { line: 0, character: 38 } },
      context: { diagnostics: [], only: ['quickfix', 'source.fixAll'] },
    });
    assert.deepEqual(found, []);
  });

  it('says for which RabbitMQ a file is checked and why, once each time that changes', async () => {
    await client.start();
    const uri = uriOf('definitions.json');
    await client.open(uri, '{"rabbit_version":"3.12.4","queues":[]}');
    const said = async (): Promise<unknown> => await client.notice('amqp/target');
    assert.deepEqual(await said(), {
      uri,
      target: { target: '3.13', because: 'file', version: '3.12.4' },
    });
    const topologyFiles = { target: '4.0' };
    await client.notify('workspace/didChangeConfiguration', { settings: { amqp: { topologyFiles } } });
    assert.deepEqual(await said(), { uri, target: { target: '4.0', because: 'setting' } });
    await client.notify('workspace/didChangeConfiguration', { settings: {} });
    await said();
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: '{"queues":[]}' }],
    });
    assert.deepEqual(await said(), { uri, target: { target: '4.3', because: 'newest' } });
    await client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await said(), { uri, target: null });
  });

  describe('checks files that are not open', () => {
    const check = async (...uris: string[]): Promise<unknown> =>
      await client.request('amqp/checkFiles', { uris });

    it('by name or content, and says how much it found', async () => {
      const uris = [
        write('definitions.json', refused),
        write('a/topology.json', odd),
        write('package.json', { name: 5 }),
        write('fine.definitions.json', { queues: [] }),
        uriOf('gone/definitions.json'),
      ];
      await client.start();
      assert.deepEqual(await check(...uris), {
        files: 3,
        errors: 1,
        others: 1,
        problems: [
          `${path.join(folder.path, 'gone/definitions.json')} cannot be read: there is no such file.`,
        ],
      });
      assert.deepEqual(await client.codes(uris[0]!), ['refused/missing-name']);
      assert.deepEqual(await client.codes(uris[1]!), [code]);
    });

    it('and follows them: fixed, deleted, or left out next time', async () => {
      const [one, two, three] = ['one', 'two', 'three'].map((name) =>
        write(`${name}.definitions.json`, refused),
      ) as [string, string, string];
      await client.start();
      await check(one, two, three);
      for (const uri of [one, two, three]) assert.equal((await client.codes(uri)).length, 1);
      write('one.definitions.json', { queues: [] });
      await changed(one);
      assert.deepEqual(await client.codes(one), []);
      rmSync(path.join(folder.path, 'two.definitions.json'));
      await changed(two, 3);
      assert.deepEqual(await client.codes(two), []);
      await check(one);
      assert.deepEqual(await client.codes(three), []);
    });

    it('and again when the settings or an ignore list change', async () => {
      const uri = write('definitions.json', odd);
      await client.start();
      await check(uri);
      assert.deepEqual(await client.codes(uri), [code]);
      await changed(write('.amqp-workbench.json', { ignore: [{ code }] }));
      assert.deepEqual(await client.codes(uri), []);
      const topologyFiles = { severity: { [code]: 'error' } };
      await client.notify('workspace/didChangeConfiguration', { settings: { amqp: { topologyFiles } } });
      assert.deepEqual(await client.codes(uri), []);
    });

    it('until one is opened, and as it is on disk once it is closed again', async () => {
      const uri = write('definitions.json', refused);
      await client.start();
      await check(uri);
      assert.deepEqual(await client.codes(uri), ['refused/missing-name']);
      await client.open(uri, odd);
      assert.deepEqual(await client.codes(uri), [code]);
      assert.deepEqual(await check(uri), { files: 1, errors: 0, others: 1, problems: [] });
      await client.notify('textDocument/didClose', { textDocument: { uri } });
      assert.deepEqual(await client.codes(uri), ['refused/missing-name']);
    });

    it('but none that its caller made up', async () => {
      await client.start();
      await assert.rejects(client.request('amqp/checkFiles', { uris: 5 }));
      assert.deepEqual(await check('untitled:Untitled-1'), {
        files: 0,
        errors: 0,
        others: 0,
        problems: ['untitled:Untitled-1 is on a file system that cannot be read without opening it.'],
      });
    });
  });
});
