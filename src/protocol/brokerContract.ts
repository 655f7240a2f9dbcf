import type {
  BindingInfo,
  DestinationKind,
  ExchangeInfo,
  QueueInfo,
  VhostInfo,
} from '../core/topology/model';
import type { MessageDetail } from '../core/message/detail';
import type { MessageDraft, PublishOutcome } from '../core/message/message';
import type { Row } from '../core/message/row';
import type { ViewSource, ViewState } from './view';

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
    openTail: { params: { source: ViewSource }; result: ViewState };
    /** Plans a peek and says its cost; nothing is read until `startPeek`. */
    openPeek: { params: QueueParams & { count: number }; result: ViewState };
    startPeek: { params: { viewId: string; count: number; consented: boolean }; result: ViewState };
    view: { params: ViewParams; result: ViewState };
    /** Rows by sequence number; those no longer buffered are left out. At most 500. */
    rows: { params: RowsParams; result: readonly Row[] };
    /** The message whole, its body cut at `mostBytes`. */
    message: { params: { viewId: string; seq: number; mostBytes: number }; result: MessageDetail };
    pause: { params: ViewParams; result: ViewState };
    resume: { params: ViewParams; result: ViewState };
    clear: { params: ViewParams; result: ViewState };
    /** Ends the tap (unbind, delete) or gives the peeked messages back, then forgets the view. */
    closeView: { params: ViewParams; result: undefined };
    /** Ends every view and the connection in order. */
    close: { params: undefined; result: undefined };
  };
  events: {
    connection: ConnectionState;
    view: ViewState;
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

export interface ViewParams {
  readonly viewId: string;
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
