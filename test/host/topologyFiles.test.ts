import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
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
});
