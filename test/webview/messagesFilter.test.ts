import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import type { FilterState, ViewState } from '../../src/protocol/view';
import type { PanelPage } from './panelPage';
import { withPanel } from './panelPage';
import { tail } from './views';

const input = (page: Page) => page.getByRole('combobox', { name: 'Filter' });
const grid = (page: Page) => page.getByRole('grid', { name: 'Messages' });
const option = (page: Page, name: string) => page.getByRole('option', { name });

/** A tail of 9,000 messages of which every third matches: 3,000 of them before the filter was set. */
function filtered(filter: Partial<FilterState> = {}, change: Partial<ViewState> = {}) {
  const on = { text: 'key:x', matched: 3_000, scanned: 9_000, total: 9_000, running: false, ...filter };
  const places = { firstRow: -on.matched, nextRow: 0, received: 9_000, generation: 1 };
  return tail(9_000, { ...places, filter: on, ...change });
}

/** The sequence number of the row that the keyboard stands on. */
async function activeNumber(page: Page): Promise<string> {
  return (await page.locator('.row.active .cell.seq').textContent())?.trim() ?? '';
}

async function filters(panel: PanelPage): Promise<unknown[]> {
  return (await panel.requests()).flatMap(({ name, params }) => (name === 'setFilter' ? [params] : []));
}

describe('the filter', () => {
  it('is found with Ctrl+F and with the slash, and sent when the typing pauses', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await page.locator('#row-10').click();
      await page.keyboard.press('Control+f');
      await page.keyboard.insertText('key:order.#');
      assert.deepEqual(await panel.request('setFilter'), { text: 'key:order.#' });
      assert.equal((await filters(panel)).length, 1);
      await page.keyboard.press('Escape');
      await page.locator('[role=grid]:focus').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.insertText('size:>1');
      await panel.request('setFilter', 2);
      assert.deepEqual((await filters(panel))[1], { text: 'size:>1' });
    }));

  it('is sent at once with Enter, and is among the recent ones then', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await input(page).fill('key:x');
      await input(page).press('Enter');
      assert.deepEqual(await panel.request('keepFilter'), { text: 'key:x', list: 'recent' });
      await page.getByRole('button', { name: 'Remove the Filter' }).click();
      await page.getByRole('button', { name: 'Saved and Recent Filters' }).click();
      await page.getByRole('menuitem', { name: 'key:x' }).click();
      assert.equal(await input(page).inputValue(), 'key:x');
      assert.deepEqual(await panel.request('setFilter', 3), { text: 'key:x' });
    }));

  it('is saved and forgotten from its menu, by keyboard alone', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await input(page).fill('key:x');
      const menu = page.getByRole('button', { name: 'Saved and Recent Filters' });
      await menu.press('ArrowDown');
      await page.locator('[role=menuitem]:focus').getByText('Save This Filter').press('Enter');
      assert.deepEqual(await panel.request('keepFilter'), { text: 'key:x', list: 'saved' });
      await menu.press('Enter');
      await page.getByText('Saved', { exact: true }).waitFor();
      await page.keyboard.press('f');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.request('forgetFilter'), { text: 'key:x' });
      await menu.and(page.locator(':focus')).waitFor();
    }));

  it('is completed by keyboard and by mouse', () => {
    const completion = {
      from: 0,
      to: 2,
      items: [
        { insert: 'header.', label: 'header.', detail: 'a header' },
        { insert: 'header.x-tenant:', label: 'header.x-tenant', detail: 'seen 12 times' },
      ],
    };
    return withPanel('messages', { messages: { state: tail(10), completion } }, async (panel) => {
      const { page } = panel;
      await input(page).fill('he');
      await option(page, 'header.x-tenant').waitFor();
      assert.equal(await input(page).getAttribute('aria-expanded'), 'true');
      await input(page).press('ArrowDown');
      await input(page).press('ArrowDown');
      assert.equal(await input(page).getAttribute('aria-activedescendant'), 'filter-choice-1');
      await input(page).press('Enter');
      assert.equal(await input(page).inputValue(), 'header.x-tenant:');
      await input(page).press('Escape');
      assert.equal(await input(page).getAttribute('aria-expanded'), 'false');
      await input(page).fill('he');
      await option(page, 'header. a header').click();
      assert.equal(await input(page).inputValue(), 'header.');
      await input(page).and(page.locator(':focus')).waitFor();
    });
  });

  it('says what is wrong and underlines where', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await input(page).fill('key:x AND');
      const problem = { message: 'Expected a condition after AND.', from: 6, to: 9 };
      await panel.show(tail(10, { filter: { ...filtered().view!.filter!, text: 'key:x AND', problem } }));
      await page.getByRole('status').getByText('Expected a condition after AND.').waitFor();
      assert.equal(await input(page).getAttribute('aria-invalid'), 'true');
      assert.equal(await page.locator('.marks mark').textContent(), 'AND');
      await input(page).press('End');
      await page.keyboard.type(' a');
      assert.equal(await input(page).getAttribute('aria-invalid'), 'false');
    }));

  it('shows how far it has looked, and how many match', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await panel.show(filtered({ running: true, matched: 40, scanned: 120 }));
      await page.getByText('40 shown so far').waitFor();
      await page.getByRole('progressbar').waitFor();
      await panel.show(filtered());
      await page.getByText('3,000 of 9,000 shown').waitFor();
      await panel.show(filtered({ matched: 0 }, { firstRow: 0 }));
      await page.getByText('None of 9,000 kept messages matches the filter.').waitFor();
    }));

  it('keeps the message that is read, when it is set and when it is taken away', () =>
    withPanel('messages', { messages: { state: tail(9_000) } }, async (panel) => {
      const { page } = panel;
      await page.locator('#row-9000').waitFor();
      await page.evaluate(() => {
        scripted.scrollTable(0.5);
      });
      await page.locator('#row-4503').click();
      await page.getByText('"a4503"').last().waitFor();
      const before = await page.locator('#row-4503').boundingBox();
      // 4503 = 9000 - 3 * 1499
      await panel.show(filtered());
      await page.locator('#row--1499.active').waitFor();
      assert.equal(await activeNumber(page), '4,503');
      assert.deepEqual(await page.locator('#row--1499').boundingBox(), before);
      await page.getByText('"a4503"').last().waitFor();
      await grid(page).focus();
      await page.keyboard.press('ArrowDown');
      assert.equal(await activeNumber(page), '4,506');
      await panel.show(tail(9_000, { generation: 2 }));
      await page.locator('#row-4506.active').waitFor();
      await page.getByText('"a4506"').last().waitFor();
    }));

  it('leaves what is read in its place while matches further back are found', () =>
    withPanel(
      'messages',
      { messages: { state: filtered({ matched: 500, running: true }) } },
      async (panel) => {
        const { page } = panel;
        await page.locator('#row--1').waitFor();
        await grid(page).focus();
        for (const key of ['PageUp', 'PageUp', 'PageUp']) await page.keyboard.press(key);
        const active = `#${(await grid(page).getAttribute('aria-activedescendant')) ?? ''}`;
        const before = await page.locator(active).boundingBox();
        await panel.show(filtered({ matched: 2_000, running: true }));
        await page.getByText('2,000 shown so far').waitFor();
        assert.deepEqual(await page.locator(active).boundingBox(), before);
        await page.keyboard.press('Home');
        await page.locator('#row--2000').waitFor();
      },
    ));

  it('is sent again to the view that a restart opens, and comes back with a page that was thrown away', () => {
    const savedState = { filter: { viewId: 'other', text: 'key:x', range: { from: 1, to: 2 } } };
    return withPanel('messages', { messages: { state: tail(10) }, savedState }, async (panel) => {
      assert.deepEqual(await panel.request('setFilter'), { text: 'key:x' });
      assert.equal(await input(panel.page).inputValue(), 'key:x');
      await panel.show(tail(0, { viewId: 'tail-2' }));
      await panel.request('setFilter', 2);
    });
  });
});

describe('the filter on a real view', () => {
  const shown = (page: Page) => page.locator('.row.message .cell.seq').allTextContents();

  it('finds messages by key and body, goes on finding new ones, and leads back to where they stand', () =>
    withPanel('messages', { messages: { state: tail(0), live: 20_000 } }, async (panel) => {
      const { page } = panel;
      await page.getByText('20,000 of 20,000 shown').waitFor();
      await input(page).fill('key:order.created.eu body.id:a120');
      // 120, 120x, 120xx: those whose number can be divided by 3 go to eu.
      await page.getByText('39 of 20,000 shown').waitFor();
      await page.locator('#row--1').waitFor();
      assert.ok((await shown(page)).every((number) => Number(number.replaceAll(',', '')) % 3 === 0));
      await grid(page).press('Home');
      await page.locator('#row--36').click();
      await page.getByText('"a1206"').last().waitFor();
      await input(page).fill('');
      await page.getByText('20,000 of 20,000 shown').waitFor();
      await page.locator('#row-1206.active').waitFor();
      assert.equal(await activeNumber(page), '1,206');

      await input(page).fill('body.id=a20001');
      await page.getByText('None of 20,000 kept messages matches the filter.').waitFor();
      await page.evaluate(() => {
        scripted.arrive(10);
      });
      await page.locator('#row-0').getByText('order.created').waitFor();
      assert.equal((await shown(page))[0]?.trim(), '20,001');
    }));

  it('proposes what was seen, and says what is wrong', () =>
    withPanel('messages', { messages: { state: tail(0), live: 500 } }, async (panel) => {
      const { page } = panel;
      await input(page).fill('header.x-t');
      await option(page, 'x-tenant').waitFor();
      await input(page).press('Tab');
      await page.keyboard.insertText('acme');
      await page.getByText('500 of 500 shown').waitFor();
      await input(page).fill('key:(a');
      await page.locator('[role=combobox][aria-invalid=true]').waitFor();
      await page.locator('.marks mark').waitFor();
      await page.getByText('500 of 500 shown').waitFor();
    }));

  it('shows only a range of time, beside when all messages came', () =>
    withPanel('messages', { messages: { state: tail(0), live: 20_000 } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Histogram' }).click();
      await page.locator('time-histogram rect.matching').first().waitFor();
      const bars = page.getByRole('slider', { name: 'Messages over time' });
      await bars.press('Home');
      await bars.press('Enter');
      await page.getByRole('button', { name: /Remove the range/ }).waitFor();
      await page.locator('time-histogram rect.selected').waitFor();
      await bars.press('Escape');
      await page.getByText('20,000 of 20,000 shown').waitFor();
    }));
});

describe('the histogram', () => {
  const from = Date.UTC(2025, 5, 2, 12, 4, 0);
  const counts = Array.from({ length: 60 }, (_, index) => index % 7);
  const histogram = {
    from,
    to: from + 60_000,
    counts,
    matching: counts.map((count) => Math.floor(count / 2)),
  };
  const bars = (page: Page) => page.getByRole('slider', { name: 'Messages over time' });

  it('selects a range by dragging, and the chip takes it away', () =>
    withPanel('messages', { messages: { state: tail(100), histogram } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Histogram' }).click();
      await bars(page).locator('rect.matching').first().waitFor();
      const box = (await bars(page).boundingBox())!;
      await page.mouse.move(box.x + (box.width / 60) * 5.5, box.y + 20);
      await page.mouse.down();
      await page.mouse.move(box.x + (box.width / 60) * 9.5, box.y + 20, { steps: 4 });
      await page.mouse.up();
      assert.deepEqual(await panel.request('setFilter'), {
        text: '',
        range: { from: from + 5_000, to: from + 9_999 },
      });
      await page.getByText('12:04:05 to 12:04:09').waitFor();
      await page.getByRole('button', { name: 'Remove the range 12:04:05 to 12:04:09' }).click();
      await panel.request('setFilter', 2);
      assert.deepEqual((await filters(panel))[1], { text: '' });
    }));

  it('selects a range with Shift and the arrow keys, and says what stands there', () =>
    withPanel('messages', { messages: { state: tail(100), histogram } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Histogram' }).press('Enter');
      await bars(page).locator('rect.matching').first().waitFor();
      await bars(page).press('Home');
      for (let presses = 0; presses < 6; presses++) await bars(page).press('ArrowRight');
      assert.equal(await bars(page).getAttribute('aria-valuetext'), '12:04:06: 6 messages, 3 match');
      await bars(page).press('Shift+ArrowRight');
      assert.deepEqual(await panel.request('setFilter'), {
        text: '',
        range: { from: from + 6_000, to: from + 7_999 },
      });
      await bars(page).press('Escape');
      await panel.request('setFilter', 2);
    }));

  it('asks at most once a second, and not at all while it is closed', () =>
    withPanel('messages', { messages: { state: tail(100), histogram } }, async (panel) => {
      const { page } = panel;
      await page.evaluate((state) => scripted.flood(state, 30, 100), tail(100));
      assert.equal((await panel.requests()).length, 0);
      await page.getByRole('button', { name: 'Histogram' }).click();
      await bars(page).locator('rect.matching').first().waitFor();
      await page.evaluate((state) => scripted.flood(state, 30, 100), tail(5_000));
      const asked = (await panel.requests()).filter(({ name }) => name === 'histogram').length;
      assert.ok(asked <= 3, `${asked} requests within a second`);
    }));
});
