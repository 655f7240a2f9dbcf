import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { notRouted, publishByMouse, routed } from '../lab/publishPanel';
import { openStage } from './stage';
import type { Stage } from './stage';

/** The packaged extension, in a VS Code that never saw this repository, against a real RabbitMQ, in one sitting. */
describe('someone with a broker and a fresh install', function () {
  this.timeout(120_000);
  let stage: Stage;

  before(async function () {
    this.timeout(300_000);
    stage = await openStage();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await stage.picture(this.currentTest.title);
  });
  after(() => stage.close());

  const cell = (text: string): Locator =>
    stage.workbench.panel().getByRole('row').filter({ hasText: text }).first();

  /** A tail receives from the moment that it can be paused. */
  const tailRuns = (): Promise<void> =>
    stage.workbench.panel().locator('button:enabled', { hasText: 'Pause' }).waitFor({ timeout: 60_000 });

  it('adds a connection by its address and sees the topology', async () => {
    const { workbench, node } = stage;
    await workbench.openContainer('AMQP');
    await workbench.run('AMQP: Add Connection...');
    await workbench.answer('AMQP address', `amqp://guest:guest@127.0.0.1:${node.amqpPort}`);
    await workbench.answer('Name of the connection', 'shop');
    await workbench.pick('Another...');
    await workbench.answer('Address of the management API', node.managementUrl ?? '');
    for (const name of ['shop', '/', 'Exchanges', 'Queues']) await workbench.expand(name);
    await workbench.treeItem('orders.fulfilment').waitFor();
    await workbench.expand('orders.fulfilment');
    await workbench.treeItem('orders').nth(1).waitFor();
  });

  it('finds the password in no settings file', async () => {
    assert.doesNotMatch(await stage.settingsText(), /guest:guest|"password"/);
  });

  it('tails a queue by right-click and sees the message that it then publishes by right-click', async () => {
    const { workbench } = stage;
    const before = await stage.ready('orders.fulfilment');
    await workbench.contextMenu('orders.fulfilment', 'Live Tail');
    await workbench.panel().getByText('Nothing is taken').first().waitFor();
    await tailRuns();
    await workbench.contextMenu('orders', 'Publish Test Message...');
    await publishByMouse(
      workbench,
      { routingKey: 'order.created.e2e', body: '{"id":"from-the-mouse","total":129.90}' },
      routed,
    );
    await workbench.tab('orders.fulfilment').first().click();
    await cell('order.created.e2e').waitFor();
    await cell('order.created.e2e').click();
    await workbench.panel().getByText('from-the-mouse').last().waitFor();
    assert.equal(await stage.ready('orders.fulfilment'), before + 1, 'the tail takes nothing from the queue');
  });

  it('is told that nothing is bound for a routing key', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('payments', 'Publish Test Message...');
    await publishByMouse(workbench, { routingKey: 'payment.nowhere' }, notRouted);
  });

  it('sees a message that it sends straight to the queue in the tail, marked as such', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('orders.fulfilment', 'Publish Test Message...');
    await publishByMouse(workbench, { body: 'straight-to-the-queue' }, routed);
    await workbench.tab('orders.fulfilment').first().click();
    await cell('straight-to-the-queue').waitFor();
    await workbench
      .panel()
      .getByText(/sent by you/i)
      .first()
      .waitFor();
  });

  it('peeks after reading the cost, and the queue is as long as before', async () => {
    const { workbench } = stage;
    const before = await stage.ready('orders.fulfilment');
    assert.ok(before >= 2);
    await workbench.contextMenu('orders.fulfilment', 'Peek Messages');
    const panel = workbench.panel();
    await panel
      .getByText(/redelivered/i)
      .first()
      .waitFor();
    await panel.getByRole('button', { name: /^Peek/ }).click();
    await panel
      .getByText(/given back/i)
      .first()
      .waitFor();
    await cell('order.created.e2e').waitFor();
    assert.equal(await stage.ready('orders.fulfilment'), before);
  });

  it('sees the mistakes of a definitions file in the Problems panel', async () => {
    const { workbench } = stage;
    await workbench.openFile('definitions.json');
    const problems = await workbench.problems();
    await problems.filter({ hasText: 'orders.fulfillment' }).first().waitFor({ timeout: 60_000 });
    await problems.filter({ hasText: 'x-message-ttl' }).first().waitFor();
  });

  it('does the same with the keyboard alone', async () => {
    const { workbench } = stage;
    const { keyboard } = workbench.page;
    await workbench.run('View: Close All Editors');
    await workbench.run('AMQP: Live Tail');
    await workbench.choose('payments.eu');
    await workbench.panel().getByText('Nothing is taken').first().waitFor();
    await tailRuns();
    await workbench.run('AMQP: Publish Test Message...');
    await workbench.choose('payments');
    const publish = workbench.panel();
    await publish.getByRole('textbox', { name: 'Routing key' }).focus();
    await keyboard.type('payment.eu');
    await publish.getByRole('textbox', { name: 'Body' }).focus();
    await keyboard.type('typed');
    await keyboard.press('Control+Enter');
    await publish
      .getByText(/^routed/i)
      .first()
      .waitFor();
    await workbench.tab('payments.eu').first().click();
    await cell('payment.eu').waitFor();
  });

  it('reads what happened when the broker goes away, and goes on when it is back', async function () {
    this.timeout(240_000);
    const { workbench, node } = stage;
    await node.kill();
    await workbench
      .panel()
      .getByText(/connecting again|trying again|lost/i)
      .first()
      .waitFor({ timeout: 60_000 });
    await workbench
      .treeItem('shop')
      .filter({ hasText: /reconnecting|trying again|lost|not connected/i })
      .waitFor();
    await node.start();
    await workbench
      .panel()
      .getByText(/may be missing|were not seen/i)
      .first()
      .waitFor({ timeout: 90_000 });
    await stage.publish('payments', 'payment.eu', 'after-the-restart');
    await cell('after-the-restart').waitFor({ timeout: 60_000 });
  });

  it('finds the tail stopped after a window reload, nothing left of it on the broker, and resumes it', async () => {
    const { workbench } = stage;
    assert.equal((await stage.taps()).length, 1);
    await workbench.page.reload();
    await workbench.ready();
    await workbench.panel().getByRole('button', { name: 'Resume' }).waitFor({ timeout: 60_000 });
    await stage.eventually(async () => (await stage.taps()).length === 0);
    assert.deepEqual(await stage.taps(), []);
    await workbench.panel().getByRole('button', { name: 'Resume' }).click();
    await workbench.panel().getByText('Nothing is taken').first().waitFor();
    await tailRuns();
    await stage.publish('payments', 'payment.eu', 'after-the-reload');
    await cell('after-the-reload').waitFor();
  });

  it('leaves nothing behind on the broker after closing the tails', async () => {
    await stage.workbench.run('View: Close All Editors');
    await stage.eventually(async () => (await stage.taps()).length === 0);
    assert.deepEqual(await stage.taps(), []);
  });
});
