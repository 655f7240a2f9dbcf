import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { madeUpDetail } from './page/madeUp';
import type { ScriptedDetail } from './page/script';
import type { PanelPage } from './panelPage';
import { withPanel } from './panelPage';
import { themes } from './themes';
import { tail } from './views';

const pane = (page: Page) => page.getByRole('region', { name: 'Message' });

function withDetail(
  detail: Partial<ScriptedDetail>,
  test: (panel: PanelPage) => Promise<void>,
  options = {},
): Promise<void> {
  const details = [{ ...madeUpDetail(20), ...detail }];
  return withPanel(
    'messages',
    { messages: { state: tail(20), details } },
    async (panel) => {
      await panel.page.locator('#row-20').click();
      await pane(panel.page).getByRole('tab', { name: 'Body' }).waitFor();
      await test(panel);
    },
    options,
  );
}

describe('the message that is open', () => {
  it('opens with Enter, follows the arrow keys, and closes with Escape back to the table', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async ({ page }) => {
      const grid = page.getByRole('grid', { name: 'Messages' });
      await grid.focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await pane(page).getByText('"a20"').waitFor();
      await page.keyboard.press('ArrowUp');
      await pane(page).getByText('"a19"').waitFor();
      await pane(page).getByRole('tab', { name: 'Body' }).focus();
      await page.keyboard.press('Escape');
      assert.equal(await pane(page).count(), 0);
      await page.locator('[role=grid]:focus').waitFor();
    }));

  it('shows the body pretty, raw and in hex', () =>
    withDetail({ bodyText: '{"id":12345678901234567890,"b":[1,2]}' }, async ({ page }) => {
      const body = pane(page).locator('pre');
      assert.equal(
        await body.textContent(),
        '{\n  "id": 12345678901234567890,\n  "b": [\n    1,\n    2\n  ]\n}',
      );
      await pane(page).getByRole('radio', { name: 'Raw' }).click();
      assert.equal(await body.textContent(), '{"id":12345678901234567890,"b":[1,2]}');
      await page.keyboard.press('ArrowRight');
      assert.match((await body.textContent()) ?? '', /^00000000 {2}7b 22 69 64.*\{"id":1234567890/);
    }));

  it('shows a body that claims JSON and is not as it is, and says where it breaks', () =>
    withDetail({ bodyText: '{"id": 1,\n "total": }' }, async ({ page }) => {
      await pane(page).getByText('line 2, column 11: expected a value, found }').waitFor();
      assert.equal(await pane(page).locator('pre').textContent(), '{"id": 1,\n "total": }');
    }));

  it('shows the beginning of a 5 MB body, quickly, and says that it is not all', () =>
    withPanel('messages', { messages: { state: tail(20) } }, async ({ page }) => {
      await page.evaluate(() => {
        scripted.setBody(
          20,
          JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id, name: 'x'.repeat(25) }))),
        );
      });
      const before = Date.now();
      await page.locator('#row-20').click();
      await pane(page).getByText('Only the beginning is shown').waitFor();
      assert.ok(Date.now() - before < 5_000);
      assert.ok(((await pane(page).locator('pre').textContent()) ?? '').length < 300_000);
    }));

  it('shows a body that is no text in hex, with the reason', () =>
    withDetail({ bodyHex: 'ff00ff', properties: {} }, async ({ page }) => {
      await pane(page).getByText('The body is binary, and its format was not recognised.').waitFor();
      assert.match((await pane(page).locator('pre').textContent()) ?? '', /ff 00 ff/);
    }));

  it('says that an empty body is empty', () =>
    withDetail({ bodyText: '' }, async ({ page }) => {
      await pane(page).getByText('The body is empty.').waitFor();
    }));

  it('shows properties, and headers with their AMQP types', () =>
    withDetail(
      {
        properties: {
          deliveryMode: 2,
          expiration: '60000',
          headers: [
            { name: 'x-tenant', value: { type: 'longstr', value: '<b>acme</b>' } },
            {
              name: 'n',
              value: { type: 'table', value: [{ name: '__proto__', value: { type: 'short', value: 5 } }] },
            },
          ],
        },
      },
      async ({ page }) => {
        await pane(page).getByRole('tab', { name: 'Properties' }).click();
        await pane(page).getByRole('row', { name: 'Delivery mode 2 (persistent)' }).waitFor();
        await pane(page).getByRole('row', { name: 'Expiration 60000 ms' }).waitFor();
        await page.keyboard.press('ArrowRight');
        await pane(page).getByRole('row', { name: 'x-tenant longstr <b>acme</b>' }).waitFor();
        await pane(page).getByRole('row', { name: 'n table 1 field' }).waitFor();
        await pane(page).getByRole('row', { name: '__proto__ short 5' }).waitFor();
        assert.equal(await pane(page).getByRole('tab', { name: 'Death History' }).count(), 0);
      },
    ));

  it('shows where a dead letter died', () =>
    withDetail(
      {
        exchange: 'orders.dlx',
        routingKey: 'order.created.us',
        properties: {
          headers: [
            {
              name: 'x-death',
              value: {
                type: 'array',
                value: [
                  {
                    type: 'table',
                    value: [
                      { name: 'count', value: { type: 'long', value: '3' } },
                      { name: 'reason', value: { type: 'longstr', value: 'rejected' } },
                      { name: 'queue', value: { type: 'longstr', value: 'orders.fulfilment' } },
                      { name: 'exchange', value: { type: 'longstr', value: 'orders' } },
                      {
                        name: 'routing-keys',
                        value: { type: 'array', value: [{ type: 'longstr', value: 'order.created.us' }] },
                      },
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
      async ({ page }) => {
        await pane(page).getByRole('tab', { name: 'Death History' }).click();
        const stations = pane(page).getByRole('list', { name: 'Death history' }).getByRole('listitem');
        const texts = (await stations.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
        assert.deepEqual(texts, [
          'exchange orders key order.created.us',
          'queue orders.fulfilment rejected ×3',
          'dead-letter exchange orders.dlx key order.created.us',
        ]);
      },
    ));

  it('opens in an editor and is published again by its number', () =>
    withDetail({}, async (panel) => {
      await panel.page.getByRole('button', { name: 'Open in Editor' }).click();
      assert.deepEqual(await panel.request('openInEditor'), { seq: 20 });
      await panel.page.getByRole('button', { name: 'Publish Again' }).click();
      assert.deepEqual(await panel.request('publishAgain'), { seq: 20 });
    }));

  it('says why a message is not there any more', () => {
    const failures = {
      message: { reason: 'notFound' as const, message: 'The buffer has let this message go.' },
    };
    return withPanel('messages', { messages: { state: tail(20), failures } }, async ({ page }) => {
      await page.locator('#row-20').click();
      await pane(page).getByText('The buffer has let this message go.').waitFor();
    });
  });

  it('stands below the table or beside it, in a size that is remembered', () =>
    withDetail(
      {},
      async ({ page }) => {
        const splitter = page.getByRole('separator', { name: 'Size of the message pane' });
        assert.equal(await splitter.getAttribute('aria-orientation'), 'vertical');
        const before = await pane(page).boundingBox();
        const bar = await splitter.boundingBox();
        await page.mouse.move(bar?.x ?? 0, 300);
        await page.mouse.down();
        await page.mouse.move((bar?.x ?? 0) - 100, 300);
        await page.mouse.up();
        const after = await pane(page).boundingBox();
        assert.ok(Math.abs((after?.width ?? 0) - (before?.width ?? 0) - 100) < 4);
        await splitter.press('ArrowRight');
        const saved = await page.evaluate(() => scripted.savedState.value);
        assert.ok(typeof saved === 'object' && saved !== null && 'detailShare' in saved);
        await page.setViewportSize({ width: 700, height: 600 });
        await page.locator('[role=separator][aria-orientation=horizontal]').waitFor();
      },
      { width: 1300, theme: themes.light },
    ));
});
