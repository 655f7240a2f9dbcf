import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { openStage } from './stage';
import type { Stage } from './stage';

const durable = (name: string, more: object = {}): object => ({
  name,
  vhost: '/',
  durable: true,
  auto_delete: false,
  arguments: {},
  ...more,
});
const bound = (destination: string, key: string): object => ({
  source: 'returns',
  vhost: '/',
  destination,
  destination_type: 'queue',
  routing_key: key,
  arguments: {},
});
const definitions = {
  rabbitmq_version: '4.3.6',
  vhosts: [{ name: '/' }],
  exchanges: [durable('returns', { type: 'topic' })],
  queues: [
    durable('returns.eu', { arguments: { 'x-queue-type': 'quorum' } }),
    durable('returns.us'),
    durable('orders.invoicing', { arguments: { 'x-message-ttl': 5 } }),
  ],
  bindings: [bound('returns.eu', 'return.eu.#'), bound('returns.us', 'return.us.#')],
};

/** The packaged extension and a real RabbitMQ: a definitions file becomes what the broker holds, and is taken back. */
describe('someone with a definitions file and a broker', function () {
  this.timeout(120_000);
  let stage: Stage;

  before(async function () {
    this.timeout(300_000);
    stage = await openStage();
    const { workbench, node, folder } = stage;
    await writeFile(path.join(folder, 'returns.definitions.json'), JSON.stringify(definitions, undefined, 2));
    await workbench.openContainer('AMQP');
    await workbench.run('AMQP: Add Connection...');
    await workbench.answer('AMQP address', `amqp://guest:guest@127.0.0.1:${node.amqpPort}`);
    await workbench.answer('Name of the connection', 'shop');
    await workbench.pick('Another...');
    await workbench.answer('Address of the management API', node.managementUrl ?? '');
    await workbench.treeItem('/').waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await stage.picture(this.currentTest.title);
  });
  after(() => stage.close());

  const pane = (title: string): Locator => stage.workbench.page.locator('.pane').filter({ hasText: title });
  const row = (title: string, label: string | RegExp): Locator =>
    pane(title).locator('.monaco-list-row').filter({ hasText: label });
  const tick = (label: string | RegExp): Locator =>
    row('Import Plan', label).locator('.custom-view-tree-node-item-checkbox');
  /** Closes the tree of the broker, which would leave no room for the other views. */
  const makeRoom = async (): Promise<void> => {
    const header = stage.workbench.page.locator('.pane-header').filter({ hasText: 'Brokers' });
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    await header.and(stage.workbench.page.locator('[aria-expanded="false"]')).waitFor();
  };
  const answerModal = (button: RegExp): Promise<void> =>
    stage.workbench.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: button }).click();
  const queueNames = async (): Promise<string[]> => {
    const queues = await stage.node.api<{ name: string }[]>('GET', '/api/queues/%2F');
    return queues.map(({ name }) => name).filter((name) => name.startsWith('returns'));
  };

  it('sees what the file and the broker do not have in common, and each difference in the diff editor', async () => {
    const { workbench } = stage;
    await workbench.openFile('returns.definitions.json');
    await workbench.run('AMQP: Compare with Broker...');
    await workbench.choose('All Virtual Hosts');
    await row('Topology Comparison', /^returns\.eu/).waitFor();
    await makeRoom();
    await row('Topology Comparison', /^orders\.invoicing/)
      .first()
      .click();
    await workbench.tab('orders.invoicing (returns.definitions.json ↔ shop)').waitFor();
    await pane('Topology Comparison').hover();
    await pane('Topology Comparison').getByRole('button', { name: 'Close Comparison' }).click();
    await row('Topology Comparison', /^returns\.eu/).waitFor({ state: 'hidden' });
    await workbench.run('AMQP: Focus on Brokers View');
  });

  it('plans an import by right-click, unticks a queue with its binding, and applies the rest', async () => {
    const { workbench } = stage;
    await workbench.contextMenu('shop', 'Plan Import...');
    await workbench.choose('returns.definitions.json');
    await row('Import Plan', /^returns\.us/).waitFor();
    await makeRoom();
    await tick(/^returns\.us/).click();
    await tick('returns → returns.us').and(workbench.page.locator(':not(.checked)')).waitFor();
    await pane('Import Plan').hover();
    await pane('Import Plan').getByRole('button', { name: 'Apply Selected...' }).click();
    await answerModal(/^Create 3\b/);
    await row('Import Plan', /^returns\.eu.*created/).waitFor();
    assert.deepEqual(await queueNames(), ['returns.eu']);
    const bindings = await stage.node.api<unknown[]>('GET', '/api/exchanges/%2F/returns/bindings/source');
    assert.equal(bindings.length, 1);
  });

  it('takes the import back with the keyboard', async () => {
    const { workbench } = stage;
    await workbench.run('View: Close All Editors');
    await workbench.run('AMQP: Undo Import...');
    await workbench.choose('shop');
    await workbench.page.locator('.monaco-dialog-box').waitFor();
    await workbench.page.keyboard.press('Enter');
    await row('Import Plan', /^returns\.eu.*removed/).waitFor();
    assert.deepEqual(await queueNames(), []);
  });

  it('sees where a message would go while typing its routing key', async () => {
    const { workbench } = stage;
    await workbench.openFile('returns.definitions.json');
    await workbench.run('AMQP: Preview Route...');
    await workbench.page.getByPlaceholder('Which exchange?').waitFor();
    await workbench.choose('returns');
    const lines = workbench.page.locator('.quick-input-list .monaco-list-row');
    await lines.filter({ hasText: 'No queue gets a message' }).waitFor();
    await workbench.page.keyboard.type('return.eu.late');
    await lines.filter({ hasText: 'returns → returns.eu' }).first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('sees in what two brokers differ', async () => {
    const { workbench, node } = stage;
    await node.send('PUT', '/api/queues/%2F/only.here', '{"durable":true}');
    await workbench.run('AMQP: Try the Demo Broker');
    // Its row is shown when it is connected, which takes the focus from a question that came too early.
    const demo = workbench.treeItem('Demo Broker').and(workbench.page.locator('.focused'));
    await demo.waitFor({ timeout: 60_000 });
    await workbench.run('AMQP: Compare Two Brokers...');
    await workbench.choose('shop');
    await workbench.choose('All Virtual Hosts');
    await workbench.choose('Demo Broker');
    await row('Topology Comparison', /^only\.here/).waitFor();
    await row('Topology Comparison', /Only on shop: Queues/).waitFor();
  });
});
