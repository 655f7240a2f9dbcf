import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { madeUpDetail } from './page/madeUp';
import type { MessagesScript } from './page/script';
import type { PanelPage } from './panelPage';
import { withPanel } from './panelPage';
import { tail } from './views';

const pane = (page: Page) => page.getByRole('region', { name: 'Message' });
/** {"id": 18446744073709551615} */
const messagePack = {
  bodyHex: '81a26964cfffffffffffffffff',
  properties: { contentType: 'application/msgpack' },
};

function withBody(
  script: Partial<MessagesScript> & { readonly body?: object },
  test: (panel: PanelPage) => Promise<void>,
): Promise<void> {
  const { body = {}, ...rest } = script;
  const details = [{ ...madeUpDetail(20), ...body }];
  return withPanel('messages', { messages: { state: tail(20), details, ...rest } }, async (panel) => {
    await panel.page.locator('#row-20').click();
    await pane(panel.page).getByRole('tab', { name: 'Body' }).waitFor();
    await test(panel);
  });
}

describe('a decoded body in the panel', () => {
  it('is shown with what it is, and decoded otherwise when the user chooses', () =>
    withBody({ body: messagePack }, async (panel) => {
      const { page } = panel;
      const body = pane(page).locator('pre');
      await pane(page)
        .locator('.decoded-label', { hasText: /^MessagePack$/ })
        .waitFor();
      assert.equal(await body.textContent(), '{\n  "id": 18446744073709551615\n}');
      assert.deepEqual(await panel.request('decode'), { seq: 20 });
      const choice = pane(page).getByRole('combobox', { name: 'Decode as' });
      assert.equal(await choice.inputValue(), '');
      await choice.selectOption({ label: 'CBOR' });
      await pane(page)
        .getByText(/^\s*The body is not CBOR: /)
        .waitFor();
      assert.match((await body.textContent()) ?? '', /^00000000 {2}81 a2 69 64/);
      assert.equal(await choice.inputValue(), 'cbor');
      await choice.selectOption({ label: 'Automatic' });
      await pane(page)
        .locator('.decoded-label', { hasText: /^MessagePack$/ })
        .waitFor();
    }));

  it('leaves Raw and Hex to the bytes as they came', () =>
    withBody({ body: messagePack }, async ({ page }) => {
      await pane(page).locator('.decoded-label').waitFor();
      await pane(page).getByRole('radio', { name: 'Hex' }).click();
      assert.match((await pane(page).locator('pre').textContent()) ?? '', /^00000000 {2}81 a2 69 64/);
      assert.equal(await pane(page).getByRole('combobox', { name: 'Decode as' }).count(), 0);
      await pane(page).getByRole('radio', { name: 'Raw' }).click();
      await pane(page).getByText('what cannot be shown stands as').waitFor();
    }));

  it('forgets the choice with the next message', () =>
    withBody({ body: messagePack }, async ({ page }) => {
      await pane(page).getByRole('combobox', { name: 'Decode as' }).selectOption('hex');
      await pane(page).locator('.decoded-label', { hasText: /^Hex$/ }).waitFor();
      await page.locator('#row-19').click();
      await pane(page).getByText('"a19"').waitFor();
      assert.equal(await pane(page).getByRole('combobox', { name: 'Decode as' }).inputValue(), '');
    }));

  it('shows steps, facts, choices and problems as text, whoever wrote them', () =>
    withBody(
      {
        decoded: {
          decoder: 'protobuf shop.<b>Order</b>',
          label: 'gzip, then JSON in a CloudEvent',
          text: '<i>text</i>',
          language: 'json',
          cut: true,
          problem: 'Something <u>odd</u>.',
          choices: ['protobuf shop.<b>Order</b>', 'command ./decode.sh -x', 'json'],
          facts: [{ name: 'type', value: '<script>alert(1)</script>' }],
        },
      },
      async ({ page }) => {
        await pane(page).getByText('gzip, then JSON in a CloudEvent').waitFor();
        await pane(page).getByRole('row', { name: 'type <script>alert(1)</script>' }).waitFor();
        await pane(page).getByText('Something <u>odd</u>.').waitFor();
        await pane(page).getByText('Only the beginning is shown').waitFor();
        assert.equal(await pane(page).locator('pre').textContent(), '<i>text</i>');
        const labels = await pane(page)
          .getByRole('combobox', { name: 'Decode as' })
          .locator('option')
          .allTextContents();
        assert.deepEqual(
          labels.map((label) => label.trim()),
          ['Automatic', 'Protobuf shop.<b>Order</b>', 'Command ./decode.sh -x', 'JSON'],
        );
      },
    ));

  it('that could not be decoded is shown as the panel can, with the reason', () => {
    const failures = { decode: { reason: 'notFound' as const, message: 'This decoder is no longer there.' } };
    return withBody({ failures, body: { bodyText: '{"a":1}' } }, async ({ page }) => {
      await pane(page).getByText('This decoder is no longer there.').waitFor();
      assert.equal(await pane(page).locator('pre').textContent(), '{\n  "a": 1\n}');
    });
  });
});
