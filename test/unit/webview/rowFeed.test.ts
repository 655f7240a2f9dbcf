import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Row } from '../../../src/core/message/row';
import { RowFeed } from '../../../webview/messages/rowFeed';

const note = (seq: number): Row => ({
  kind: 'note',
  seq,
  place: seq,
  receivedAt: 0,
  severity: 'info',
  text: String(seq),
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A host that answers when told to, and knows rows from `first` on. */
function slowHost(first = 1) {
  const asked: { from: number; count: number }[] = [];
  const waiting: (() => void)[] = [];
  const request = (from: number, count: number): Promise<readonly Row[]> => {
    asked.push({ from, count });
    const rows = Array.from({ length: count }, (_, index) => from + index).filter((seq) => seq >= first);
    return new Promise((resolve) =>
      waiting.push(() => {
        resolve(rows.map(note));
      }),
    );
  };
  const answer = async (): Promise<void> => {
    waiting.shift()?.();
    await settled();
  };
  return { asked, request, answer };
}

const fail = (thrown: unknown): never => {
  throw thrown as Error;
};

describe('the feed of rows', () => {
  it('asks for what is missing and for nothing twice', async () => {
    const host = slowHost();
    const feed = new RowFeed(host.request, () => undefined, fail);
    feed.want({ from: 10, to: 20 });
    await host.answer();
    feed.want({ from: 15, to: 30 });
    await host.answer();
    feed.want({ from: 12, to: 28 });
    assert.deepEqual(host.asked, [
      { from: 10, count: 10 },
      { from: 20, count: 10 },
    ]);
    assert.equal(feed.row(29)?.seq, 29);
  });

  it('skips the places that a fast scroll only passed', async () => {
    const host = slowHost();
    const feed = new RowFeed(host.request, () => undefined, fail);
    for (const from of [1, 1_000, 2_000, 3_000]) feed.want({ from, to: from + 10 });
    await host.answer();
    await host.answer();
    assert.deepEqual(
      host.asked.map(({ from }) => from),
      [1, 3_000],
    );
  });

  it('knows the rows that the buffer has let go, and does not ask again', async () => {
    const host = slowHost(5);
    const feed = new RowFeed(host.request, () => undefined, fail);
    feed.want({ from: 1, to: 10 });
    await host.answer();
    assert.deepEqual([feed.isGone(4), feed.isGone(5), feed.has({ from: 1, to: 10 })], [true, false, true]);
    feed.want({ from: 1, to: 10 });
    assert.equal(host.asked.length, 1);
  });

  it('forgets what is on its way when another view takes the panel', async () => {
    const host = slowHost();
    const feed = new RowFeed(host.request, () => undefined, fail);
    feed.want({ from: 1, to: 3 });
    feed.reset();
    await host.answer();
    assert.equal(feed.row(1), undefined);
  });

  it('does not ask a failing host in a circle', async () => {
    let asked = 0;
    const failures: unknown[] = [];
    const feed = new RowFeed(
      () => {
        asked++;
        return Promise.reject(new Error('gone'));
      },
      () => undefined,
      (thrown) => failures.push(thrown),
    );
    feed.want({ from: 1, to: 3 });
    await settled();
    assert.deepEqual([asked, failures.length], [1, 1]);
  });

  it('keeps a bounded number of rows', async () => {
    const host = slowHost();
    const feed = new RowFeed(host.request, () => undefined, fail);
    for (let from = 1; from < 10_000; from += 100) {
      feed.want({ from, to: from + 100 });
      await host.answer();
    }
    assert.equal(feed.row(1), undefined);
    assert.equal(feed.row(9_950)?.seq, 9_950);
  });
});
