import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { madeUpRow } from './page/madeUp';
import { withPanel } from './panelPage';
import { tail } from './views';

const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' });
const row = (page: Page, seq: number) => page.locator(`#row-${seq}`);
const shownRows = (page: Page) => page.locator('message-table [data-place]');
const follow = (page: Page) => page.getByRole('button', { name: 'Follow' });

async function isFollowing(page: Page): Promise<boolean> {
  return (await follow(page).getAttribute('aria-pressed')) === 'true';
}

describe('the table of messages', () => {
  it('scrolls over 100,000 rows with few of them in the document', () =>
    withPanel('messages', { messages: { state: tail(100_000) } }, async ({ page }) => {
      await row(page, 100_000).waitFor();
      assert.equal(await grid(page).getAttribute('aria-rowcount'), '100001');
      await page.evaluate(() => {
        scripted.scrollTable(0.5);
      });
      await row(page, 50_000).getByText('order.created').waitFor();
      assert.ok((await shownRows(page).count()) < 60);
      const middle = row(page, 50_000);
      assert.equal(await middle.getAttribute('aria-rowindex'), '50001');
      assert.match((await middle.textContent()) ?? '', /50,000.*order\.created/s);
      const asked = await page.evaluate(() => scripted.requests.filter(({ name }) => name === 'rows').length);
      assert.ok(asked < 20, `${asked} requests for rows`);
    }));

  it('reaches every row of a buffer of ten million', () =>
    withPanel('messages', { messages: { state: tail(10_000_000) } }, async ({ page }) => {
      await row(page, 10_000_000).waitFor();
      await grid(page).press('Home');
      await row(page, 1).waitFor();
      await grid(page).press('PageDown');
      await grid(page).press('ArrowDown');
      const active = await grid(page).getAttribute('aria-activedescendant');
      assert.match(active ?? '', /^row-\d\d$/);
      await grid(page).press('End');
      await row(page, 10_000_000).waitFor();
    }));

  it('follows the newest message until the wheel turns, and again from the End key', () =>
    withPanel('messages', { messages: { state: tail(500) } }, async (panel) => {
      const { page } = panel;
      await row(page, 500).waitFor();
      await panel.show(tail(900));
      await row(page, 900).waitFor();
      assert.equal(await isFollowing(page), true);

      await grid(page).hover();
      await page.mouse.wheel(0, -600);
      await page.getByRole('button', { name: 'Follow', pressed: false }).waitFor();
      const before = await shownRows(page).first().getAttribute('id');
      await panel.show(tail(5_000));
      await page.getByText('5,000 shown').waitFor();
      assert.equal(await shownRows(page).first().getAttribute('id'), before);

      await grid(page).press('End');
      await row(page, 5_000).waitFor();
      assert.equal(await isFollowing(page), true);
    }));

  it('lets go when a row is selected, and follows again from the Follow button', () =>
    withPanel('messages', { messages: { state: tail(500) } }, async (panel) => {
      const { page } = panel;
      await row(page, 495).click();
      assert.equal(await isFollowing(page), false);
      await panel.show(tail(700));
      await page.getByText('700 shown').waitFor();
      assert.equal(await row(page, 700).count(), 0);
      await follow(page).click();
      await row(page, 700).waitFor();
    }));

  it('stays where the reader is while a full buffer lets the oldest go', () =>
    withPanel('messages', { messages: { state: tail(1_000) } }, async (panel) => {
      const { page } = panel;
      await row(page, 1_000).waitFor();
      await grid(page).press('PageUp');
      await grid(page).press('PageUp');
      await grid(page).press('PageUp');
      const active = await grid(page).getAttribute('aria-activedescendant');
      const place = await page.locator(`#${active ?? ''}`).boundingBox();
      await panel.show(tail(1_200, { firstRow: 201, received: 1_200, dropped: 200, capacity: 1_000 }));
      await page.getByText('200 dropped by the buffer (1,000 max)').waitFor();
      assert.deepEqual(await page.locator(`#${active ?? ''}`).boundingBox(), place);
    }));

  it('never shows an unfilled row while it follows a flood', () =>
    withPanel('messages', { messages: { state: tail(100), delayMs: 40 } }, async ({ page }) => {
      await row(page, 100).waitFor();
      const empty = await page.evaluate((state) => scripted.flood(state, 60, 160), tail(100));
      assert.equal(empty, 0);
      await row(page, 9_700).waitFor();
    }));

  it('is walked with the keyboard', () =>
    withPanel('messages', { messages: { state: tail(300) } }, async ({ page }) => {
      const active = () => grid(page).getAttribute('aria-activedescendant');
      await row(page, 300).waitFor();
      await page.keyboard.press('Tab');
      for (let presses = 0; presses < 12; presses++) {
        if ((await page.locator('[role=grid]:focus').count()) === 1) break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('ArrowUp');
      assert.equal(await active(), 'row-300');
      await page.keyboard.press('ArrowUp');
      assert.equal(await active(), 'row-299');
      await page.keyboard.press('Home');
      assert.equal(await active(), 'row-1');
      assert.equal(await row(page, 1).getAttribute('aria-selected'), 'true');
      await page.keyboard.press('ArrowDown');
      assert.equal(await active(), 'row-2');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      assert.equal(await active(), 'row-1');
      await page.keyboard.press('End');
      assert.equal(await active(), 'row-300');
    }));

  it('says with each row what the message is, and with a title what each flag means', () => {
    const special = {
      ...madeUpRow(3),
      redelivered: true,
      persistent: true,
      deadLettered: true,
      exchange: '',
    };
    const yours = { ...madeUpRow(2), exchange: '', routingKey: 'orders.fulfilment', sentByYou: true };
    const note = {
      kind: 'note' as const,
      seq: 1,
      place: 1,
      receivedAt: 0,
      severity: 'warning' as const,
      text: 'Connection lost 12:04:07, resumed 12:04:09: messages in between were not seen.',
    };
    return withPanel(
      'messages',
      { messages: { state: tail(3), rows: [note, yours, special] } },
      async ({ page }) => {
        const cells = await row(page, 3).getByRole('gridcell').allTextContents();
        assert.deepEqual(
          cells.slice(0, 7).map((cell) => cell.trim()),
          ['3', '12:04:05.141', '(default)', special.routingKey, 'RPD', '611 B', 'application/json'],
        );
        for (const title of [/^Redelivered/, /^Persistent/, /^Dead-lettered/])
          assert.equal(await row(page, 3).getByTitle(title).count(), 1);
        await row(page, 2).getByText('sent by you, straight to the queue').waitFor();
        assert.equal(await row(page, 1).getByRole('gridcell').getAttribute('aria-colspan'), '8');
        await row(page, 1).getByText('messages in between were not seen').waitFor();
      },
    );
  });

  it('shows HTML, script and direction tricks of strangers as the text they are', () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const hostile = {
      ...madeUpRow(1),
      exchange: evil,
      routingKey: `a\u202E${evil}`,
      preview: evil,
      contentType: evil,
    };
    const state = { ...tail(1), source: evil, connection: evil };
    return withPanel('messages', { messages: { state, rows: [hostile] } }, async ({ page }) => {
      const title = await page.title();
      await row(page, 1).getByText(`a[U+202E]${evil}`).waitFor();
      await page.getByRole('heading', { name: evil }).waitFor();
      assert.equal(await page.locator('img, script:not([nonce])').count(), 0);
      assert.equal(await page.title(), title);
    });
  });
});
