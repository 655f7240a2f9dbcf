import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually';
import { activeExtension } from './activeExtension';

describe('topology files', () => {
  it('puts the mistakes of a definitions file into the Problems panel', async () => {
    await activeExtension();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'The ring opens a folder.');
    const file = vscode.Uri.joinPath(folder.uri, 'definitions.json');
    const broken = {
      vhosts: [{ name: '/' }],
      queues: [{ name: 'q', vhost: '/', durable: true, auto_delete: false, arguments: {} }],
      exchanges: [],
      bindings: [
        {
          source: 'nowhere',
          vhost: '/',
          destination: 'q',
          destination_type: 'queue',
          routing_key: '',
          arguments: {},
        },
      ],
    };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(broken, undefined, 2)));
    await vscode.window.showTextDocument(file);
    await eventually(() => {
      const messages = vscode.languages.getDiagnostics(file).map(({ message }) => message);
      assert.ok(
        messages.some((message) => message.includes('nowhere')),
        messages.join('\n'),
      );
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  describe('has an editor that', () => {
    const text = `{
  "vhosts": [{ "name": "/" }],
  "exchanges": [
    { "name": "events", "vhost": "/", "type": "topic", "durable": true }
  ],
  "queues": [
    {
      "name": "orders",
      "vhost": "/",
      "durable": true,
      "arguments": { "x-mesage-ttl": 5 }
    }
  ],
  "bindings": [
    { "source": "events", "vhost": "/", "destination": "orders", "destination_type": "queue", "routing_key": "" }
  ]
}
`;
    let file: vscode.Uri;
    let document: vscode.TextDocument;
    const at = (piece: string, inside = 1): vscode.Position =>
      document.positionAt(text.indexOf(piece) + inside);

    /** Codes are links to their pages. */
    const links = (): { value: unknown; target: vscode.Uri }[] =>
      vscode.languages.getDiagnostics(file).map(({ code }) => {
        assert.ok(typeof code === 'object', 'The code has a link.');
        return code;
      });

    before(async () => {
      await activeExtension();
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder, 'The ring opens a folder.');
      file = vscode.Uri.joinPath(folder.uri, 'shop.definitions.json');
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      ({ document } = await vscode.window.showTextDocument(file));
      await eventually(() => {
        const codes = links().map(({ value }) => value);
        assert.ok(codes.includes('likely/misspelt-argument'), JSON.stringify(codes));
      });
    });
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('links a code to a page that is there, and shows it as rendered Markdown from the keyboard', async () => {
      const [link] = links();
      assert.ok(link);
      const page = await vscode.workspace.fs.readFile(link.target);
      assert.ok(new TextDecoder().decode(page).startsWith(`# ${String(link.value)}\n`));
      const place = new vscode.Range(at('"x-mesage'), at('"x-mesage'));
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        file,
        place,
      );
      const command = actions.find(({ title }) => title === `Show Rule ${String(link.value)}`)?.command;
      assert.ok(command, actions.map(({ title }) => title).join());
      await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
      await eventually(() => {
        const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
        assert.ok(input instanceof vscode.TabInputCustom);
        assert.deepEqual(
          [input.viewType, input.uri.toString()],
          ['vscode.markdown.preview.editor', link.target.toString()],
        );
      });
      await vscode.window.showTextDocument(file);
    });

    it('goes from a name to its declaration', async () => {
      const [link, ...others] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        file,
        at('"orders", "destination_type'),
      );
      assert.ok(link && others.length === 0);
      assert.deepEqual(link.targetSelectionRange?.start, at('"orders",\n'));
    });

    it('renames everywhere, and says why not', async () => {
      const rename = (name: string): Thenable<vscode.WorkspaceEdit> =>
        vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', file, at('"orders",'), name);
      const edit = await rename('parcels');
      assert.deepEqual(
        edit.get(file).map(({ newText }) => newText),
        ['"parcels"', '"parcels"'],
      );
      await assert.rejects(async () => await rename('amq.gen'), /belong to the broker/);
    });

    it('explains, counts, colours and fixes', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        file,
        at('"durable": true,'),
      );
      const words = hovers.flatMap(({ contents }) =>
        contents.flatMap((one) => (one instanceof vscode.MarkdownString ? one.value : [])),
      );
      assert.ok(words.join('').includes('survives a restart'), words.join());
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        file,
      );
      assert.deepEqual(
        lenses.map(({ command }) => command?.title),
        ['1 binding from here', 'Preview Route', '1 binding'],
      );
      const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
        'vscode.provideDocumentSemanticTokens',
        file,
      );
      assert.equal(tokens.data.length, 5 * 8);
      const place = new vscode.Range(at('"x-mesage'), at('"x-mesage'));
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        file,
        place,
      );
      const fix = actions.find(({ title }) => title === 'Change to "x-message-ttl"');
      assert.ok(fix?.edit && fix.isPreferred, actions.map(({ title }) => title).join());
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      await eventually(() => assert.deepEqual(vscode.languages.getDiagnostics(file), []));
    });
  });
});
