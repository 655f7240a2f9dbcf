import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MessageView } from '../../../src/core/tail/view';
import { MemoryShare } from '../../../src/worker/memoryShare';
import { delivery } from '../../support/deliveries';
import { ManualClock } from '../../support/manualClock';

const mebibyte = 1024 * 1024;

function setUp() {
  const clock = new ManualClock();
  const share = new MemoryShare({ profile: 8 * mebibyte, view: 4 * mebibyte });
  const open = (): MessageView => {
    const view = new MessageView(clock, { rows: 100_000, bytes: 4 * mebibyte });
    share.join(view);
    return view;
  };
  return { share, open };
}

/** As many messages of 1 KiB as a view of that many MiB holds, and some more. */
function fill(view: MessageView, mebibytes = 4): void {
  for (let sent = 0; sent < mebibytes * 1024; sent++) view.message(delivery(new Uint8Array(1024)));
}

function notesOf(view: MessageView): string[] {
  const { firstRow, nextRow } = view.window();
  return view.rows(firstRow, nextRow - firstRow).flatMap((row) => (row.kind === 'note' ? [row.text] : []));
}

function keptBy(view: MessageView): number {
  const { received, dropped } = view.window();
  return received - dropped;
}

describe('the memory that the views of one connection share', () => {
  it('is enough for each as long as they are few', () => {
    const { open } = setUp();
    const [first, second] = [open(), open()];
    fill(first);
    const kept = keptBy(first);
    fill(second);
    assert.equal(keptBy(first), kept);
    assert.equal(keptBy(second), kept);
    assert.deepEqual([...notesOf(first), ...notesOf(second)], []);
  });

  it('is halved by twice as many: full buffers let their oldest go, count them and say so', () => {
    const { open } = setUp();
    const [full, quiet] = [open(), open()];
    fill(full);
    fill(quiet, 0.5);
    const { dropped } = full.window();
    const kept = keptBy(full);
    const later = [open(), open()];
    assert.ok(keptBy(full) <= kept / 2 + 1, 'about half is left');
    assert.deepEqual(notesOf(quiet), [], 'who holds little loses nothing');
    const gone = full.window().dropped - dropped;
    assert.ok(gone > 0 && keptBy(full) === kept - gone);
    assert.match(
      notesOf(full).at(-1) ?? '',
      /^4 views of this connection share 8 MiB: this one keeps at most 2 MiB\. Its oldest [\d,]+ messages had to go\.$/,
    );
    assert.deepEqual(notesOf(later[1] ?? full), [
      '4 views of this connection share 8 MiB: this one keeps at most 2 MiB.',
    ]);
    for (const view of later) {
      fill(view);
      assert.ok(keptBy(view) <= kept / 2 + 1, 'a new one gets no more than the others');
    }
  });

  it('grows again for those that stay when others are closed', () => {
    const { share, open } = setUp();
    const views = [open(), open(), open(), open()];
    const [stays, ...others] = views;
    assert.ok(stays);
    fill(stays);
    const kept = keptBy(stays);
    for (const view of others) share.leave(view);
    fill(stays);
    assert.ok(keptBy(stays) > kept * 1.5);
  });
});
