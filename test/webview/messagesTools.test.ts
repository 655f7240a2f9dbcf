import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { madeUpRow } from './page/madeUp';
import { withPanel } from './panelPage';
import { tail } from './views';

const row = (page: Page, place: number) => page.locator(`#row-${place}`);
const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' });
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });

describe('the tools of a tail', () => {
  it('offer both ways to pause, and what a full buffer does, in words', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      const how = page.getByRole('button', { name: 'How to Receive' });
      await how.click();
      await page.getByText('What is published until you resume is not seen.').waitFor();
      await item(page, 'Stop Receiving').click();
      assert.deepEqual(await panel.request('pause'), { receiving: 'stop' });
      await how.click();
      const drop = page.getByRole('menuitemradio', { name: 'Drop the Oldest' });
      assert.equal(await drop.getAttribute('aria-checked'), 'true');
      await page.getByRole('menuitemradio', { name: 'Stop Receiving When Full' }).click();
      assert.deepEqual(await panel.request('setOverflow'), { overflow: 'pause' });
      await panel.show(tail(10, { status: { kind: 'full', text: 'The buffer is full.' } }));
      await page.getByRole('status').getByText('The buffer is full.').waitFor();
      await page.getByRole('button', { name: 'Resume' }).click();
      await panel.request('resume');
    }));

  it('export all or what matches', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      const button = page.getByRole('button', { name: 'Export' });
      await button.click();
      assert.equal(await item(page, 'Matching Messages as CSV...').getAttribute('aria-disabled'), 'true');
      await item(page, 'All Messages as JSON Lines...').click();
      assert.deepEqual(await panel.request('exportView'), { format: 'jsonl', matchingOnly: false });
      const filter = { text: 'key:x', matched: 3, scanned: 10, total: 10, running: false };
      await panel.show(tail(10, { filter }));
      await button.click();
      await item(page, 'Matching Messages as CSV...').click();
      assert.deepEqual(await panel.request('exportView', 2), { format: 'csv', matchingOnly: true });
    }));

  it('record to a file and say how much it holds', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Record' }).click();
      assert.deepEqual(await panel.request('record'), { on: true });
      const recording = { path: '/tmp/orders.jsonl', messages: 1_204, bytes: 5_000_000, leftOut: 0 };
      await panel.show(tail(10, { recording }));
      await page.getByText('Recording to orders.jsonl: 1,204 messages, 5.0 MB').waitFor();
      await page.getByRole('button', { name: 'Stop Recording' }).click();
      assert.deepEqual(await panel.request('record', 2), { on: false });
      await panel.show(tail(10, { recording: { ...recording, problem: 'The disk is full.' } }));
      await page.getByRole('alert').getByText('The disk is full. orders.jsonl has 1,204 messages').waitFor();
    }));

  it('draw the rate of the last minute, and say it', () =>
    withPanel('messages', { messages: { state: tail(10, { rates: [0, 340, 120] }) } }, async ({ page }) => {
      await page.getByRole('img', { name: 'at most 340 messages a second' }).waitFor();
    }));

  it('have menus that are walked by arrows and first letters, and close with Escape and by a click elsewhere', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async ({ page }) => {
      const button = page.getByRole('button', { name: 'Export' });
      await button.press('Enter');
      const focused = page.locator('[role=menuitem]:focus');
      await focused.getByText('All Messages as JSON Lines...').waitFor();
      await page.keyboard.press('ArrowUp');
      await focused.getByText('Matching Messages as CSV...').waitFor();
      await page.keyboard.press('a');
      await focused.getByText('All Messages as JSON Lines...').waitFor();
      await page.keyboard.press('Escape');
      assert.equal(await page.getByRole('menu').count(), 0);
      await button.and(page.locator(':focus')).waitFor();
      await button.click();
      await page.getByRole('menu').waitFor();
      await page.getByRole('heading').click();
      assert.equal(await page.getByRole('menu').count(), 0);
      await button.click();
      await page.getByRole('menu').waitFor();
      await button.click();
      assert.equal(await page.getByRole('menu').count(), 0);
    }));
});

describe('the menu of a message', () => {
  it('opens at the pointer and copies, opens and publishes again', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async (panel) => {
      const { page } = panel;
      await row(page, 18).click({ button: 'right' });
      await item(page, 'Copy as pika Call').click();
      assert.deepEqual(await panel.request('copy'), { seq: 18, what: 'pika' });
      await row(page, 17).click({ button: 'right' });
      await item(page, 'Open in Editor').click();
      assert.deepEqual(await panel.request('openInEditor'), { seq: 17 });
      assert.equal(await page.getByRole('region', { name: 'Message', exact: true }).count(), 0);
    }));

  it('opens with Shift+F10 at the row under the keyboard, and gives the focus back', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async (panel) => {
      const { page } = panel;
      await row(page, 20).waitFor();
      await grid(page).focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Shift+F10');
      const menu = page.getByRole('menu', { name: 'Message' });
      const [place, under] = [(await menu.boundingBox())!, (await row(page, 20).boundingBox())!];
      assert.ok(place.y >= under.y + under.height - 1 || place.y + place.height <= under.y + 1);
      await page.keyboard.press('Escape');
      await page.locator('[role=grid]:focus').waitFor();
    }));

  it('shows only messages with the same routing key', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('combobox', { name: 'Filter' }).fill('size>1');
      await row(page, 12).click({ button: 'right' });
      await item(page, 'Only This Routing Key').click();
      const text = 'size>1 AND key="order.created.eu"';
      await page.waitForFunction(
        (wanted) => JSON.stringify(scripted.requests).includes(JSON.stringify({ text: wanted })),
        text,
      );
      assert.equal(await page.getByRole('combobox', { name: 'Filter' }).inputValue(), text);
    }));

  it('compares one message with another, as files are compared', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async (panel) => {
      const { page } = panel;
      await row(page, 12).click({ button: 'right' });
      assert.equal(await item(page, /Compare with/).count(), 0);
      await item(page, 'Select for Compare').click();
      await row(page, 15).click();
      await page.getByRole('button', { name: 'Compare' }).click();
      await item(page, 'Compare with Selected (12)').click();
      assert.deepEqual(await panel.request('compare'), { left: 12, right: 15 });
    }));
});

describe('the columns of the table', () => {
  const heads = (page: Page) => page.getByRole('columnheader');

  it('are chosen from a menu that stays open, and kept', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Exchange' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Headers' }).click();
      await page.keyboard.press('Escape');
      const titles = (await heads(page).allTextContents()).map((text) => text.trim());
      assert.deepEqual(titles, [
        '#',
        'Received',
        'Routing key',
        'Flags',
        'Size',
        'Content type',
        'Headers',
        'Preview',
      ]);
      const { columns } = (await panel.request('keepColumns', 2)) as { columns: { name: string }[] };
      assert.deepEqual(
        columns.map(({ name }) => name),
        ['seq', 'received', 'key', 'flags', 'size', 'type', 'headers', 'preview'],
      );
    }));

  it('show what a row has of the chosen properties', () => {
    const rows = [{ ...madeUpRow(2), messageId: 'm-2', headers: 'x-tenant: acme', priority: 7 }];
    const columns = [{ name: 'message-id' }, { name: 'priority' }, { name: 'headers', width: 222 }];
    return withPanel('messages', { messages: { state: tail(2), rows, columns } }, async ({ page }) => {
      await row(page, 2).getByText('m-2').waitFor();
      const cells = await row(page, 2).getByRole('gridcell').allTextContents();
      assert.deepEqual(
        cells.map((cell) => cell.trim()),
        ['m-2', '7', 'x-tenant: acme'],
      );
    });
  });

  it('are dragged wider, and narrower with Alt and the arrow keys', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async (panel) => {
      const { page } = panel;
      await row(page, 20).waitFor();
      const key = page.getByRole('columnheader', { name: 'Routing key' });
      const before = (await key.boundingBox())!;
      await page.mouse.move(before.x + before.width + 4, before.y + 8);
      await page.mouse.down();
      await page.mouse.move(before.x + before.width + 44, before.y + 8, { steps: 4 });
      await page.mouse.up();
      assert.ok(Math.abs((await key.boundingBox())!.width - before.width - 40) < 2);
      await panel.request('keepColumns');
      await heads(page).first().focus();
      for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Alt+ArrowLeft');
      assert.ok(Math.abs((await key.boundingBox())!.width - before.width - 30) < 2);
      await key.and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: 'Reset Columns' }).click();
      assert.ok(Math.abs((await key.boundingBox())!.width - before.width) < 2);
    }));
});

describe('a panel that was hidden', () => {
  it('comes back to the message that was open and to where it was scrolled', () => {
    const savedState = {
      view: { viewId: 'tail-1', following: false, reading: { seq: 400, offset: 3 }, active: 403, open: 403 },
    };
    return withPanel('messages', { messages: { state: tail(900) }, savedState }, async ({ page }) => {
      await row(page, 403).getByText('order.created').waitFor();
      await page.getByText('"a403"').last().waitFor();
      assert.equal(await row(page, 403).getAttribute('aria-selected'), 'true');
      const head = (await page.getByRole('columnheader').first().boundingBox())!;
      const top = (await row(page, 397).boundingBox())!;
      assert.ok(Math.abs(top.y - head.y - head.height) < 4);
      assert.equal(await page.getByRole('button', { name: 'Follow' }).getAttribute('aria-pressed'), 'false');
    });
  });

  it('remembers by the view, and begins anew in another one', () => {
    const savedState = { view: { viewId: 'older', following: false, active: 403, open: 403 } };
    return withPanel('messages', { messages: { state: tail(900) }, savedState }, async (panel) => {
      const { page } = panel;
      await row(page, 900).waitFor();
      assert.equal(await page.getByRole('region', { name: 'Message', exact: true }).count(), 0);
      await row(page, 895).click();
      await page.waitForFunction(() =>
        JSON.stringify(scripted.savedState.value).includes('"active":895,"open":895'),
      );
    });
  });
});
