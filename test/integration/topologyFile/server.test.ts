import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentSymbol,
  Hover,
  MarkupContent,
} from 'vscode-languageserver/node';
import { LanguageClient } from '../../support/languageClient';

describe('the language server', function () {
  this.timeout(20_000);
  const uri = 'file:///repo/definitions.json';
  const text = '{"queues":[\n  {"name":5,"vhost":"/"}\n]}';
  let client: LanguageClient;

  beforeEach(() => {
    client = new LanguageClient();
  });
  afterEach(() => client.kill());

  it('reports, follows an edit, and clears up when the file is closed', async () => {
    await client.start();
    await client.open(uri, text);
    const first = await client.next();
    assert.deepEqual([first.uri, first.version], [uri, 1]);
    assert.deepEqual(
      first.diagnostics.map(({ code, source, severity, range }) => ({ code, source, severity, range })),
      [
        {
          code: 'refused/missing-name',
          source: 'amqp',
          severity: 1,
          range: { start: { line: 1, character: 10 }, end: { line: 1, character: 11 } },
        },
      ],
    );
    const range = { start: { line: 1, character: 10 }, end: { line: 1, character: 11 } };
    for (const [version, written] of [
      [2, '"'],
      [3, '"q"'],
    ] as const) {
      await client.notify('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text: written }],
      });
    }
    assert.deepEqual(await client.next(), { uri, version: 3, diagnostics: [] });
    await client.notify('textDocument/didClose', { textDocument: { uri } });
    assert.deepEqual(await client.next(), { uri, diagnostics: [] });
    assert.equal(await client.stop(), 0);
  });

  it('leaves other JSON files alone, and takes up one that becomes a topology file', async () => {
    await client.start();
    await client.open('file:///repo/package.json', '{"name":5,"users":[]}');
    await client.open('file:///repo/other.json', '{"queues":[5],"bindings":[]}');
    const { uri: checked } = await client.next();
    assert.equal(checked, 'file:///repo/other.json');
    await client.notify('textDocument/didChange', {
      textDocument: { uri: 'file:///repo/package.json', version: 2 },
      contentChanges: [{ text: '{"queues":[5],"bindings":[]}' }],
    });
    assert.equal((await client.next()).uri, 'file:///repo/package.json');
  });

  it('checks for the target of the settings, and again when it changes', async () => {
    await client.start({ target: '3.10', patterns: ['*.topology.json'] });
    await client.open('file:///repo/shop.topology.json', '{"queues":[],}');
    assert.deepEqual(
      (await client.next()).diagnostics.map(({ code }) => code),
      ['likely/lax-json'],
    );
    const topologyFiles = { target: '4.3', patterns: ['*.topology.json'] };
    await client.notify('workspace/didChangeConfiguration', { settings: { amqp: { topologyFiles } } });
    assert.deepEqual(
      (await client.next()).diagnostics.map(({ code }) => code),
      ['refused/trailing-comma'],
    );
  });

  it('draws an outline', async () => {
    await client.start();
    await client.open(uri, '{"queues":[{"name":"q"}]}');
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]),
      [['queues', ['q']]],
    );
  });

  it('leads from a name to its declaration, and renames it or says why not', async () => {
    await client.start();
    await client.open(
      uri,
      '{"queues":[{"name":"q"}],"bindings":[\n{"destination_type":"queue","destination":"q"}]}',
    );
    const at = { textDocument: { uri }, position: { line: 1, character: 44 } };
    const place = (line: number, character: number): unknown => ({
      start: { line, character },
      end: { line, character: character + 1 },
    });
    assert.deepEqual(await client.request('textDocument/definition', at), [{ uri, range: place(0, 20) }]);
    assert.deepEqual(await client.request('textDocument/rename', { ...at, newName: 'r' }), {
      changes: {
        [uri]: [
          { range: { start: { line: 0, character: 19 }, end: { line: 0, character: 22 } }, newText: '"r"' },
          { range: { start: { line: 1, character: 42 }, end: { line: 1, character: 45 } }, newText: '"r"' },
        ],
      },
    });
    await assert.rejects(client.request('textDocument/rename', { ...at, newName: '' }), /needs a name/);
  });

  it('completes, explains and counts; without tab stops for a client that knows none', async () => {
    await client.start();
    await client.open(uri, '{"queues":[{"name":"q","durable":true,}]}');
    const textDocument = { uri };
    const list = await client.request<CompletionList>('textDocument/completion', {
      textDocument,
      position: { line: 0, character: 38 },
    });
    const written = list.items.map(({ label, textEdit }) => [label, textEdit?.newText]);
    assert.deepEqual(written, [
      ['auto_delete', '"auto_delete": false'],
      ['arguments', '"arguments": {}'],
    ]);
    const hover = await client.request<Hover>('textDocument/hover', {
      textDocument,
      position: { line: 0, character: 28 },
    });
    assert.match((hover.contents as MarkupContent).value, /survives a restart/);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['no bindings'],
    );
  });

  it('offers fixes where the cursor is, and for the whole file only when asked', async () => {
    await client.start();
    await client.open(
      uri,
      '{"queues":[{"name":"q","arguments":{"x-mesage-ttl":"5"},"vhost":"/"}],"vhosts":[{"name":"/"}]}',
    );
    const { diagnostics } = await client.next();
    const ask = async (only?: string[]): Promise<CodeAction[]> =>
      await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line: 0, character: 40 }, end: { line: 0, character: 40 } },
        context: { diagnostics, ...(only ? { only } : {}) },
      });
    const [fix, ...others] = await ask();
    assert.deepEqual(
      [fix?.title, fix?.kind, fix?.isPreferred],
      ['Change to "x-message-ttl"', 'quickfix', true],
    );
    assert.deepEqual([fix?.diagnostics, others], [diagnostics, []]);
    const titles = async (kind: string): Promise<string[]> => (await ask([kind])).map(({ title }) => title);
    assert.deepEqual(await titles('source.fixAll'), ['Fix What Has One Right Answer']);
    assert.deepEqual(await titles('source'), ['Fix What Has One Right Answer', 'Sort and Format for Review']);
  });

  it('links each code to its page where the client can open one, and leads there by an action', async () => {
    const takesLinks = { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } };
    const pages = { rulePages: 'file:///extension/media/rules/' };
    for (const [options, capabilities] of [
      [pages, takesLinks],
      [pages, {}],
      [{}, takesLinks],
      [{ rulePages: 5 }, takesLinks],
    ]) {
      client.kill();
      client = new LanguageClient();
      await client.start(options, capabilities);
      await client.open(uri, text);
      const { diagnostics } = await client.next();
      const range = { start: { line: 1, character: 10 }, end: { line: 1, character: 10 } };
      const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [...diagnostics, { range, message: 'x', code: 'x', source: 'other' }] },
      });
      const links = diagnostics.map(({ codeDescription }) => codeDescription?.href);
      const commands = actions.flatMap(({ command }) => command ?? []);
      const isLinked = options === pages && capabilities === takesLinks;
      assert.deepEqual(links, [
        isLinked ? 'file:///extension/media/rules/refused/missing-name.md' : undefined,
      ]);
      assert.deepEqual(
        commands.map(({ command, arguments: words }) => [command, words]),
        isLinked ? [['amqp.showRule', ['refused/missing-name']]] : [],
      );
    }
  });

  it('answers for other JSON files with nothing', async () => {
    await client.start();
    await client.open('file:///repo/package.json', '{"name":"x"}');
    const textDocument = { uri: 'file:///repo/package.json' };
    const at = { textDocument, position: { line: 0, character: 9 } };
    assert.deepEqual(await client.request('textDocument/definition', at), []);
    // An empty list would take the place of the editor's own folding.
    assert.equal(await client.request('textDocument/foldingRange', { textDocument }), null);
    assert.deepEqual(await client.request('textDocument/semanticTokens/full', { textDocument }), {
      data: [],
    });
    assert.equal(await client.request('textDocument/prepareRename', at), null);
  });
});
