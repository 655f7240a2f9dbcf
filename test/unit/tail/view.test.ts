import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MessageView } from '../../../src/core/tail/view';
import { delivery } from '../../support/deliveries';
import { ManualClock } from '../../support/manualClock';

function setUp(rows = 100) {
  const clock = new ManualClock();
  const view = new MessageView(clock, { rows, bytes: 1024 * 1024 });
  let changes = 0;
  view.onChanged(() => changes++);
  const receive = (count: number): void => {
    for (let index = 0; index < count; index++) view.message(delivery(`message ${String(index)}`));
  };
  return { clock, view, receive, changes: () => changes };
}

describe('what a panel sees of a tail', () => {
  it('stands still while paused, goes on receiving, and shows everything after', () => {
    const { view, receive } = setUp();
    receive(3);
    view.pause();
    receive(4);
    assert.deepEqual(pick(view), { firstRow: 1, nextRow: 4, received: 7, waiting: 4 });
    assert.equal(view.rows(1, 100).length, 3);
    view.resume();
    assert.deepEqual(pick(view), { firstRow: 1, nextRow: 8, received: 7, waiting: undefined });
    assert.equal(view.rows(1, 100).length, 7);
  });

  it('says how many rows the full buffer let go, also while paused', () => {
    const { view, receive } = setUp(5);
    receive(3);
    view.pause();
    receive(4);
    assert.deepEqual(pick(view), { firstRow: 3, nextRow: 4, received: 7, waiting: 4 });
    assert.equal(view.window().dropped, 2);
    receive(50);
    assert.deepEqual(view.rows(1, 500), [], 'a picture that fell out of the buffer is empty, not wrong');
    assert.equal(view.window().firstRow, view.window().nextRow);
  });

  it('counts from nothing after a clear, and numbers rows on', () => {
    const { view, receive } = setUp();
    receive(3);
    view.clear();
    receive(2);
    assert.deepEqual(pick(view), { firstRow: 4, nextRow: 6, received: 2, waiting: undefined });
    assert.deepEqual(
      view.rows(0, 500).map((row) => row.seq),
      [4, 5],
    );
  });

  it('shows notes between messages, and no detail of them', () => {
    const { view, receive } = setUp();
    receive(1);
    view.note('warning', 'a gap');
    receive(1);
    assert.deepEqual(
      view.rows(1, 10).map((row) => (row.kind === 'note' ? row.text : row.preview)),
      ['message 0', 'a gap', 'message 0'],
    );
    assert.equal(view.detail(2, 100), undefined);
  });

  it('hands out bodies as copies, cut where asked', () => {
    const { view, receive } = setUp();
    receive(1);
    const detail = view.detail(1, 4);
    assert.deepEqual(detail?.body, new TextEncoder().encode('mess'));
    assert.equal(detail.body.buffer.byteLength, 4, 'a clone of it does not carry a whole slab');
    assert.equal(detail.size, 9);
  });

  it('says that it changed about ten times a second, however many messages arrive', async () => {
    const { clock, receive, changes } = setUp();
    for (let tick = 0; tick < 1_000; tick++) {
      receive(5);
      await clock.pass(1);
    }
    assert.ok(changes() >= 9 && changes() <= 11, String(changes()));
  });

  it('is held up by no panel that asks for nothing: messages go on, news stay few, and the newest rows are there', async () => {
    const { clock, view, receive, changes } = setUp();
    for (let second = 0; second < 30; second++) {
      receive(1_000);
      await clock.pass(1_000);
    }
    assert.ok(changes() <= 300, String(changes()));
    const { received, dropped, firstRow, nextRow } = view.window();
    assert.deepEqual([received, dropped, firstRow, nextRow], [30_000, 29_900, 29_901, 30_001]);
    assert.equal(view.rows(29_951, 50).length, 50);
  });

  it('tells of the last message, then of the rate until it is zero and of the last minute until it is flat', async () => {
    const { clock, view, receive, changes } = setUp(10_000);
    for (let tick = 0; tick < 40; tick++) {
      receive(10);
      await clock.pass(100);
    }
    const { rate } = view.window();
    assert.ok(rate > 90 && rate < 110, String(rate));
    await clock.pass(10_000);
    assert.equal(view.window().rate, 0);
    await clock.pass(70_000);
    assert.ok(
      view.window().rates.every((count) => count === 0),
      'the picture of the last minute is flat in the end',
    );
    const before = changes();
    await clock.pass(60_000);
    assert.equal(changes(), before, 'nothing ticks while nothing happens');
    receive(1);
    await clock.pass(100);
    assert.ok(
      view.window().rate > 0 && view.window().rate <= 1,
      'one message after a pause is one a second at most',
    );
  });
});

function pick(view: MessageView): object {
  const { firstRow, nextRow, received, waiting } = view.window();
  return { firstRow, nextRow, received, waiting };
}
