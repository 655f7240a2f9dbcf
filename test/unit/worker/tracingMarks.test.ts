import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TracingMarks } from '../../../src/worker/tracingMarks';
import { ManualClock } from '../../support/manualClock';

function setUp(earlier: readonly string[] = []) {
  const told: (readonly string[])[] = [];
  const clock = new ManualClock();
  const marks = new TracingMarks(clock, earlier, (vhosts) => told.push(vhosts));
  return { told, clock, marks };
}

describe('a mark that tracing is to be switched off again', () => {
  it('is there when the host has written it down, with those of before', async () => {
    const { told, marks } = setUp(['old']);
    let kept = false;
    const setting = marks.set('/').then(() => (kept = true));
    assert.deepEqual(told, [['old', '/']]);
    marks.kept(['old']);
    await Promise.resolve();
    assert.equal(kept, false, 'an answer to something else does not count');
    marks.kept(['old', '/']);
    await setting;
    await marks.clear('old');
    assert.deepEqual(told.at(-1), ['/']);
  });

  it('is an error when the host does not answer, so that nothing is switched on', async () => {
    const { clock, marks } = setUp();
    const setting = assert.rejects(marks.set('/'), /did not write down/);
    await clock.pass(6_000);
    await setting;
  });
});
