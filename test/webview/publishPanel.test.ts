import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import type { PublishForm } from '../../src/core/message/publishForm';
import type { PublishPanelState } from '../../src/protocol/publishPanel';
import { eventually } from '../support/eventually';
import type { PublishScript } from './page/script';
import type { PanelPage } from './panelPage';
import { withPanel } from './panelPage';

const form: PublishForm = {
  targetKind: 'exchange',
  target: 'orders',
  routingKey: 'order.created.eu',
  body: '{"id":12345678901234567890}',
  bodyEncoding: 'text',
  properties: { contentType: 'application/json', messageId: 'm-1' },
  headers: [{ name: 'x-tenant', type: 'longstr', value: 'acme' }],
};

const state: PublishPanelState = {
  connection: 'shop-dev',
  vhost: '/',
  form,
  revision: 1,
  exchanges: ['', 'audit', 'orders', 'orders.dlx', 'payments'],
  queues: ['orders.audit', 'orders.fulfilment'],
};

const at = Date.UTC(2025, 5, 2, 12, 4, 5);
const routed = { kind: 'outcome', at, outcome: { kind: 'routed', tookMs: 3.2 } } as const;

function withForm(
  test: (panel: PanelPage) => Promise<void>,
  {
    results = [routed],
    change = {},
  }: { results?: PublishScript['results']; change?: Partial<PublishPanelState> } = {},
): Promise<void> {
  return withPanel('publish', { publish: { state: { ...state, ...change }, results } }, test, {
    height: 800,
  });
}

async function sentForm(panel: PanelPage): Promise<PublishForm> {
  return ((await panel.request('publish')) as { form: PublishForm }).form;
}

/** A control of the toolkit takes a new value at its next turn. */
async function holds(field: Locator, value: string): Promise<void> {
  await eventually(async () => {
    assert.equal(await field.inputValue(), value);
  });
}

describe('the publish panel', () => {
  it('sends what it was opened with', () =>
    withForm(async (panel) => {
      await panel.page.getByRole('button', { name: 'Publish', exact: true }).click();
      assert.deepEqual(await sentForm(panel), form);
      await panel.page.getByText('routed in 3 ms').waitFor();
    }));

  it('sends what was typed, from the keyboard alone', () =>
    withForm(async (panel) => {
      const { page } = panel;
      await page.getByRole('textbox', { name: 'Routing key' }).fill('order.paid');
      await page.getByRole('textbox', { name: 'Body' }).fill('{"ü":1}');
      await page.getByRole('textbox', { name: 'Expiration' }).fill('60000');
      await page.getByRole('checkbox', { name: 'Base64' }).press('Space');
      await page.keyboard.press('Control+Enter');
      const sent = await sentForm(panel);
      assert.equal(sent.routingKey, 'order.paid');
      assert.equal(sent.body, '{"ü":1}');
      assert.equal(sent.bodyEncoding, 'base64');
      assert.equal(sent.properties.expiration, '60000');
    }));

  it('lists outcomes in words, newest first', () =>
    withForm(
      async ({ page }) => {
        const publish = page.getByRole('button', { name: 'Publish', exact: true });
        const lines = page.getByRole('list', { name: /Outcomes/ }).getByRole('listitem');
        for (const count of [1, 2, 3, 4]) {
          await publish.click();
          await lines.nth(count - 1).waitFor();
        }
        const texts = (await lines.allTextContents()).map((line) => line.replace(/\s+/g, ' ').trim());
        assert.deepEqual(texts.slice(1), [
          '12:04:05 refused: maximum length reached',
          '12:04:05 returned: no queue is bound for "order.created.eu" (312 NO_ROUTE)',
          '12:04:05 routed in 3 ms',
        ]);
        assert.match(texts[0] ?? '', /The connection is gone\. Connect again\.$/);
      },
      {
        results: [
          routed,
          { kind: 'outcome', at, outcome: { kind: 'returned', code: 312, text: 'NO_ROUTE', tookMs: 2 } },
          { kind: 'outcome', at, outcome: { kind: 'refused', by: 'nack', text: 'maximum length reached' } },
          {
            kind: 'failure',
            failure: { reason: 'closed', message: 'The connection is gone.', advice: 'Connect again.' },
          },
        ],
      },
    ));

  it('shows each problem at its field, goes to the first, and forgets it when the field changes', () =>
    withForm(
      async ({ page }) => {
        await page.getByRole('button', { name: 'Publish', exact: true }).click();
        await page.getByText('The priority is a whole number from 0 to 255.').waitFor();
        await page.getByText('The value must be true or false.').waitFor();
        await page.getByText('Say which queue.').waitFor();
        const target = page.getByRole('combobox', { name: 'Exchange' });
        assert.equal(await target.getAttribute('aria-invalid'), 'true');
        await page.locator('#target-input:focus').waitFor();
        await page.getByRole('textbox', { name: 'Priority' }).fill('5');
        await page.getByText('The priority is a whole number').waitFor({ state: 'detached' });
        await target.fill('orders');
        assert.equal(await target.getAttribute('aria-invalid'), 'false');
      },
      {
        results: [
          {
            kind: 'invalid',
            problems: [
              { field: 'target', message: 'Say which queue.' },
              { field: 'priority', message: 'The priority is a whole number from 0 to 255.' },
              { field: 'headers.0', message: 'The value must be true or false.' },
            ],
          },
        ],
        change: { form: { ...form, properties: {} } },
      },
    ));

  it('completes names of exchanges and queues by mouse and by keyboard', () =>
    withForm(async (panel) => {
      const { page } = panel;
      const target = page.getByRole('combobox', { name: 'Exchange' });
      await target.fill('dlx');
      await page.getByRole('option', { name: 'orders.dlx' }).click();
      await holds(target, 'orders.dlx');

      await page.getByRole('combobox', { name: 'Publish to' }).click();
      await page.getByRole('option', { name: 'Queue' }).click();
      const queue = page.getByRole('combobox', { name: 'Queue', exact: true });
      await queue.fill('orders');
      await queue.press('ArrowDown');
      await queue.press('ArrowDown');
      await queue.press('Enter');
      await holds(queue, 'orders.fulfilment');
      assert.equal(await page.getByRole('textbox', { name: 'Routing key' }).count(), 0);
      await page.getByText('Straight to this queue, through the default exchange.').waitFor();
      await page.keyboard.press('Control+Enter');
      const sent = await sentForm(panel);
      assert.deepEqual([sent.targetKind, sent.target], ['queue', 'orders.fulfilment']);
    }));

  it('formats JSON without changing a digit, and says where it is none', () =>
    withForm(async ({ page }) => {
      const body = page.getByRole('textbox', { name: 'Body' });
      await page.getByRole('button', { name: 'Format' }).click();
      await holds(body, '{\n  "id": 12345678901234567890\n}');
      await body.fill('{"id": }');
      await page.getByRole('button', { name: 'Format' }).click();
      await page.getByText('Not JSON: line 1, column 8: expected a value, found }.').waitFor();
    }));

  it('adds, types and removes headers', () =>
    withForm(async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Add Header' }).click();
      await page.keyboard.type('n');
      await page.getByRole('combobox', { name: 'Type of header 2' }).click();
      await page.getByRole('option', { name: '64-bit integer (long)' }).click();
      await page.getByRole('textbox', { name: 'Value of header 2' }).fill('9007199254740993');
      await page.getByRole('button', { name: 'Remove header 1' }).click();
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      assert.deepEqual((await sentForm(panel)).headers, [
        { name: 'n', type: 'long', value: '9007199254740993' },
      ]);
      await holds(page.getByRole('textbox', { name: 'Name of header 1' }), 'n');
    }));

  it('opens the tail before it publishes, so that the tail sees the message', () =>
    withForm(async (panel) => {
      await panel.page.getByRole('button', { name: 'Publish and Tail' }).click();
      await panel.page.getByText('routed in 3 ms').waitFor();
      assert.deepEqual(
        (await panel.requests()).map(({ name }) => name),
        ['tailTarget', 'publish'],
      );
    }));

  it('keeps what was typed until the host has something newer', () =>
    withForm(async (panel) => {
      const { page } = panel;
      const key = page.getByRole('textbox', { name: 'Routing key' });
      await key.fill('typed');
      await panel.showForm({ ...state, queues: [] });
      await holds(key, 'typed');
      const again = { ...form, routingKey: 'again' };
      await panel.showForm({ ...state, revision: 2, form: again });
      await page.locator('.key[current-value="again"]').waitFor();
      await holds(key, 'again');
    }));

  it('still holds what was typed when it was hidden and is shown again', async () => {
    let saved: unknown;
    await withForm(async ({ page }) => {
      await page.getByRole('textbox', { name: 'Routing key' }).fill('typed');
      await page.waitForFunction(() => JSON.stringify(scripted.savedState.value ?? null).includes('"typed"'));
      saved = await page.evaluate(() => scripted.savedState.value);
    });
    const shown = (revision: number, key: string) =>
      withPanel(
        'publish',
        { publish: { state: { ...state, revision }, results: [routed] }, savedState: saved },
        async ({ page }) => {
          await page.locator(`.key[current-value="${key}"]`).waitFor();
        },
      );
    await shown(1, 'typed');
    await shown(2, form.routingKey);
  });

  it('says why nothing can be published', () =>
    withForm(
      async (panel) => {
        const { page } = panel;
        await page.getByText('This profile is read-only.').waitFor();
        assert.equal(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled(), true);
        await page.getByRole('textbox', { name: 'Routing key' }).press('Control+Enter');
        assert.deepEqual(await panel.requests(), []);
      },
      { change: { blocked: 'This profile is read-only.' } },
    ));

  it('shows hostile names as text', () => {
    const evil = '<img src=x onerror="document.title=1">';
    return withForm(
      async ({ page }) => {
        await page.getByRole('combobox', { name: 'Exchange' }).fill('img');
        await page.getByRole('option', { name: evil }).click();
        await page.getByRole('button', { name: 'Publish', exact: true }).click();
        await page.getByText(`refused: ${evil}`).waitFor();
        assert.equal(await page.locator('img').count(), 0);
      },
      {
        change: { exchanges: [evil], connection: evil },
        results: [
          { kind: 'outcome', at, outcome: { kind: 'refused', by: 'channel', code: 403, text: evil } },
        ],
      },
    );
  });
});
