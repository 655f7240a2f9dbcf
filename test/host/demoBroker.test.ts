import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';
import { eventually } from '../support/eventually';
import { activeExtension } from './activeExtension';

const queueRow = { kind: 'queue', profileId: 'demo', vhost: '/', name: 'orders.fulfilment' };

describe('the demo broker', () => {
  let api: WorkbenchApi;

  before(async () => {
    api = await activeExtension();
    await vscode.commands.executeCommand('amqp.tryDemoBroker');
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('amqp.removeConnection', 'demo');
    assert.deepEqual(api.connections(), []);
  });

  it('connects and shows its topology', async () => {
    assert.equal(api.connections()[0]?.state.status, 'connected');
    const [vhost] = await api.rows('Demo Broker');
    assert.equal(vhost?.label, '/');
    const exchanges = await api.rows('Demo Broker', '/', 'Exchanges');
    assert.ok(
      exchanges.some(({ label, context }) => label === 'orders' && context === 'exchange;publishable'),
    );
    assert.ok(!exchanges.some(({ label }) => label.startsWith('amq.')));
    const queues = await api.rows('Demo Broker', '/', 'Queues');
    const queue = queues.find(({ label }) => label === 'orders.fulfilment');
    assert.match(queue?.description ?? '', /^quorum · [\d,-]+ ready/);
    const bindings = await api.rows('Demo Broker', '/', 'Queues', 'orders.fulfilment');
    assert.ok(bindings.some(({ label, icon }) => label === 'orders' && icon === 'arrow-small-left'));
  });

  it('shows built-in exchanges when asked', async () => {
    await vscode.commands.executeCommand('amqp.showBuiltInExchanges');
    const labels = (await api.rows('Demo Broker', '/', 'Exchanges')).map(({ label }) => label);
    await vscode.commands.executeCommand('amqp.hideBuiltInExchanges');
    assert.ok(labels.includes('(AMQP default)') && labels.includes('amq.topic'), labels.join());
  });

  it('tails a queue in one panel, however often it is asked to', async () => {
    await vscode.commands.executeCommand('amqp.tail', queueRow);
    await vscode.commands.executeCommand('amqp.tail', queueRow);
    assert.equal(api.messagePanels().length, 1);
    await eventually(() => {
      const view = api.messagePanels()[0]?.view;
      assert.equal(view?.status.kind, 'running');
      assert.ok(view.received > 0, 'no message arrived');
    });
    await vscode.commands.executeCommand('amqp.newTail', queueRow);
    assert.equal(api.messagePanels().length, 2);
  });

  it('peeks in a panel of its own, which waits for consent', async () => {
    await vscode.commands.executeCommand('amqp.peek', queueRow);
    const peek = api.messagePanels().find(({ kind }) => kind === 'peek');
    assert.equal(peek?.view?.status.kind, 'awaitingConsent');
  });

  it('opens the publish panel for an exchange', async () => {
    await vscode.commands.executeCommand('amqp.publish', { ...queueRow, kind: 'exchange', name: 'orders' });
    await eventually(() => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.ok(labels.includes('orders · publish'), labels.join());
    });
  });

  it('stops the panels when it is disconnected, and says why', async () => {
    await vscode.commands.executeCommand('amqp.disconnect', 'demo');
    for (const { view, stopped } of api.messagePanels()) {
      assert.equal(view, undefined);
      assert.equal(stopped, 'The connection was closed.');
    }
  });
});
