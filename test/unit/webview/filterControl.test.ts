import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FilterParams } from '../../../src/protocol/brokerContract';
import type { FilterState, ViewState } from '../../../src/protocol/view';
import { FilterControl } from '../../../webview/messages/filterControl';
import { ManualClock } from '../../support/manualClock';

function setUp(recalled?: unknown) {
  const sent: { filter: FilterParams; signal: AbortSignal }[] = [];
  const kept: unknown[] = [];
  const clock = new ManualClock();
  const control = new FilterControl(
    {
      send: (filter, signal) => {
        sent.push({ filter, signal });
        return new Promise(() => undefined);
      },
      recall: () => recalled,
      remember: (value) => kept.push(value),
      changed: () => undefined,
      complain: (thrown) => {
        throw thrown as Error;
      },
    },
    clock,
  );
  return { sent, kept, clock, control };
}

const view = (viewId: string, filter?: Partial<FilterState>): ViewState =>
  ({ viewId, ...(filter && { filter: { text: '', ...filter } }) }) as ViewState;
const range = { from: 1, to: 2 };

describe('the filter on its way to the view', () => {
  it('is sent once when the typing pauses', async () => {
    const { sent, clock, control } = setUp();
    control.adopt(view('a'));
    for (const text of ['k', 'ke', 'key:x']) {
      control.type(text);
      await clock.pass(100);
    }
    assert.equal(sent.length, 0);
    await clock.pass(20);
    assert.deepEqual(
      sent.map(({ filter }) => filter),
      [{ text: 'key:x' }],
    );
  });

  it('cancels what the keystroke before asked for', async () => {
    const { sent, clock, control } = setUp();
    control.adopt(view('a'));
    control.type('key:x');
    await clock.pass(120);
    control.type('key:xy');
    assert.equal(sent[0]?.signal.aborted, true);
  });

  it('goes at once with Enter, and not a second time', async () => {
    const { sent, clock, control } = setUp();
    control.adopt(view('a'));
    control.type('key:x');
    control.apply();
    await clock.pass(500);
    assert.equal(sent.length, 1);
  });

  it('goes again to a view that was opened anew, without the times of the old one', () => {
    const { sent, control } = setUp();
    control.adopt(view('a'));
    control.type('key:x');
    control.select(range);
    control.adopt(view('b'));
    assert.deepEqual(sent.at(-1)?.filter, { text: 'key:x' });
  });

  it('comes back with the panel as the view kept it', () => {
    const { sent, control } = setUp({ viewId: 'a', text: 'older', range });
    control.adopt(view('a', { text: 'key:x', range }));
    assert.deepEqual([control.text, control.range, sent.length], ['key:x', range, 0]);
  });

  it('comes back from memory where the view does not know it yet', () => {
    const { sent, control } = setUp({ viewId: 'a', text: 'key:x', range });
    control.adopt(view('a'));
    assert.deepEqual(sent[0]?.filter, { text: 'key:x', range });
  });

  it('is nothing where the memory holds something else', () => {
    const { sent, control } = setUp({ viewId: 5 });
    control.adopt(view('a'));
    assert.deepEqual([control.text, sent.length], ['', 0]);
  });
});
