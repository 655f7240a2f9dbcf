import { object, optional, text, anyNumber } from '../../src/core/base/check';
import type { Clock } from '../../src/core/base/clock';
import type { Disposable } from '../../src/core/base/disposable';
import { Failure } from '../../src/core/base/failure';
import type { FilterParams } from '../../src/protocol/brokerContract';
import type { TimeRange, ViewState } from '../../src/protocol/view';

/** A pause in typing that is worth a scan. */
const debounceMs = 120;

const rememberedCheck = object({
  viewId: text(200),
  text: text(10_000),
  range: optional(object({ from: anyNumber, to: anyNumber })),
});

/** What the filter needs of the panel around it. */
export interface FilterPort {
  send(filter: FilterParams, signal: AbortSignal): Promise<unknown>;
  recall(): unknown;
  remember(value: unknown): void;
  changed(): void;
  complain(thrown: unknown): void;
}

/**
 * The filter as the user typed it, on its way to the view. Each keystroke cancels what the one before asked for. It
 * outlives the view: a view that was opened anew gets it again, without the range, which meant times that are gone.
 */
export class FilterControl {
  text = '';
  range: TimeRange | undefined;
  private viewId: string | undefined;
  private waiting: Disposable | undefined;
  private sending: AbortController | undefined;

  constructor(
    private readonly port: FilterPort,
    private readonly clock: Pick<Clock, 'after'>,
  ) {}

  /** Another view took the panel, or the panel came back to one that kept its filter. */
  adopt({ viewId, filter }: ViewState): void {
    if (viewId === this.viewId) return;
    const isFirst = this.viewId === undefined;
    this.viewId = viewId;
    this.range = isFirst ? this.recall(viewId) : undefined;
    if (filter) {
      this.text = filter.text;
      this.range = filter.range;
    } else if (this.text.trim() !== '' || this.range) this.apply();
    this.port.changed();
  }

  type(typed: string): void {
    this.text = typed;
    this.stop();
    this.waiting = this.clock.after(debounceMs, () => {
      this.apply();
    });
    this.port.changed();
  }

  select(range: TimeRange | undefined): void {
    this.range = range;
    this.apply();
    this.port.changed();
  }

  /** At once, whatever still waits. */
  apply(): void {
    this.stop();
    const { viewId, text: typed, range } = this;
    this.port.remember({ viewId, text: typed, ...(range && { range }) });
    const sending = new AbortController();
    this.sending = sending;
    this.port.send({ text: typed, ...(range && { range }) }, sending.signal).catch((thrown: unknown) => {
      if (!sending.signal.aborted) this.port.complain(thrown);
    });
  }

  private stop(): void {
    this.waiting?.dispose();
    this.waiting = undefined;
    this.sending?.abort();
    this.sending = undefined;
  }

  /** Takes up what was typed before the page was thrown away, and gives the range, where it is of this view. */
  private recall(viewId: string): TimeRange | undefined {
    try {
      const remembered = rememberedCheck(this.port.recall());
      this.text = remembered.text;
      return remembered.viewId === viewId ? remembered.range : undefined;
    } catch (thrown) {
      if (thrown instanceof Failure) return undefined;
      throw thrown;
    }
  }
}
