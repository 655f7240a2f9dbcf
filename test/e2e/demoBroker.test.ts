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
