import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { timeOfDay } from './gap';
import type { OpenTap } from './tapQueue';
import { tapQueueLimits } from './tapQueue';

const lookEveryMs = 1_000;
const frozenMs = 2_000;

/**
 * Looks once a second whether the broker's end of the tap may have dropped messages, which it does in silence
 * (DOMAIN 2.1): the temporary queue is full, or this process stood still for more than 2 s (a sleeping laptop).
 */
export function watchTap(tap: OpenTap, clock: Clock, onMissing: (text: string) => void): Disposable {
  let ended = false;
  let wasFull = false;
  let timer: Disposable;
  let lastLook = clock.monotonic();
  const fullness = new Fullness(tap);

  const look = async (): Promise<void> => {
    const stoodStill = clock.monotonic() - lastLook - lookEveryMs;
    if (stoodStill > frozenMs) {
      onMissing(
        `Messages may be missing here: this computer stood still for ${(stoodStill / 1_000).toFixed(0)} s until ${timeOfDay(clock.now())}.`,
      );
    }
    const full = await fullness.isFull();
    if (full && !wasFull && !ended) {
      onMissing(
        'Messages may be missing here: the tap in the broker is full and lets its oldest messages go.',
      );
    }
    wasFull = full;
  };
  const again = (): void => {
    lastLook = clock.monotonic();
    timer = clock.after(lookEveryMs, () => {
      void look().finally(() => {
        if (!ended) again();
      });
    });
  };
  again();
  return {
    dispose() {
      ended = true;
      timer.dispose();
    },
  };
}

/** The sizes of messages that have just come stand for those that wait: the broker counts messages only. */
class Fullness {
  private seen = { messages: 0, bytes: 0 };
  private average = 0;

  constructor(private readonly tap: OpenTap) {}

  /** Half of a limit counts as full, because only ready messages are counted and sizes are guessed. */
  async isFull(): Promise<boolean> {
    const { messages, bytes } = this.tap.delivered;
    if (messages > this.seen.messages) {
      this.average = (bytes - this.seen.bytes) / (messages - this.seen.messages);
      this.seen = { messages, bytes };
    }
    try {
      const { ready } = await this.tap.control.checkQueue(this.tap.queue);
      return ready * 2 >= tapQueueLimits.messages || ready * this.average * 2 >= tapQueueLimits.bytes;
    } catch {
      return false; // Whatever is wrong with the queue ends the tap, which says so.
    }
  }
}
