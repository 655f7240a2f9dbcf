/** The state of one tail or peek, complete and small: it is sent whole whenever something changed. */
export interface ViewState {
  readonly viewId: string;
  readonly kind: 'tail' | 'peek';
  readonly source: ViewSource;
  readonly status: ViewStatus;
  readonly banner: Banner;
  /** Rows `firstSeq` to `nextSeq - 1` can be asked for. */
  readonly firstSeq: number;
  readonly nextSeq: number;
  /** Messages that arrived since the view opened or was cleared. */
  readonly received: number;
  /** Of these, how many the bounded buffer had to let go. */
  readonly dropped: number;
  /** Most rows that the buffer holds. */
  readonly capacity: number;
  /** Messages a second, over the last few seconds. */
  readonly rate: number;
  readonly peek?: PeekState;
}

/** What is watched. */
export type ViewSource =
  | { readonly kind: 'queue'; readonly vhost: string; readonly queue: string }
  /** An exchange with a binding key typed by the user; `queue` where it stands in for a queue's bindings. */
  | {
      readonly kind: 'binding';
      readonly vhost: string;
      readonly exchange: string;
      readonly routingKey: string;
      readonly queue?: string;
    };

export type ViewStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** The picture stands still; messages are still received. `waiting` of them are not shown yet. */
  | { readonly kind: 'paused'; readonly waiting: number }
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

/** Another way to watch the same queue, with its price. */
export interface Alternative {
  readonly kind: 'peek' | 'binding';
  readonly label: string;
  readonly price: string;
}

export interface PeekState {
  readonly count: number;
  /** What reading would change, a sentence each, said before it is done. */
  readonly costs: readonly string[];
  /** Reading would lose a message: refused unless the user consents to exactly that. */
  readonly consent?: string;
  /** It cannot be done at all, and why. */
  readonly refusal?: string;
  /** What was done, a sentence each, said afterwards. */
  readonly receipt?: readonly string[];
}
