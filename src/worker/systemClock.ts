import type { Clock } from '../core/base/clock';
import { toDisposable } from '../core/base/disposable';

/** Real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};
