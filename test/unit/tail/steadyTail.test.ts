import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Failure } from '../../../src/core/base/failure';
import { gapText } from '../../../src/core/tail/gap';
import type { TailPlan } from '../../../src/core/tail/tailPlan';
import type { SourceSink } from '../../../src/core/tail/tailSource';
import { delivery } from '../../support/deliveries';
import { tailStage } from '../../support/tailStage';
import type { TailStage } from '../../support/tailStage';

const plan: TailPlan = {
  kind: 'consume',
  queue: 'q',
  banner: { sees: 'all', misses: '', promise: '', alternatives: [] },
};

/** A source that does what the test says, and everything that was opened. */
function setUp(missed?: string) {
  const opened: { sink: SourceSink; lose: (failure: Failure) => void; ended: boolean }[] = [];
  const stage: TailStage = tailStage(
    () => Promise.resolve(plan),
    () => (_, sink) => {
      let lose: (failure: Failure) => void = () => undefined;
      const lost = new Promise<Failure>((resolve) => {
        lose = resolve;
      });
      const entry = { sink, lose, ended: false };
      opened.push(entry);
      if (missed !== undefined) sink.missed('info', missed);
      return Promise.resolve({
        lost,
        end: () => {
          entry.ended = true;
          return Promise.resolve();
        },
      });
    },
  );
  const newest = () => {
    const last = opened.at(-1);
    assert.ok(last);
    return last;
  };
  return { ...stage, stage, opened, newest };
}

describe('a tail that is told to stop receiving', () => {
  it('shows nothing from that moment on, and ends its source in order', async () => {
    const { session, clock, newest, seen, last } = setUp();
    session.start();
    await clock.pass(0);
    assert.equal(newest().sink.message(delivery('shown')), true);
    session.hold('paused');
    assert.deepEqual(last(), { kind: 'held', why: 'paused' });
    assert.equal(newest().sink.message(delivery('on its way')), false, 'and tells the source so');
    await clock.pass(0);
    assert.equal(newest().ended, true);
    assert.deepEqual(seen.messages, ['shown']);
    await clock.pass(60_000);
    assert.deepEqual(last(), { kind: 'held', why: 'paused' }, 'it does not come back by itself');
  });

  it('opens a new source when it goes on, with a row about the time in between', async () => {
    const { session, clock, opened, newest, seen, last } = setUp();
    session.start();
    await clock.pass(0);
    session.hold('paused');
    const since = clock.now();
    await clock.pass(30_000);
    session.release();
    await clock.pass(0);
    assert.equal(opened.length, 2);
    assert.deepEqual(last(), { kind: 'running' });
    assert.deepEqual(seen.notes, [gapText({ at: since, why: 'paused' }, clock.now())]);
    newest().sink.message(delivery('again'));
    assert.deepEqual(seen.messages, ['again']);
    await session.stop();
  });

  it('stops at the message that a full buffer does not take', async () => {
    const { session, clock, newest, seen, last, stage } = setUp();
    stage.room = 2;
    session.start();
    await clock.pass(0);
    const { sink } = newest();
    assert.deepEqual(
      ['1', '2', '3', '4'].map((body) => sink.message(delivery(body))),
      [true, true, false, false],
    );
    assert.deepEqual(last(), { kind: 'held', why: 'full' });
    stage.room = 10;
    await clock.pass(0);
    session.release();
    await clock.pass(0);
    assert.match(seen.notes[0] ?? '', /^Buffer full .*, resumed /);
    await session.stop();
  });

  it('can be held and let go while its connection is lost', async () => {
    const { session, clock, newest, seen, last } = setUp();
    session.start();
    await clock.pass(0);
    newest().lose(new Failure('closed', 'Gone.'));
    await clock.pass(0);
    session.hold('paused');
    await clock.pass(60_000);
    assert.deepEqual(last(), { kind: 'held', why: 'paused' });
    session.release();
    await clock.pass(0);
    assert.deepEqual(last(), { kind: 'running' });
    assert.match(seen.notes.at(-1) ?? '', /^Connection lost /, 'since when nothing was seen');
    await session.stop();
  });

  it('ends for good while it is held', async () => {
    const { session, clock, opened } = setUp();
    session.start();
    await clock.pass(0);
    session.hold('paused');
    await clock.pass(0);
    await session.stop();
    session.release();
    await clock.pass(60_000);
    assert.equal(opened.length, 1);
  });
});

describe('a tail that has nothing to watch', () => {
  const nothing = (mayChange: boolean): TailPlan => ({
    kind: 'nothing',
    text: 'No bindings.',
    banner: plan.banner,
    mayChange,
  });

  function waiting(mayChange: boolean) {
    let made = nothing(mayChange);
    let plans = 0;
    const stage = tailStage(
      () => {
        plans++;
        return Promise.resolve(made);
      },
      () => () =>
        Promise.resolve({ lost: new Promise<Failure>(() => undefined), end: () => Promise.resolve() }),
    );
    return { ...stage, plans: () => plans, nowThere: () => (made = plan) };
  }

  it('looks again while that may change, and begins by itself', async () => {
    const { session, clock, last, nowThere } = waiting(true);
    session.start();
    await clock.pass(12_000);
    assert.deepEqual(last(), { kind: 'nothingToMirror', text: 'No bindings.' });
    nowThere();
    await clock.pass(5_000);
    assert.deepEqual(last(), { kind: 'running' });
    await session.stop();
  });

  it('leaves it at that where nothing will change, and can be closed in either case', async () => {
    const { session, clock, plans } = waiting(false);
    session.start();
    await clock.pass(60_000);
    assert.equal(plans(), 1);
    await session.stop();
    const other = waiting(true);
    other.session.start();
    await other.clock.pass(0);
    await other.session.stop();
    const before = other.plans();
    await other.clock.pass(60_000);
    assert.equal(other.plans(), before);
  });
});

describe('a tail that comes back', () => {
  it('says what was missed before it shows the first message of its new source', async () => {
    const shown: string[] = [];
    let opening = 0;
    const stage = tailStage(
      () => Promise.resolve(plan),
      () => async (_, sink) => {
        opening++;
        sink.message(delivery(`at once ${String(opening)}`));
        shown.push(...stage.seen.notes, ...stage.seen.messages.slice(-1));
        await Promise.resolve();
        return { lost: new Promise<Failure>(() => undefined), end: () => Promise.resolve() };
      },
    );
    stage.session.start();
    await stage.clock.pass(0);
    stage.session.hold('paused');
    await stage.clock.pass(0);
    stage.session.release();
    await stage.clock.pass(0);
    assert.equal(shown[0], 'at once 1');
    assert.match(shown[1] ?? '', /^Stopped receiving/);
    assert.equal(shown[2], 'at once 2');
    assert.equal(stage.seen.notes.length, 1, 'and says it once');
    await stage.session.stop();
  });

  it('says what its source knows of the time in between', async () => {
    const { session, clock, newest, seen } = setUp('nothing was missed.');
    session.start();
    await clock.pass(0);
    newest().lose(new Failure('closed', 'Gone.'));
    await clock.pass(1_000);
    assert.match(seen.notes.at(-1) ?? '', /resumed .*: nothing was missed\.$/);
    await session.stop();
  });

  it('does not, after the broker said that it cannot do this at all', async () => {
    const { session, clock, opened, newest, last } = setUp();
    session.start();
    await clock.pass(0);
    newest().lose(new Failure('unsupported', 'Not supported (540).'));
    await clock.pass(60_000);
    assert.equal(opened.length, 1);
    assert.equal(newest().ended, true);
    assert.deepEqual(last(), { kind: 'failed', text: 'Not supported (540).' });
  });
});
