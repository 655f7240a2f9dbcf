import type { ViewState } from '../../src/protocol/view';
import { placeOf } from './placeSearch';
import type { RowFeed } from './rowFeed';

/** What is being read: a row by its sequence number, and how many rows below the top edge it stands. */
export interface Reading {
  readonly seq: number;
  readonly offset: number;
}

/** Finds the row that was being read when places have changed their meaning. Only one search runs at a time. */
export class ReadingSearch {
  private wanted: Reading | undefined;
  private running = false;

  /** `found` gets the place that belongs at the top edge; `changed` is called when a search has ended. */
  constructor(
    private readonly found: (top: number) => void,
    private readonly changed: () => void,
  ) {}

  get isOn(): boolean {
    return this.wanted !== undefined;
  }

  /** What is still looked for goes before: on the way there the screen showed something else. */
  want(reading: Reading | undefined): void {
    this.wanted ??= reading;
  }

  end(): void {
    this.wanted = undefined;
  }

  /** Goes on, once the filter has looked at all rows. `current` gives the view as it is when the answers come. */
  advance(current: () => ViewState, feed: RowFeed): void {
    const { wanted } = this;
    const view = current();
    if (!wanted || this.running || view.filter?.running === true) return;
    if (!view.filter) {
      this.arrive(wanted, wanted.seq);
      return;
    }
    this.running = true;
    placeOf(wanted.seq, view, (place) => feed.one(place))
      .then(
        (place) => {
          if (current().generation === view.generation && this.wanted === wanted) this.arrive(wanted, place);
        },
        () => {
          this.end();
        },
      )
      .finally(() => {
        this.running = false;
        this.changed();
      });
  }

  private arrive({ offset }: Reading, place: number): void {
    this.end();
    this.found(place - offset);
  }
}
