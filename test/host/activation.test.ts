import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandTable } from '../../src/host/commands/commandTable';
import { rabbitProfile } from '../support/hostProfiles';
import { eventually } from '../support/eventually';
import { activeExtension, isTrustedRun } from './activeExtension';

describe('activation', () => {
  it('registers every command of the table', async () => {
    await activeExtension();
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.keys(commandTable)) assert.ok(registered.includes(id), id);
  });

  it('connects nothing by itself', async () => {
    const api = await activeExtension();
    for (const { state } of api.connections()) assert.equal(state.status, 'closed');
  });

  it(`${isTrustedRun ? 'shows' : 'ignores'} profiles of the workspace settings`, async () => {
    const api = await activeExtension();
    const settings = vscode.workspace.getConfiguration('amqp');
    const theirs = rabbitProfile('theirs', { host: 'broker.example' });
    await settings.update('connections', [theirs], vscode.ConfigurationTarget.Workspace);
    await settings.update('connections', [rabbitProfile('mine')], vscode.ConfigurationTarget.Global);
    try {
      await eventually(() => {
        const found = api.connections().map(({ id, origin }) => `${id} ${origin}`);
        assert.deepEqual(found, isTrustedRun ? ['mine user', 'theirs workspace'] : ['mine user']);
      });
      const rows = await api.rows();
      assert.equal(rows[0]?.description, 'not connected');
      if (isTrustedRun) assert.equal(rows[1]?.description, 'not connected · from the workspace');
    } finally {
      await settings.update('connections', undefined, vscode.ConfigurationTarget.Workspace);
      await settings.update('connections', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
