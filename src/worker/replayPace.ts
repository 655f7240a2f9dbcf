import type { ReplayParams } from '../protocol/brokerContract';

/**
 * When the next message is due: milliseconds from `now` (monotonic), at most zero where it is late. With the original
 * timing, late messages follow at once until the replay has caught up; a rate never makes up for more than a second.
 */
export type Pace = (receivedAt: number, now: number) => number;

const mostCatchUpMs = 1_000;

export function replayPace(timing: ReplayParams['timing']): Pace {
  return timing.kind === 'original' ? originalPace() : ratePace(1_000 / timing.perSecond);
}

function originalPace(): Pace {
  let offset: number | undefined;
  return (receivedAt, now) => {
    offset ??= now - receivedAt;
    return receivedAt + offset - now;
  };
}

function ratePace(intervalMs: number): Pace {
  let due: number | undefined;
  return (_, now) => {
    due = due === undefined ? now : Math.max(due + intervalMs, now - mostCatchUpMs);
    return due - now;
  };
}
