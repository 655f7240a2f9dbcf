import type { Clock } from '../../src/core/base/clock';

/** Time as the browser has it. */
export const browserClock: Pick<Clock, 'after'> = {
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};
