import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ViewMemory } from '../../../webview/messages/viewMemory';
import { ManualClock } from '../../support/manualClock';

function setUp(stored?: unknown) {
  const written: unknown[] = [];
  const clock = new ManualClock();
  const memory = {
    number: () => undefined,
    value: () => stored,
    set: (entries: Readonly<Record<string, unknown>>) => void written.push(entries['view']),
  };
  return { written, clock, places: new ViewMemory(memory, clock) };
}

describe('the place that is read in a view', () => {
  it('is written down while it changes all the time, and the last one always', async () => {
    const { written, clock, places } = setUp();
    for (let seq = 1; seq <= 100; seq++) {
      places.remember('a', { following: false, active: seq });
      await clock.pass(20);
    }
    await clock.pass(1_000);
    assert.ok(written.length >= 10 && written.length <= 20, String(written.length));
    assert.deepEqual(written.at(-1), { viewId: 'a', following: false, active: 100 });
  });

  it('is not written again while it stays', async () => {
    const { written, clock, places } = setUp();
    for (let times = 0; times < 5; times++) {
      places.remember('a', { following: true });
      await clock.pass(500);
    }
    assert.equal(written.length, 1);
  });

  const place = { following: false, reading: { seq: 5, offset: 2.5 }, active: 5, open: 5 };
  it('is found again by the id of the view', () => {
    assert.deepEqual(setUp({ viewId: 'a', ...place }).places.recall('a'), place);
    assert.equal(setUp({ viewId: 'a', ...place }).places.recall('b'), undefined);
  });

  for (const stored of [undefined, 'x', { viewId: 'a' }, { viewId: 'a', ...place, open: 'five' }])
    it(`is none where the memory holds ${JSON.stringify(stored)}`, () => {
      assert.equal(setUp(stored).places.recall('a'), undefined);
    });
});
