import type { Disposable } from './disposable';

/** Time as the core sees it, so that tests can turn the clock by hand. */
export interface Clock {
  /** Milliseconds since the epoch, for showing. */
  now(): number;
  /** Milliseconds from an arbitrary start that never jumps, for measuring. */
  monotonic(): number;
  /** Runs `action` once after `ms` unless disposed before. */
  after(ms: number, action: () => void): Disposable;
}

/** Resolves after `ms`, or as soon as the signal aborts: the caller looks at the signal. */
export function delay(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      timer.dispose();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.after(ms, finish);
    signal?.addEventListener('abort', finish);
  });
}
