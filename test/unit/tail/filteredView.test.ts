import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { MessageView } from '../../../src/core/tail/view';
import type { Row } from '../../../src/core/message/row';
import { delivery } from '../../support/deliveries';
import { ManualClock } from '../../support/manualClock';

/** Time goes on a little whenever somebody looks, so that a slice ends before everything is done. */
class TickingClock extends ManualClock {
  private looks = 0;

  override monotonic(): number {
    return super.monotonic() + (this.looks += 1);
  }
}

function setUp({ rows = 1_000, ticking = false } = {}) {
  const clock = ticking ? new TickingClock() : new ManualClock();
  const view = new MessageView(clock, { rows, bytes: 64 * 1024 * 1024 });
  let sent = 0;
  const receive = (...keys: string[]): void => {
    for (const routingKey of keys) view.message(delivery(`{"n":${String(++sent)}}`, { routingKey }));
  };
  return { clock, view, receive };
}

function allRows(view: MessageView): readonly Row[] {
  const { firstRow, nextRow } = view.window();
  const rows: Row[] = [];
  for (let from = firstRow; from < nextRow; from += 100) rows.push(...view.rows(from, 100));
  return rows;
}

function shown(view: MessageView): string[] {
  return allRows(view).map(
    (row) => `${String(row.place)} ${row.kind === 'note' ? row.text : row.routingKey}`,
  );
}

describe('a view with a filter', () => {
  it('shows what was there before at negative places, and what arrives from 0 on', async () => {
    const { clock, view, receive } = setUp();
    receive('a1', 'b1', 'a2');
    view.setFilter('key:a');
    assert.deepEqual(shown(view), ['-2 a1', '-1 a2'], 'the answer shows the first matches already');
    receive('b2', 'a3', 'a4');
    await clock.pass(200);
    assert.deepEqual(shown(view), ['-2 a1', '-1 a2', '0 a3', '1 a4']);
    const { filter, generation } = view.window();
    assert.deepEqual(filter, { text: 'key:a', matched: 4, scanned: 6, total: 6, running: false });
    view.setFilter('');
    assert.equal(view.window().filter, undefined);
    assert.notEqual(view.window().generation, generation);
    assert.deepEqual(shown(view).at(0), '1 a1', 'without a filter a place is the sequence number again');
  });

  it('keeps the last good filter while there is a mistake in the text, and says where', () => {
    const { view, receive } = setUp();
    receive('a1', 'b1');
    view.setFilter('key:a');
    const { generation } = view.window();
    view.setFilter('key:a AND (');
    const { filter } = view.window();
    assert.deepEqual(shown(view), ['-1 a1']);
    assert.equal(filter?.text, 'key:a AND (');
    assert.deepEqual([filter.problem?.from, filter.problem?.to], [10, 11]);
    view.setFilter('key:a');
    assert.equal(view.window().filter?.problem, undefined);
    assert.equal(view.window().generation, generation, 'places mean the same all the while');
  });

  it('says what is wrong with the first filter, and shows everything meanwhile', () => {
    const { view, receive } = setUp();
    receive('a1', 'b1');
    view.setFilter('key:');
    assert.deepEqual(shown(view), ['1 a1', '2 b1']);
    assert.ok(view.window().filter?.problem);
    view.setFilter(' ');
    assert.equal(view.window().filter, undefined);
  });

  it('always shows notes: a filtered tail has no silent gaps', async () => {
    const { clock, view, receive } = setUp();
    receive('b');
    view.note('warning', 'gap');
    view.setFilter('key:a');
    view.note('info', 'later');
    await clock.pass(200);
    assert.deepEqual(shown(view), ['-1 gap', '0 later']);
    assert.equal(view.window().filter?.matched, 0, 'but they are no matching messages');
  });

  it('narrows by the time of receipt, with a text and without', async () => {
    const { clock, view, receive } = setUp();
    const start = clock.now();
    receive('a1');
    view.note('info', 'early');
    await clock.pass(1_000);
    receive('a2', 'b2');
    view.note('info', 'in between');
    await clock.pass(1_000);
    receive('a3');
    view.setFilter('', { from: start + 500, to: start + 1_500 });
    assert.deepEqual(shown(view), ['-3 a2', '-2 b2', '-1 in between']);
    view.setFilter('key:a', { from: start + 500, to: start + 2_000 });
    assert.deepEqual(shown(view), ['-3 a2', '-2 in between', '-1 a3']);
    view.setFilter('key:a');
    assert.equal(view.window().filter?.matched, 3);
  });

  it('stands still while paused, whatever arrives or is filtered meanwhile', async () => {
    const { clock, view, receive } = setUp();
    receive('a1', 'b1');
    view.setFilter('key:a');
    receive('a2');
    await clock.pass(200);
    view.pause();
    receive('a3', 'b3');
    await clock.pass(200);
    assert.deepEqual(shown(view), ['-1 a1', '0 a2']);
    view.setFilter('key:b');
    assert.equal(view.window().nextRow, -1, 'b3 is not shown yet');
    assert.deepEqual(shown(view), ['-2 b1']);
    view.resume();
    assert.deepEqual(shown(view), ['-2 b1', '-1 b3']);
  });

  it('looks at the newest first, in slices, and what is typed next ends the search', async () => {
    const { clock, view, receive } = setUp({ rows: 10_000, ticking: true });
    receive(...Array.from({ length: 5_000 }, (_, index) => `a${String(index)}`));
    view.setFilter('key:a');
    const first = view.window();
    assert.ok(first.filter?.running);
    assert.ok(first.filter.scanned > 0 && first.filter.scanned < 2_500, String(first.filter.scanned));
    assert.deepEqual(shown(view).at(-1), '-1 a4999');
    view.setFilter('key:a1');
    await clock.pass(5_000);
    const { filter } = view.window();
    assert.deepEqual(filter, {
      text: 'key:a1',
      matched: 1_111,
      scanned: 5_000,
      total: 5_000,
      running: false,
    });
  });

  it('does nothing while nothing arrives', async () => {
    const { clock, view, receive } = setUp();
    receive('a1', 'b1');
    view.setFilter('key:a');
    await clock.pass(100_000);
    let timers = 0;
    const after = clock.after.bind(clock);
    clock.after = (ms, action) => {
      timers++;
      return after(ms, action);
    };
    await clock.pass(100_000);
    assert.equal(timers, 0);
  });

  it('answers whether a row is shown by the filter of that moment', () => {
    const { view, receive } = setUp();
    receive('a1', 'b1');
    const everything = view.rowFilter();
    view.setFilter('key:a');
    const some = view.rowFilter();
    view.setFilter('key:b');
    assert.deepEqual([everything(1), everything(2)], [true, true]);
    assert.deepEqual([some(1), some(2)], [true, false]);
  });

  type Step =
    | { kind: 'receive'; keys: readonly string[] }
    | { kind: 'note' }
    | { kind: 'clear' }
    | { kind: 'pause' }
    | { kind: 'resume' }
    | { kind: 'filter'; text: string }
    | { kind: 'pass'; ms: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('receive' as const),
        keys: fc.array(fc.constantFrom('a', 'b', 'ab', 'c'), { maxLength: 40 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(60) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('filter' as const),
        text: fc.constantFrom('', 'key:a', 'key:b', 'key:zzz', 'key:(', '-key:a'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Step>(
        { kind: 'note' },
        { kind: 'clear' },
        { kind: 'pause' },
        { kind: 'resume' },
      ),
    },
  );
  const meanings: Readonly<Record<string, (key: string) => boolean>> = {
    '': () => true,
    'key:a': (key) => key.includes('a'),
    'key:b': (key) => key.includes('b'),
    'key:zzz': () => false,
    '-key:a': (key) => !key.includes('a'),
  };

  it('shows what a list with the same filter shows, and a place means the same row until the generation changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 150 }),
        async (steps, capacity) => {
          const clock = new TickingClock();
          const view = new MessageView(clock, { rows: capacity, bytes: 64 * 1024 * 1024 });
          let list: { seq: number; key: string | undefined }[] = [];
          let seq = 0;
          let frozen: number | undefined;
          let good = '';
          let meant = new Map<number, number>();
          let { generation } = view.window();
          const add = (key: string | undefined): void => {
            list = [...list, { seq: ++seq, key }].slice(-capacity);
            if (key === undefined) view.note('info', 'note');
            else view.message(delivery('', { routingKey: key }));
          };
          const check = (): void => {
            const state = view.window();
            if (state.generation !== generation) meant = new Map();
            generation = state.generation;
            for (const row of allRows(view)) {
              assert.equal(meant.get(row.place) ?? row.seq, row.seq, 'a place keeps its row');
              meant.set(row.place, row.seq);
            }
          };
          for (const each of steps) {
            if (each.kind === 'receive') for (const key of each.keys) add(key);
            else if (each.kind === 'note') add(undefined);
            else if (each.kind === 'pass') await clock.pass(each.ms);
            else if (each.kind === 'pause') {
              view.pause();
              frozen ??= seq + 1;
            } else if (each.kind === 'resume') {
              view.resume();
              frozen = undefined;
            } else if (each.kind === 'clear') {
              view.clear();
              list = [];
              if (frozen !== undefined) frozen = seq + 1;
            } else {
              view.setFilter(each.text);
              if (each.text !== 'key:(') good = each.text;
            }
            check();
          }
          await clock.pass(2_000);
          check();
          const matching = list.filter(({ key }) => key === undefined || meanings[good]?.(key));
          const wanted = matching.filter((row) => row.seq < (frozen ?? Number.POSITIVE_INFINITY));
          assert.deepEqual(
            allRows(view).map((row) => row.seq),
            wanted.map((row) => row.seq),
          );
          const { filter, firstRow, nextRow } = view.window();
          assert.equal(nextRow - firstRow, wanted.length, 'no holes');
          if (good === '') return;
          assert.deepEqual(
            [filter?.matched, filter?.scanned, filter?.total, filter?.running],
            [matching.filter(({ key }) => key !== undefined).length, list.length, list.length, false],
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the histogram of a view', () => {
  it('counts messages by the time they came, all of them and those that match', async () => {
    const { clock, view, receive } = setUp();
    const from = clock.now();
    receive('a', 'b');
    view.note('info', 'notes do not count');
    await clock.pass(50);
    receive('a');
    await clock.pass(49);
    receive('b', 'b', 'b');
    assert.deepEqual(view.histogram(4), { from, to: from + 99, counts: [2, 0, 1, 3] });
    view.setFilter('key:a');
    assert.deepEqual(view.histogram(2), { from, to: from + 99, counts: [2, 4], matching: [1, 1] });
  });

  it('is empty where nothing is kept, and does not mind a single moment', () => {
    const { view, receive } = setUp();
    assert.deepEqual(view.histogram(10), { from: 0, to: 0, counts: [] });
    receive('a', 'a');
    const { counts } = view.histogram(3);
    assert.deepEqual(counts, [2, 0, 0]);
  });

  it('counts every kept message once, over many pages', () => {
    const { view, receive } = setUp({ rows: 3_000 });
    receive(...Array.from({ length: 5_000 }, () => 'a'));
    assert.equal(
      view.histogram(7).counts.reduce((sum, count) => sum + count, 0),
      3_000,
    );
  });
});

describe('the rates of a view', () => {
  it('are the messages of each of the last seconds, and go on until they are all zero', async () => {
    const { clock, view, receive } = setUp();
    for (const count of [3, 0, 2]) {
      receive(...Array.from({ length: count }, () => 'a'));
      await clock.pass(1_000);
    }
    assert.deepEqual(view.window().rates, [3, 0, 2]);
    await clock.pass(30_000);
    assert.deepEqual(view.window().rates.slice(0, 5), [3, 0, 2, 0, 0]);
    await clock.pass(60_000);
    const { rates } = view.window();
    assert.equal(rates.length, 60);
    assert.ok(rates.every((rate) => rate === 0));
  });
});
