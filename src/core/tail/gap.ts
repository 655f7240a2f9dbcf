import type { HoldReason } from './tailSession';

/** When a tail stopped receiving, and why. Milliseconds since the epoch. */
export interface Interruption {
  readonly at: number;
  readonly why: 'lost' | HoldReason;
}

const beginnings: Readonly<Record<Interruption['why'], string>> = {
  lost: 'Connection lost',
  paused: 'Stopped receiving',
  full: 'Buffer full',
};

const unseen = 'messages in between were not seen.';

/** What a tail could not see while it did not receive, as a row says it. Times of day, as the machine counts them. */
export function gapText({ at, why }: Interruption, resumedAt: number, missed = unseen): string {
  return `${beginnings[why]} ${timeOfDay(at)}, resumed ${timeOfDay(resumedAt)}: ${missed}`;
}

/** "12:04:07", local time. */
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
