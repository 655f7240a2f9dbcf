import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DisposableStore, toDisposable } from '../../../src/core/base/disposable';
import { Emitter } from '../../../src/core/base/emitter';
import { Failure, asFailure } from '../../../src/core/base/failure';

describe('a disposable store', () => {
  it('lets go in reverse order, once', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => order.push('first')));
    store.add(toDisposable(() => order.push('second')));
    store.dispose();
    store.dispose();
    assert.deepEqual(order, ['second', 'first']);
  });

  it('releases at once what is added after its end', () => {
    const store = new DisposableStore();
    store.dispose();
    let released = false;
    store.add(toDisposable(() => (released = true)));
    assert.equal(released, true);
  });
});

describe('an emitter', () => {
  it('reaches the other listeners when one throws, and hands its error on', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('listener');
    });
    emitter.event((value) => heard.push(value));
    emitter.fire(1);
    assert.deepEqual([heard, errors.length], [[1], 1]);
  });

  it('lets the same function listen twice and stop once', () => {
    const emitter = new Emitter<number>();
    let count = 0;
    const listener = (): void => {
      count += 1;
    };
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(1);
    assert.equal(count, 3);
  });
});

describe('a failure from any thrown value', () => {
  const cases: readonly [string, unknown, string][] = [
    ['keeps one of ours', new Failure('locked', 'Taken.'), 'locked'],
    ['knows an abort', Object.assign(new Error('x'), { name: 'AbortError' }), 'cancelled'],
    ['calls everything else a defect', new RangeError('boom'), 'internal'],
    ['survives a thrown string', 'boom', 'internal'],
  ];
  for (const [what, thrown, reason] of cases) {
    it(what, () => assert.equal(asFailure(thrown).reason, reason));
  }

  it('keeps the cause for the log and out of the message', () => {
    const failure = asFailure(new RangeError('boom'));
    assert.match(failure.more.detail ?? '', /boom/);
    assert.doesNotMatch(failure.message, /boom/);
  });
});
