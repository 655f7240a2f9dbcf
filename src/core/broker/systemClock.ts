import type { Clock } from '../base/clock';
import { toDisposable } from '../base/disposable';

/** Node's longest timer; a later time is waited for in steps. */
const longestTimer = 2_000_000_000;

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, action) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = setTimeout(
        () => {
          if (left > longestTimer) wait(left - longestTimer);
          else action();
        },
        Math.min(left, longestTimer),
      );
    };
    wait(ms);
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};
