import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import type { PublishForm } from '../../src/core/message/publishForm';
import type { PublishPanelState } from '../../src/protocol/publishPanel';
import type { FieldValue } from '../../src/core/base/fieldValue';
import { madeUpDetail, madeUpRow } from './page/madeUp';
import type { PanelScript } from './panelPage';
import { withPanel } from './panelPage';
import { allThemes } from './themes';
import { peek, tail } from './views';

const note = {
  kind: 'note' as const,
  seq: 1_195,
  place: 1_195,
  receivedAt: Date.UTC(2025, 5, 2, 12, 4, 9),
  severity: 'warning' as const,
  text: 'Connection lost 12:04:07, resumed 12:04:09: messages in between were not seen.',
};
const yours = { ...madeUpRow(1_198), exchange: '', routingKey: 'orders.fulfilment', sentByYou: true };

const filledTail: PanelScript = {
  messages: { state: tail(1_204, { received: 88_120, dropped: 12_000 }), rows: [note, yours] },
};
const from = Date.UTC(2025, 5, 2, 12, 4, 5);
const counts = Array.from({ length: 90 }, (_, index) => 40 + ((index * 37) % 61));
const filter = {
  text: 'key:order.* AND body.total>>100',
  matched: 1_204,
  scanned: 60_000,
  total: 88_120,
  running: true,
  problem: { message: 'Expected a number after >, found >.', from: 28, to: 29 },
};
const busyTail: PanelScript = {
  messages: {
    state: tail(1_204, {
      received: 88_120,
      dropped: 12_000,
      filter,
      rates: Array.from({ length: 60 }, (_, index) => 200 + ((index * 53) % 140)),
      recording: { path: '/home/me/orders.jsonl', messages: 1_204, bytes: 1_800_000, leftOut: 0 },
    }),
    histogram: {
      from,
      to: from + 90_000,
      counts,
      matching: counts.map((count, index) => (index % 5 === 0 ? 0 : count / 2)),
    },
  },
  savedState: { histogramOpen: true },
};
const deadLetter: PanelScript = {
  messages: {
    state: tail(20),
    details: [
      {
        ...madeUpDetail(20),
        exchange: 'orders.dlx',
        properties: {
          headers: [
            {
              name: 'x-death',
              value: {
                type: 'array',
                value: [
                  death('orders.retry', 'expired', '1', 'orders.retry'),
                  death('orders.fulfilment', 'rejected', '3', 'orders'),
                ],
              },
            },
          ],
        },
      },
    ],
  },
};

function death(queue: string, reason: string, count: string, exchange: string): FieldValue {
  return {
    type: 'table',
    value: [
      { name: 'count', value: { type: 'long', value: count } },
      { name: 'reason', value: { type: 'longstr', value: reason } },
      { name: 'queue', value: { type: 'longstr', value: queue } },
      { name: 'time', value: { type: 'timestamp', value: '1748865845' } },
      { name: 'exchange', value: { type: 'longstr', value: exchange } },
      {
        name: 'routing-keys',
        value: { type: 'array', value: [{ type: 'longstr', value: 'order.created.eu' }] },
      },
    ],
  };
}
const stuckTail: PanelScript = {
  messages: {
    state: tail(0, {
      status: {
        kind: 'nothingToMirror',
        text: 'Nothing can be mirrored: no exchange is bound to this queue.',
      },
    }),
  },
};
const askingPeek: PanelScript = {
  messages: {
    state: peek(
      { kind: 'awaitingConsent' },
      { consent: 'Delete up to 3 messages that reach their delivery limit of 20.' },
    ),
  },
};

const form: PublishForm = {
  targetKind: 'exchange',
  target: 'orders',
  routingKey: 'order.created.eu',
  body: '{\n  "id": "a1",\n  "total": 129.90\n}',
  bodyEncoding: 'text',
  properties: { contentType: 'application/json', messageId: 'm-1', deliveryMode: '2' },
  headers: [
    { name: 'x-tenant', type: 'longstr', value: 'acme' },
    { name: 'x-retry', type: 'bool', value: 'maybe' },
  ],
};
const state: PublishPanelState = {
  connection: 'shop-dev',
  vhost: '/',
  form,
  revision: 1,
  exchanges: ['audit', 'orders', 'orders.dlx'],
  queues: ['orders.fulfilment'],
};
const at = Date.UTC(2025, 5, 2, 12, 4, 5);
const filledForm: PanelScript = {
  publish: {
    state,
    results: [
      {
        kind: 'outcome',
        at: at - 7_000,
        outcome: { kind: 'returned', code: 312, text: 'NO_ROUTE', tookMs: 2 },
      },
      { kind: 'outcome', at, outcome: { kind: 'routed', tookMs: 3 } },
      { kind: 'invalid', problems: [{ field: 'headers.1', message: 'The value must be true or false.' }] },
    ],
  },
};

/** Everything that takes the focus and has no name, as a screen reader would find it. */
async function namelessControls(page: Page): Promise<string[]> {
  const snapshot = await page.locator('body').ariaSnapshot();
  return snapshot
    .split('\n')
    .filter((line) =>
      /^\s*- (?:button|textbox|combobox|checkbox|radio|tab|grid|separator|link)(?: \[|:|$)/.test(line),
    )
    .filter((line) => !/ "/.test(line));
}

async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => scripted.overflows());
}

for (const theme of allThemes) {
  describe(`in the ${theme.name} theme`, () => {
    for (const width of [900, 400]) {
      const suffix = `${theme.name}-${width}`;
      const options = { theme, width, height: 700 };

      it(`a filled tail fits ${width} pixels and every control has a name`, () =>
        withPanel(
          'messages',
          filledTail,
          async (panel) => {
            const { page } = panel;
            await page.locator('#row-1200').click();
            await page.getByText('"Ada Lovelace"').last().waitFor();
            await page.keyboard.press('ArrowDown');
            await page.getByText('"a1201"').last().waitFor();
            await panel.screenshot(`tail-${suffix}`);
            assert.deepEqual(await namelessControls(page), []);
            assert.equal(await overflows(page), false);
            await page.getByRole('tab', { name: 'Properties' }).click();
            await panel.screenshot(`tail-properties-${suffix}`);
          },
          options,
        ));

      it(`a filter with a mistake, a histogram and a menu fit ${width} pixels`, () =>
        withPanel(
          'messages',
          busyTail,
          async (panel) => {
            const { page } = panel;
            await page.locator('time-histogram rect.matching').first().waitFor();
            const input = page.getByRole('combobox', { name: 'Filter' });
            await input.fill(filter.text);
            await page.getByText('Expected a number after >').waitFor();
            await panel.screenshot(`tools-${suffix}`);
            assert.deepEqual(await namelessControls(page), []);
            assert.equal(await overflows(page), false);
            await page.getByRole('button', { name: 'How to Receive' }).click();
            await page.getByRole('menu').waitFor();
            await page.keyboard.press('ArrowDown');
            await panel.screenshot(`menu-${suffix}`);
            assert.equal(await overflows(page), false);
          },
          options,
        ));

      it(`the way of a dead letter fits ${width} pixels`, () =>
        withPanel(
          'messages',
          deadLetter,
          async (panel) => {
            await panel.page.locator('#row-20').click();
            await panel.page.getByRole('tab', { name: 'Death History' }).click();
            await panel.page.getByRole('list', { name: 'Death history' }).waitFor();
            await panel.screenshot(`deaths-${suffix}`);
            assert.equal(await overflows(panel.page), false);
          },
          options,
        ));

      it(`a tail that can mirror nothing fits ${width} pixels`, () =>
        withPanel(
          'messages',
          stuckTail,
          async (panel) => {
            await panel.page.getByRole('button', { name: 'Tail This Binding' }).waitFor();
            await panel.screenshot(`tail-stuck-${suffix}`);
            assert.deepEqual(await namelessControls(panel.page), []);
            assert.equal(await overflows(panel.page), false);
          },
          options,
        ));

      it(`the question before a peek fits ${width} pixels`, () =>
        withPanel(
          'messages',
          askingPeek,
          async (panel) => {
            await panel.page.getByRole('checkbox').focus();
            await panel.screenshot(`peek-${suffix}`);
            assert.deepEqual(await namelessControls(panel.page), []);
            assert.equal(await overflows(panel.page), false);
          },
          options,
        ));

      it(`a filled publish form fits ${width} pixels`, () =>
        withPanel(
          'publish',
          filledForm,
          async (panel) => {
            const { page } = panel;
            const publish = page.getByRole('button', { name: 'Publish', exact: true });
            await publish.click();
            await page.getByText('NO_ROUTE').waitFor();
            await publish.click();
            await page.getByText('routed in').waitFor();
            await publish.click();
            await page.getByText('must be true or false').waitFor();
            await page.getByRole('combobox', { name: 'Exchange' }).click();
            await page.getByRole('option').first().waitFor();
            await panel.screenshot(`publish-${suffix}`);
            await page.keyboard.press('Escape');
            assert.deepEqual(await namelessControls(page), []);
            assert.equal(await overflows(page), false);
          },
          { ...options, height: 1_000 },
        ));
    }

    it('the focus can be seen on everything that takes it', () =>
      withPanel(
        'messages',
        filledTail,
        async ({ page }) => {
          await page.locator('#row-1200').click();
          await page.getByRole('tab', { name: 'Body' }).waitFor();
          const unseen: string[] = [];
          for (let presses = 0; presses < 30; presses++) {
            await page.keyboard.press('Tab');
            const found = await page.evaluate(() => scripted.unseenFocus());
            if (found) unseen.push(found);
          }
          assert.deepEqual(unseen, []);
        },
        { theme, width: 900 },
      ));
  });
}
