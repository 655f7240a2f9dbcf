import type {
  BindingInfo,
  DestinationKind,
  ExchangeInfo,
  QueueInfo,
  VhostInfo,
} from '../core/topology/model';
import type { DecodingSetup } from '../core/message/decode/decodingSetup';
import type { DecodedBody } from '../core/message/decoded';
import type { MessageDetail } from '../core/message/detail';
import type { MessageDraft, PublishOutcome } from '../core/message/message';
import type { Row } from '../core/message/row';
import type { StreamOffset } from '../core/topology/streamOffset';
import type {
  BrokerDefinitions,
  DefinitionsExportParams,
  TransferParams,
  TransferProgress,
  TransferResult,
} from './definitionsTransfer';
import type { Alternative, Overflow, RecordingState, TimeRange, ViewSource, ViewState } from './view';

/** What the host asks of the worker that holds one broker connection. */
export type BrokerContract = {
  requests: {
    /** Logs in. Rejects with words for people when it cannot; the worker then waits for another `open`. */
    open: { params: OpenParams; result: ConnectionState };
    connection: { params: undefined; result: ConnectionState };
    vhosts: { params: undefined; result: readonly VhostInfo[] };
    exchanges: { params: { vhost: string }; result: readonly ExchangeInfo[] };
    queues: {
      params: { vhost: string; page: number; size: number; name?: string };
      result: { items: readonly QueueInfo[]; total: number };
    };
    bindings: { params: BindingsParams; result: readonly BindingInfo[] };
    /** Passive declare: works without the management API. */
    checkQueue: { params: QueueParams; result: { ready: number; consumers: number } };
    publish: { params: { vhost: string; draft: MessageDraft }; result: PublishOutcome };
    /** The ways to watch a queue, an exchange, or without either the virtual host, each with its price. */
    waysToWatch: { params: WatchParams; result: readonly Alternative[] };
    /** `confirmed`: the user accepted that messages are taken out, or that the broker's tracing is switched on. */
    openTail: { params: { source: ViewSource; confirmed: boolean }; result: ViewState };
    /** Plans a peek and says its cost; nothing is read until `startPeek`. */
    openPeek: { params: QueueParams & { count: number; offset?: StreamOffset }; result: ViewState };
    /** Says the cost of reading that instead; refused while it reads. */
    planPeek: { params: ViewParams & PlanPeekParams; result: ViewState };
    startPeek: { params: ViewParams & StartPeekParams; result: ViewState };
    view: { params: ViewParams; result: ViewState };
    /** Rows by place; those no longer buffered are left out. At most 500. */
    rows: { params: RowsParams; result: readonly Row[] };
    /** The message whole, its body cut at `mostBytes`. */
    message: { params: { viewId: string; seq: number; mostBytes: number }; result: MessageDetail };
    /** `stop` ends the tap at the broker; resuming then makes a new one. */
    pause: { params: ViewParams & PauseParams; result: ViewState };
    resume: { params: ViewParams; result: ViewState };
    clear: { params: ViewParams; result: ViewState };
    setOverflow: { params: ViewParams & { overflow: Overflow }; result: ViewState };
    /** An empty text without a range switches the filter off. A text with a mistake is answered with its problem. */
    setFilter: { params: ViewParams & FilterParams; result: ViewState };
    completeFilter: { params: ViewParams & CompletionParams; result: FilterCompletion };
    histogram: { params: ViewParams & HistogramParams; result: Histogram };
    decode: { params: ViewParams & DecodeParams; result: DecodedBody };
    /** What the settings say about decoding, whole; holds until it is said anew. */
    configureDecoding: { params: DecodingSetup; result: undefined };
    /** Writes the buffered messages to a file on this machine. Cancelled, it leaves no file. */
    exportView: { params: ViewParams & ExportParams; result: ExportResult };
    /** From now on every message that arrives is written to the file too, filter or not. */
    startRecording: { params: ViewParams & { path: string }; result: ViewState };
    /** Resolves when the file is complete, with what is in it. */
    stopRecording: { params: ViewParams; result: RecordingState };
    /** Reads a recording or an export from beginning to end, and says what publishing it would mean. */
    recordingFacts: { params: { path: string }; result: RecordingFacts };
    /** Publishes a recording; progress comes as `replay` events. Cancelled, it resolves with what was done. */
    replay: { params: ReplayParams; result: ReplayProgress };
    /** What the broker holds as a definitions file. */
    exportDefinitions: { params: DefinitionsExportParams; result: BrokerDefinitions };
    /**
     * Makes objects of a definitions file; progress comes as `transfer` events. A read-only profile refuses it, and a
     * second transfer at the same time.
     */
    createDefinitions: { params: TransferParams; result: TransferResult };
    /** Deletes them again: queues only if unused and empty, exchanges only if unused, virtual hosts only if empty. */
    removeDefinitions: { params: TransferParams; result: TransferResult };
    /** Ends the tap (unbind, delete) or gives the peeked messages back, then forgets the view. */
    closeView: { params: ViewParams; result: undefined };
    /** Answers a `tracing` event: exactly these virtual hosts are kept now. */
    tracingKept: { params: { vhosts: readonly string[] }; result: undefined };
    /** Ends every view and the connection in order. */
    close: { params: undefined; result: undefined };
  };
  events: {
    connection: ConnectionState;
    view: ViewState;
    replay: ReplayProgress;
    transfer: TransferProgress;
    /**
     * Virtual hosts whose tracing was switched on here, or is about to be. The host keeps them for the next `open`,
     * in case that this worker cannot switch them off, and answers with `tracingKept`.
     */
    tracing: { vhosts: readonly string[] };
    /** A line for the output channel: words and details without secrets or message bodies. */
    log: LogLine;
  };
};

export interface LogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly message: string;
  readonly detail?: string;
}

export interface OpenParams {
  /** As in the setting; checked again in the worker. */
  readonly profile: unknown;
  readonly password: string;
  /** Virtual hosts whose tracing an earlier worker may have left on, as its last `tracing` event said. */
  readonly tracing?: readonly string[];
  readonly network: {
    readonly proxy?: string;
    readonly noProxy: readonly string[];
    readonly strictSsl: boolean;
    readonly systemCertificates: boolean;
  };
}

export interface QueueParams {
  readonly vhost: string;
  readonly queue: string;
}

export interface WatchParams {
  readonly vhost: string;
  readonly queue?: string;
  readonly exchange?: string;
}

export interface ViewParams {
  readonly viewId: string;
}

export interface PlanPeekParams {
  readonly count: number;
  /** Of a stream: where to begin. */
  readonly offset?: StreamOffset;
}

export interface StartPeekParams extends PlanPeekParams {
  readonly consented: boolean;
}

export interface PauseParams {
  readonly receiving: 'keep' | 'stop';
}

export interface FilterParams {
  readonly text: string;
  readonly range?: TimeRange;
}

export interface CompletionParams {
  readonly text: string;
  /** UTF-16 offset in `text`. */
  readonly caret: number;
}

/** What may stand in place of `text.slice(from, to)`. */
export interface FilterCompletion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly { readonly insert: string; readonly label: string; readonly detail?: string }[];
}

export interface HistogramParams {
  readonly buckets: number;
}

/** Messages kept, by the time they were received, in buckets of equal length. Empty lists where nothing is kept. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  /** Of these, how many match the filter; missing without one. */
  readonly matching?: readonly number[];
}

export interface DecodeParams {
  readonly seq: number;
  /** One of the choices of an earlier answer; otherwise settings, content type and the bytes decide. */
  readonly decoder?: string;
}

export interface ExportParams {
  readonly path: string;
  readonly format: 'jsonl' | 'csv';
  readonly matchingOnly: boolean;
}

export interface ExportResult {
  readonly messages: number;
  readonly bytes: number;
  /** Messages that the rolling buffer let go before they were written. */
  readonly missing: number;
}

export interface ReplayParams {
  readonly vhost: string;
  /** Of a recording or an export in JSON Lines. */
  readonly path: string;
  /** Missing: where each message went when it was recorded. */
  readonly target?: { readonly exchange: string; readonly routingKey?: string };
  readonly timing: { readonly kind: 'original' } | { readonly kind: 'rate'; readonly perSecond: number };
  /** A broker refuses messages whose user id is not the login: they can be sent without. */
  readonly userIds: 'keep' | 'drop';
}

export interface RecordingFacts {
  readonly messages: number;
  readonly notes: number;
  /** Lines that cannot be published: no message, or one whose body had to be cut. */
  readonly unusable: number;
  /** The first of them, in words with their numbers. */
  readonly problems: readonly string[];
  /** From the first message to the last, in milliseconds. */
  readonly lengthMs: number;
  /** Where messages went, most used first; "" is the default exchange. */
  readonly exchanges: readonly { readonly name: string; readonly messages: number }[];
  /** There are more exchanges than are listed. */
  readonly moreExchanges: boolean;
  /** Messages with a user id that is not the login's. */
  readonly otherUsers: number;
  /** With an expiration of their own. */
  readonly expiring: number;
  /** With a CC or BCC header, which routes them further. */
  readonly copied: number;
  /** With headers that a broker wrote (`x-death` and the like), which are left out. */
  readonly withBrokerHeaders: number;
}

export interface ReplayProgress {
  readonly published: number;
  readonly routed: number;
  readonly returned: number;
  readonly refused: number;
  /** Under way when the channel or the connection was lost: nobody knows whether they arrived. */
  readonly unknown: number;
  /** Lines that are no message, or one whose body had to be cut. */
  readonly skipped: number;
  /** The broker takes nothing at the moment, in its words. */
  readonly waiting?: string;
  /** Why it ended before the end of the file. */
  readonly ended?: string;
}

export interface RowsParams extends ViewParams {
  readonly from: number;
  readonly count: number;
}

export interface BindingsParams {
  readonly vhost: string;
  readonly kind: DestinationKind;
  readonly name: string;
  /** `to`: bindings that lead to it; `from`: bindings that lead away from it (exchanges only). */
  readonly side: 'from' | 'to';
}

export type ConnectionState =
  /** `text`: why it was given up, where nobody asked for it. */
  | { readonly status: 'closed'; readonly text?: string; readonly advice?: string }
  | { readonly status: 'connecting' }
  | ({ readonly status: 'connected' } & ServerSummary)
  /** Lost, and being tried again. */
  | { readonly status: 'reconnecting'; readonly text: string; readonly attempt: number };

export interface ServerSummary {
  readonly product: string;
  readonly version: string;
  readonly vhost: string;
  readonly management: ManagementSummary;
}

export type ManagementSummary =
  | { readonly available: true; readonly statsDisabled: boolean; readonly userTags: readonly string[] }
  /** Why the tree cannot list anything, and what to do. */
  | { readonly available: false; readonly text: string; readonly advice: string };
