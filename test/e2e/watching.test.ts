import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { temporaryFolder } from '../lab/temporaryFolder';
import { eventually } from '../support/eventually';
import { openWindow } from './stage';
import type { Window } from './stage';

/** The packaged extension on its demo broker, whose traffic is always the same: finding and keeping one message. */
describe('someone who looks for one message among many', function () {
  this.timeout(120_000);
  let window: Window;
  const folder = temporaryFolder('e2e-export');

  before(async function () {
    this.timeout(300_000);
    window = await openWindow();
    const { workbench } = window;
    await workbench.openContainer('AMQP');
    await workbench.page.getByText('Try the Demo Broker', { exact: true }).first().click();
    await workbench.treeItem('orders.fulfilment').waitFor({ timeout: 60_000 });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.picture(this.currentTest.title);
  });
  after(async () => {
    await window.close();
    await folder.remove();
  });

  const panel = () => window.workbench.panel();
  const rows = (): Locator => panel().getByRole('row').filter({ hasText: 'application/json' });
  const keys = async (): Promise<string[]> => {
    const cells = await rows().locator('.cell.key').allTextContents();
    return cells.map((cell) => cell.trim());
  };
  const menu = async (button: string, entry: string): Promise<void> => {
    await panel().getByRole('button', { name: button, exact: true }).click();
    await panel().getByRole('menuitem', { name: entry }).click();
  };
  /** VS Code's own file dialog in a browser, which takes no answer while it still reads the folder. */
  const answerFile = async (file: string): Promise<void> => {
    const { page } = window.workbench;
    const dialog = page.locator('.quick-input-widget:visible');
    await dialog.getByRole('button', { name: 'OK' }).waitFor();
    const input = window.workbench.quickInput();
    await eventually(async () => {
      assert.match(await input.inputValue(), /\.jsonl$/, 'it has proposed a name');
    });
    await input.fill(file);
    await eventually(async () => {
      if ((await dialog.isVisible()) && (await input.inputValue()) !== file) await input.fill(file);
      if (await dialog.isVisible())
        await dialog.getByRole('button', { name: 'OK' }).click({ timeout: 1_000 });
      await dialog.waitFor({ state: 'hidden', timeout: 1_000 });
    });
  };

  it('filters a live tail and sees only what matches, old and new', async () => {
    await window.workbench.contextMenu('orders.fulfilment', 'Live Tail');
    await rows().nth(3).waitFor({ timeout: 60_000 });
    const filter = panel().getByRole('combobox', { name: 'Filter' });
    await filter.fill('key:order.created.* AND body.total:>=0');
    await panel()
      .getByText(/\d+ of \d+ shown/)
      .waitFor();
    await eventually(async () => {
      const shown = await keys();
      assert.ok(shown.length > 2, 'some match');
      assert.deepEqual(
        shown.filter((key) => !key.startsWith('order.created.')),
        [],
      );
    });
  });

  it('is told where a filter is wrong', async () => {
    const filter = panel().getByRole('combobox', { name: 'Filter' });
    await filter.fill('key:/[/');
    await panel().locator('#filter-problem').filter({ hasText: /\S/ }).waitFor();
    await filter.fill('key:order.created.*');
    await panel().locator('#filter-problem').filter({ hasNotText: /\S/ }).waitFor({ state: 'attached' });
  });

  it('exports what matches, with its types, to a file', async () => {
    const file = path.join(folder.path, 'matches.jsonl');
    await menu('Export', 'Matching Messages as JSON Lines...');
    await answerFile(file);
    const text = await eventually(() => readFileSync(file, 'utf8'));
    const lines = text.trimEnd().split('\n');
    assert.ok(lines.length > 2);
    for (const line of lines) {
      const { routingKey } = JSON.parse(line) as { routingKey: string };
      assert.match(routingKey, /^order\.created\./);
    }
    assert.match(
      (await window.workbench.notifications()).join('\n'),
      new RegExp(`${String(lines.length)} messages written to matches\\.jsonl`),
    );
  });

  it('records the tail while it runs', async () => {
    const file = path.join(folder.path, 'recording.jsonl');
    await panel().getByRole('button', { name: 'Record', exact: true }).click();
    await answerFile(file);
    const stop = panel().getByRole('button', { name: 'Stop Recording' });
    await stop.waitFor();
    await eventually(() => assert.ok(existsSync(file)));
    await panel().locator('.recording').filter({ hasText: /[1-9]/ }).waitFor({ timeout: 30_000 });
    await stop.click();
    await panel().getByRole('button', { name: 'Record', exact: true }).waitFor();
    assert.match(readFileSync(file, 'utf8'), /"routingKey":"order\./);
  });

  it('compares two messages in the diff editor', async () => {
    await panel().getByRole('combobox', { name: 'Filter' }).fill('');
    await rows().nth(2).click();
    await menu('Compare', 'Select for Compare');
    await rows().nth(1).click();
    await menu('Compare', 'Compare with Selected');
    await window.workbench.page.locator('.monaco-diff-editor').waitFor({ timeout: 30_000 });
    await window.workbench.run('View: Revert and Close Editor');
  });

  it('reads a stream from its first message, which takes nothing', async () => {
    const { workbench } = window;
    await workbench.contextMenu('orders.audit', 'Live Tail');
    await panel().getByText('A stream hands out copies').first().waitFor({ timeout: 60_000 });
    await panel().getByRole('button', { name: 'Other Ways to Watch' }).click();
    await panel().getByRole('button', { name: 'Stream from the First Message' }).click();
    await panel().getByText('every message from the first that is kept').waitFor();
    await rows().nth(3).waitFor();
  });

  it('removes nothing from a queue before it has said yes to just that', async () => {
    const { workbench } = window;
    await workbench.contextMenu('notifications.sms', 'Live Tail');
    await panel().getByRole('button', { name: 'Other Ways to Watch' }).click();
    await panel().getByRole('button', { name: 'Consume and Remove...' }).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: 'notifications.sms' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await panel().getByText('Nothing is taken').first().waitFor();
  });
});
