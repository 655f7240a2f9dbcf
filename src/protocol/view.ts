import type { FieldTable } from '../core/base/fieldValue';
import type { StreamOffset } from '../core/topology/streamOffset';

/** The state of one tail or peek, complete and small: it is sent whole whenever something changed. */
export interface ViewState {
  readonly viewId: string;
  readonly kind: 'tail' | 'peek';
  readonly source: ViewSource;
  readonly status: ViewStatus;
  readonly banner: Banner;
  /**
   * Rows at the places `firstRow` to `nextRow - 1` can be asked for. Without a filter a place is the sequence number.
   * With one it is the place in the list of matches: those from before it was set have negative places, because the
   * newest are looked at first.
   */
  readonly firstRow: number;
  readonly nextRow: number;
  /** Another number means that places mean other rows than before. */
  readonly generation: number;
  /** Messages that arrived since the view opened or was cleared. */
  readonly received: number;
  /** Of these, how many the bounded buffer had to let go. */
  readonly dropped: number;
  /** Most rows that the buffer holds. */
  readonly capacity: number;
  /** Messages a second, over the last few seconds. */
  readonly rate: number;
  /** Messages received in each of the last seconds, at most 60, oldest first. */
  readonly rates: readonly number[];
  /** What a full buffer does: let its oldest rows go, or stop receiving. */
  readonly overflow: Overflow;
  readonly filter?: FilterState;
  readonly recording?: RecordingState;
  readonly peek?: PeekState;
}

export type Overflow = 'roll' | 'pause';

/** Milliseconds since the epoch, both ends included. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The filter that is on, and how far it has come. */
export interface FilterState {
  /** As typed. With a `problem`, the last good text stays in force. */
  readonly text: string;
  readonly range?: TimeRange;
  readonly matched: number;
  /** Rows looked at, of `total` kept ones. */
  readonly scanned: number;
  readonly total: number;
  readonly running: boolean;
  /** What is wrong with the text, from one UTF-16 offset to another. */
  readonly problem?: { readonly message: string; readonly from: number; readonly to: number };
}

/** A tail that is written to a file while it runs. */
export interface RecordingState {
  readonly path: string;
  readonly messages: number;
  readonly bytes: number;
  /** Messages that the buffer let go before they were written. */
  readonly leftOut: number;
  /** What is wrong with it, a sentence: messages were left out, or it ended by itself. */
  readonly problem?: string;
}

/** What is watched, and how. */
export type ViewSource =
  /** New messages of a queue, by mirrors of its bindings; the first messages in it, for a peek. */
  | { readonly kind: 'queue'; readonly vhost: string; readonly queue: string }
  /** An exchange with a binding key typed by the user; `queue` where it stands in for a queue's bindings. */
  | {
      readonly kind: 'binding';
      readonly vhost: string;
      readonly exchange: string;
      readonly routingKey: string;
      /** Of a headers exchange: what must match, and `x-match`. */
      readonly arguments?: FieldTable;
      readonly queue?: string;
    }
  | { readonly kind: 'stream'; readonly vhost: string; readonly queue: string; readonly offset: StreamOffset }
  /** The broker's tracing: of one queue, of one exchange, or of the whole virtual host. */
  | { readonly kind: 'firehose'; readonly vhost: string; readonly queue?: string; readonly exchange?: string }
  /** Takes every message out of the queue and shows it. Only after the user said so. */
  | { readonly kind: 'consume'; readonly vhost: string; readonly queue: string };

export type ViewStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** The picture stands still. `waiting` messages are not shown yet; without `receiving` none arrive either. */
  | { readonly kind: 'paused'; readonly waiting: number; readonly receiving: boolean }
  /** The buffer is full and receiving has stopped. */
  | { readonly kind: 'full'; readonly text: string }
  | { readonly kind: 'reconnecting'; readonly text: string }
  /** There is nothing a tap could mirror, and why. The banner offers what else can be done. */
  | { readonly kind: 'nothingToMirror'; readonly text: string }
  /** A peek that has said its cost and waits for the user. */
  | { readonly kind: 'awaitingConsent' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly advice?: string };

/** In words: what this view sees, what it misses, and that nothing is taken. */
export interface Banner {
  readonly sees: string;
  readonly misses: string;
  readonly promise: string;
  readonly alternatives: readonly Alternative[];
}

/** Another way to watch the same source, with its price. */
export interface Alternative {
  readonly kind: 'peek' | 'binding' | 'mirror' | 'stream' | 'firehose' | 'consume';
  readonly label: string;
  readonly price: string;
  /** What must be confirmed before it is opened, where it takes or changes something. */
  readonly warning?: string;
  /** What to open; missing where the user has to enter something first. */
  readonly source?: ViewSource;
}

export interface PeekState {
  readonly count: number;
  /** Of a stream: where reading begins. */
  readonly offset?: StreamOffset;
  /** What reading would change, a sentence each, said before it is done. */
  readonly costs: readonly string[];
  /** Reading would lose a message: refused unless the user consents to exactly that. */
  readonly consent?: string;
  /** It cannot be done at all, and why. */
  readonly refusal?: string;
  /** What was done, a sentence each, said afterwards. */
  readonly receipt?: readonly string[];
}
