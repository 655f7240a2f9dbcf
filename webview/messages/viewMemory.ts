import { anyBoolean, anyNumber, integer, object, optional, text } from '../../src/core/base/check';
import type { Clock } from '../../src/core/base/clock';
import { Failure } from '../../src/core/base/failure';
import type { PanelMemory } from '../shared/panelMemory';
import type { Reading } from './readingSearch';

const check = object({
  viewId: text(200),
  following: anyBoolean,
  reading: optional(object({ seq: integer(0, Number.MAX_SAFE_INTEGER), offset: anyNumber })),
  active: optional(integer(0, Number.MAX_SAFE_INTEGER)),
  open: optional(integer(0, Number.MAX_SAFE_INTEGER)),
});

/** Where the reader was in one view. */
export interface ViewPlace {
  readonly following: boolean;
  readonly reading?: Reading;
  readonly active?: number;
  readonly open?: number;
}

/** Scrolling writes no more often than this. */
const pauseMs = 150;

/** VS Code throws a hidden panel's page away: what was read and opened there is found again by the view's id. */
export class ViewMemory {
  private isWaiting = false;
  private last = '';

  constructor(
    private readonly memory: PanelMemory,
    private readonly clock: Pick<Clock, 'after'>,
  ) {}

  recall(viewId: string): ViewPlace | undefined {
    try {
      const { viewId: id, ...place } = check(this.memory.value('view'));
      return id === viewId ? place : undefined;
    } catch (thrown) {
      if (thrown instanceof Failure) return undefined;
      throw thrown;
    }
  }

  remember(viewId: string, place: ViewPlace): void {
    const next = JSON.stringify({ viewId, ...place });
    if (next === this.last) return;
    this.last = next;
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.clock.after(pauseMs, () => {
      this.isWaiting = false;
      this.memory.set({ view: JSON.parse(this.last) });
    });
  }
}
