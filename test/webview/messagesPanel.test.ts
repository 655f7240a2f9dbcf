import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import type { ViewStatus } from '../../src/protocol/view';
import { eventually } from '../support/eventually';
import { withPanel } from './panelPage';
import { peek, stoppedTail, tail } from './views';

/** A control of the toolkit follows its element a turn later. */
async function disabled(button: Locator, expected: boolean): Promise<void> {
  await eventually(async () => {
    assert.equal(await button.isDisabled(), expected);
  });
}

describe('a tail', () => {
  it('says what it sees, what it misses, that nothing is taken, and how much it has received', () =>
    withPanel(
      'messages',
      { messages: { state: tail(1_204, { received: 88_120, dropped: 12_000 }) } },
      async ({ page }) => {
        const banner = page.getByRole('region', { name: 'What this view shows' });
        await banner.getByText('3 bindings').waitFor();
        await banner.getByText('Misses messages already in the queue').waitFor();
        await banner.getByText('Nothing is taken.').waitFor();
        await page.getByText('1,204 of 88,120 shown').waitFor();
        await page.getByText('12,000 dropped by the buffer (100,000 max)').waitFor();
        await page.getByText('340/s').waitFor();
      },
    ));

  it('pauses, resumes and clears by the button', () =>
    withPanel('messages', { messages: { state: tail(10) } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Pause' }).click();
      await panel.request('pause');
      await panel.show(tail(10, { status: { kind: 'paused', waiting: 1_340, receiving: true } }));
      await page.getByText('1,340 wait to be shown').waitFor();
      await page.getByRole('button', { name: 'Resume' }).click();
      await panel.request('resume');
      await page.getByRole('button', { name: 'Clear' }).click();
      await panel.request('clear');
      await panel.show(tail(10, { firstRow: 11, nextRow: 11 }));
      await page.getByText('Cleared. The next message will show here.').waitFor();
      assert.deepEqual(
        (await panel.requests()).map(({ name }) => name),
        ['pause', 'resume', 'clear'],
      );
    }));

  it('that can mirror nothing says why, and offers what else can be done with its price', () => {
    const status: ViewStatus = {
      kind: 'nothingToMirror',
      text: 'Nothing can be mirrored: no exchange is bound to this queue.',
    };
    return withPanel('messages', { messages: { state: tail(0, { status }) } }, async (panel) => {
      const { page } = panel;
      await page.getByText('no exchange is bound to this queue').waitFor();
      await page.getByText('No message can show here, even when the queue receives some.').waitFor();
      await page.getByText('Marks those messages as redelivered.').waitFor();
      await page.getByRole('button', { name: 'Peek Messages...' }).click();
      await panel.request('peekInstead');
      await page.getByRole('textbox', { name: 'Exchange' }).fill('orders');
      await page.getByRole('textbox', { name: 'Binding key' }).fill('order.#');
      await page.getByRole('button', { name: 'Tail This Binding' }).click();
      assert.deepEqual(await panel.request('tailBinding'), { exchange: 'orders', routingKey: 'order.#' });
    });
  });

  it('keeps the other ways to watch one click away', () =>
    withPanel('messages', { messages: { state: tail(5) } }, async ({ page }) => {
      const more = page.getByRole('button', { name: 'Other Ways to Watch' });
      assert.equal(await more.getAttribute('aria-expanded'), 'false');
      await more.press('Enter');
      await page.getByRole('button', { name: 'Peek Messages...' }).waitFor();
    }));

  it('opens another way to watch with what it names, or asks the host where to begin', () => {
    const source = { kind: 'stream', vhost: '/', queue: 'audit', offset: { from: 'first' } } as const;
    const stream = { kind: 'stream', price: 'Takes nothing.' } as const;
    const alternatives = [
      { ...stream, label: 'Stream from the First Message', source },
      { ...stream, label: 'Stream from an Offset, Time or Age...' },
    ];
    const banner = { sees: 'New messages.', misses: '', promise: 'Nothing is taken.', alternatives };
    return withPanel('messages', { messages: { state: tail(5, { banner }) } }, async (panel) => {
      const { page } = panel;
      await page.getByRole('button', { name: 'Other Ways to Watch' }).click();
      await page.getByRole('button', { name: 'Stream from the First Message' }).click();
      assert.deepEqual(await panel.request('watchInstead'), { source });
      await page.getByRole('button', { name: 'Stream from an Offset' }).click();
      await panel.request('watchFrom');
    });
  });

  it('never looks complete while it is empty', async () => {
    const cases: [ViewStatus, RegExp][] = [
      [{ kind: 'starting' }, /Nothing is watched yet/],
      [{ kind: 'running' }, /Waiting for the next message/],
      [{ kind: 'paused', waiting: 0, receiving: true }, /Paused before a message came/],
      [
        { kind: 'reconnecting', text: 'Connection lost.' },
        /Nothing is received while the connection is down/,
      ],
      [{ kind: 'stopped', text: 'The queue was deleted.' }, /Nothing is watched any more/],
      [{ kind: 'failed', text: 'The broker said no.', advice: 'Ask for rights.' }, /Nothing can show here/],
    ];
    await withPanel('messages', { messages: { state: tail(0) } }, async (panel) => {
      const { page } = panel;
      for (const [status, words] of cases) {
        await panel.show(tail(0, { status }));
        await page.getByText(words).waitFor();
        if ('text' in status) await page.getByRole('status').getByText(status.text).waitFor();
      }
      await page.getByText('Ask for rights.').waitFor();
      await page.getByRole('button', { name: 'Try Again' }).waitFor();
    });
  });

  it('comes back stopped after a reload, with a Resume button', () => {
    const state = stoppedTail;
    return withPanel('messages', { messages: { state }, savedState: { detailShare: 0.6 } }, async (panel) => {
      await panel.page.getByText('the window was reloaded').waitFor();
      await panel.page.getByRole('button', { name: 'Resume' }).click();
      await panel.request('restart');
      await panel.show(tail(3));
      await panel.page.locator('#row-3').click();
      const splitter = panel.page.getByRole('separator', { name: 'Size of the message pane' });
      assert.equal(await splitter.getAttribute('aria-valuenow'), '60');
    });
  });

  it('shows why a request failed, and stays usable', () => {
    const failures = {
      pause: { reason: 'closed' as const, message: 'The connection is gone.', advice: 'Connect again.' },
    };
    return withPanel('messages', { messages: { state: tail(3), failures } }, async ({ page }) => {
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.getByRole('alert').getByText('The connection is gone. Connect again.').waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      assert.equal(await page.getByText('The connection is gone.').isVisible(), false);
    });
  });
});

describe('a peek', () => {
  it('says its cost before it is paid, and reads only when asked', () =>
    withPanel('messages', { messages: { state: peek({ kind: 'awaitingConsent' }) } }, async (panel) => {
      const { page } = panel;
      await page.getByText('marks 20 messages as redelivered').waitFor();
      await page.getByText('2 consumers wait').waitFor();
      await page.getByText('Nothing has been read yet.').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Nothing was read and nothing was changed.').waitFor();
      assert.deepEqual(await panel.requests(), []);
      await page.getByRole('button', { name: 'Peek After All...' }).click();
      await page.getByRole('button', { name: 'Peek 20' }).click();
      assert.deepEqual(await panel.request('startPeek'), { count: 20, consented: false });
    }));

  it('that could lose a message waits for consent to exactly that', () => {
    const state = peek(
      { kind: 'awaitingConsent' },
      { consent: 'Delete up to 3 messages that reach their delivery limit of 20.' },
    );
    return withPanel('messages', { messages: { state } }, async (panel) => {
      const { page } = panel;
      const go = page.getByRole('button', { name: 'Peek 20' });
      await disabled(go, true);
      await page.getByRole('checkbox', { name: /delivery limit of 20/ }).press('Space');
      await go.click();
      assert.deepEqual(await panel.request('startPeek'), { count: 20, consented: true });
    });
  });

  it('of another number says the cost of that one before it can be read', () =>
    withPanel('messages', { messages: { state: peek({ kind: 'awaitingConsent' }) } }, async (panel) => {
      const { page } = panel;
      const field = page.getByRole('textbox', { name: 'Messages (1 to 500)' });
      const go = page.getByRole('button', { name: 'Peek 20' });
      await field.fill('501');
      await disabled(go, true);
      assert.deepEqual(await panel.requests(), []);
      await field.fill('50');
      assert.deepEqual(await panel.request('planPeek'), { count: 50 });
      await disabled(go, true);
      await field.fill('20');
      await disabled(go, false);
    }));

  it('at a stream begins where the user wants', () => {
    const state = peek({ kind: 'awaitingConsent' }, { offset: { from: 'number', value: '7' } });
    return withPanel('messages', { messages: { state } }, async (panel) => {
      await panel.page.getByRole('button', { name: 'Begin Elsewhere...' }).click();
      assert.deepEqual(await panel.request('peekFrom'), { count: 20 });
      await panel.page.getByRole('button', { name: 'Peek 20' }).click();
      const offset = { from: 'number', value: '7' };
      assert.deepEqual(await panel.request('startPeek'), { count: 20, offset, consented: false });
    });
  });

  it('can be done once more after its receipt, after reading the cost again', () => {
    const state = peek({ kind: 'done' }, { receipt: ['20 read, 20 given back.'] }, 20);
    return withPanel('messages', { messages: { state } }, async ({ page }) => {
      await page.getByRole('button', { name: 'Peek Again...' }).click();
      await page.getByText('marks 20 messages as redelivered').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('20 read, 20 given back.').waitFor();
    });
  });

  it('that cannot be done says why and offers no button', () => {
    const state = peek(
      { kind: 'awaitingConsent' },
      { refusal: 'The queue is exclusive to another connection.' },
    );
    return withPanel('messages', { messages: { state } }, async ({ page }) => {
      await page.getByRole('alert').getByText('exclusive to another connection').waitFor();
      assert.equal(await page.getByRole('button', { name: /Peek/ }).count(), 0);
    });
  });

  it('gives a receipt', () => {
    const state = peek({ kind: 'done' }, { receipt: ['20 read, 20 given back.', 'Order unchanged.'] }, 20);
    return withPanel('messages', { messages: { state } }, async ({ page }) => {
      await page.getByText('20 read, 20 given back. Order unchanged.').waitFor();
      await page.locator('#row-1').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Pause' }).count(), 0);
    });
  });
});
