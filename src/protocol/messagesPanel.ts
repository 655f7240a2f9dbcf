import { anyBoolean, integer, listOf, nothing, object, oneOf, optional, text } from '../core/base/check';
import type { DecodedBody } from '../core/message/decoded';
import type { MessageDetail } from '../core/message/detail';
import type { Row } from '../core/message/row';
import type { Checks } from './endpoint';
import type {
  CompletionParams,
  DecodeParams,
  FilterCompletion,
  FilterParams,
  Histogram,
  HistogramParams,
  PauseParams,
  PlanPeekParams,
  StartPeekParams,
} from './brokerContract';
import type { Overflow, ViewSource, ViewState } from './view';
import { completionShape, filterShape, histogramShape, offsetCheck, sourceCheck } from './viewChecks';

/** Between the messages panel (tail and peek) and the host. */
export type MessagesPanelContract = {
  requests: {
    /** The panel's script runs; the answer holds all it needs to draw. */
    ready: { params: undefined; result: MessagesPanelState };
    rows: { params: { from: number; count: number }; result: readonly Row[] };
    message: { params: { seq: number }; result: MessageDetail };
    pause: { params: PauseParams; result: undefined };
    resume: { params: undefined; result: undefined };
    clear: { params: undefined; result: undefined };
    setOverflow: { params: { overflow: Overflow }; result: undefined };
    setFilter: { params: FilterParams; result: undefined };
    completeFilter: { params: CompletionParams; result: FilterCompletion };
    histogram: { params: HistogramParams; result: Histogram };
    decode: { params: DecodeParams; result: DecodedBody };
    planPeek: { params: PlanPeekParams; result: undefined };
    /** The host asks where in the stream the peek begins. */
    peekFrom: { params: { count: number }; result: undefined };
    startPeek: { params: StartPeekParams; result: undefined };
    /** Peek at the same queue in this panel, from a tail that has nothing to mirror. */
    peekInstead: { params: undefined; result: undefined };
    /** Tail an exchange with a key typed by the user, in place of the queue's own bindings. */
    tailBinding: { params: { exchange: string; routingKey: string }; result: undefined };
    /** Watch in this panel in another way that the banner offered; the host asks first where it has a warning. */
    watchInstead: { params: { source: ViewSource }; result: undefined };
    /** Read the stream from another place, which the host asks for. */
    watchFrom: { params: undefined; result: undefined };
    /** Connect again: a panel revived after a window reload comes back stopped. */
    restart: { params: undefined; result: undefined };
    openInEditor: { params: { seq: number }; result: undefined };
    publishAgain: { params: { seq: number }; result: undefined };
    /** Opens both in the diff editor. */
    compare: { params: { left: number; right: number }; result: undefined };
    copy: { params: { seq: number; what: CopyForm }; result: undefined };
    /** The host asks for the file. */
    exportView: { params: { format: 'jsonl' | 'csv'; matchingOnly: boolean }; result: undefined };
    record: { params: { on: boolean }; result: undefined };
    /** Filters the user kept, and those used last, newest first. Shared by all panels. */
    filters: { params: undefined; result: KeptFilters };
    /** Puts a filter at the head of a list. */
    keepFilter: { params: { text: string; list: 'saved' | 'recent' }; result: KeptFilters };
    /** Takes it out of both lists. */
    forgetFilter: { params: { text: string }; result: KeptFilters };
    /** The table's columns as last arranged in a panel of this kind; empty when they never were. */
    columns: { params: undefined; result: readonly KeptColumn[] };
    keepColumns: { params: { columns: readonly KeptColumn[] }; result: undefined };
  };
  events: { changed: MessagesPanelState };
};

export interface MessagesPanelState {
  /** The name of the connection. */
  readonly connection: string;
  /** "orders.fulfilment" or "orders, key order.#". */
  readonly source: string;
  readonly kind: 'tail' | 'peek';
  /** Missing while stopped: after a reload, or when the connection was closed. */
  readonly view?: ViewState;
  /** Why there is no view, in words. */
  readonly stopped?: string;
  /** What the panel stores with `setState` under the key `revive`, so that a window reload can bring it back. */
  readonly revive: PanelRevival;
}

/** What of a message goes to the clipboard. */
export type CopyForm = 'body' | 'headers' | 'amqplib' | 'pika' | 'rabbitmqadmin';

export interface KeptFilters {
  readonly saved: readonly string[];
  readonly recent: readonly string[];
}

/** A column that is shown. */
export interface KeptColumn {
  readonly name: string;
  /** Pixels, where the user has dragged its edge. */
  readonly width?: number;
}

/** Which view of which connection a panel shows. */
export interface PanelRevival {
  readonly profileId: string;
  readonly source: ViewSource;
  readonly kind: 'tail' | 'peek';
}

const filterText = text(10_000);

export const keptColumnsCheck = listOf(object({ name: text(40), width: optional(integer(10, 5_000)) }), 40);

const seq = integer(0, Number.MAX_SAFE_INTEGER);

export const messagesPanelChecks: Checks<MessagesPanelContract> = {
  ready: nothing,
  rows: object({ from: integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), count: integer(0, 500) }),
  message: object({ seq }),
  pause: object({ receiving: oneOf('keep', 'stop') }),
  resume: nothing,
  clear: nothing,
  setOverflow: object({ overflow: oneOf('roll', 'pause') }),
  setFilter: object(filterShape),
  completeFilter: object(completionShape),
  histogram: object(histogramShape),
  decode: object({ seq, decoder: optional(text(100)) }),
  peekFrom: object({ count: integer(1, 500) }),
  planPeek: object({ count: integer(1, 500), offset: optional(offsetCheck) }),
  startPeek: object({ count: integer(1, 500), consented: anyBoolean, offset: optional(offsetCheck) }),
  watchInstead: object({ source: sourceCheck }),
  watchFrom: nothing,
  compare: object({ left: seq, right: seq }),
  copy: object({ seq, what: oneOf('body', 'headers', 'amqplib', 'pika', 'rabbitmqadmin') }),
  exportView: object({ format: oneOf('jsonl', 'csv'), matchingOnly: anyBoolean }),
  record: object({ on: anyBoolean }),
  filters: nothing,
  keepFilter: object({ text: filterText, list: oneOf('saved', 'recent') }),
  forgetFilter: object({ text: filterText }),
  columns: nothing,
  keepColumns: object({ columns: keptColumnsCheck }),
  peekInstead: nothing,
  tailBinding: object({ exchange: text(255), routingKey: text(255) }),
  restart: nothing,
  openInEditor: object({ seq }),
  publishAgain: object({ seq }),
};
