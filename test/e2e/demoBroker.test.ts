import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { notRouted, publishByMouse, routed } from '../lab/publishPanel';
import { openWindow } from './stage';
import type { Window } from './stage';

describe('someone without a broker and a fresh install', function () {
  this.timeout(120_000);
  let window: Window;

  before(async function () {
    this.timeout(300_000);
    window = await openWindow();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.picture(this.currentTest.title);
  });
  after(() => window.close());

  it('opens the demo broker from the empty sidebar', async () => {
    const { workbench } = window;
    await workbench.openContainer('AMQP');
    await workbench.page.getByText('Try the Demo Broker', { exact: true }).first().click();
    await workbench.treeItem('orders.fulfilment').waitFor({ timeout: 60_000 });
  });

  it('connects by a double-click and by Enter, and is told of no mistake', async () => {
    const { workbench } = window;
    const connection = workbench.treeItem('Demo Broker');
    // The second click finds the row drawn anew or not yet, as quick as the hand is.
    const clicks = [0, 50, 120].map((delay) => () => connection.dblclick({ delay }));
    for (const connect of [...clicks, () => workbench.page.keyboard.press('Enter')]) {
      await workbench.contextMenu('Demo Broker', 'Disconnect');
      await connection.filter({ hasText: 'not connected' }).waitFor();
      await connect();
      await connection.filter({ hasNotText: /connecting|not connected/ }).waitFor();
    }
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('tails a queue and sees orders arrive', async () => {
    const { workbench } = window;
    await workbench.contextMenu('orders.fulfilment', 'Live Tail');
    const rows = workbench.panel().getByRole('row').filter({ hasText: 'application/json' });
    await rows.nth(3).waitFor({ timeout: 60_000 });
  });

  it('publishes, and reads what became of it', async () => {
    const { workbench } = window;
    await workbench.contextMenu('payments', 'Publish Test Message...');
    await publishByMouse(workbench, { routingKey: 'payment.eu' }, routed);
    await publishByMouse(workbench, { routingKey: 'payment.nowhere' }, notRouted);
  });

  it('peeks and reads what that changed', async () => {
    const { workbench } = window;
    await workbench.contextMenu('notifications.sms', 'Peek Messages');
    const panel = workbench.panel();
    await panel.getByRole('button', { name: /^Peek/ }).click();
    await panel
      .getByText(/given back/i)
      .first()
      .waitFor();
  });
});
