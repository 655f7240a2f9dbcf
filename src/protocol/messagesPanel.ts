import { anyBoolean, integer, nothing, object, text } from '../core/base/check';
import type { MessageDetail } from '../core/message/detail';
import type { Row } from '../core/message/row';
import type { Checks } from './endpoint';
import type { ViewSource, ViewState } from './view';

/** Between the messages panel (tail and peek) and the host. */
export type MessagesPanelContract = {
  requests: {
    /** The panel's script runs; the answer holds all it needs to draw. */
    ready: { params: undefined; result: MessagesPanelState };
    rows: { params: { from: number; count: number }; result: readonly Row[] };
    message: { params: { seq: number }; result: MessageDetail };
    pause: { params: undefined; result: undefined };
    resume: { params: undefined; result: undefined };
    clear: { params: undefined; result: undefined };
    startPeek: { params: { count: number; consented: boolean }; result: undefined };
    /** Peek at the same queue in this panel, from a tail that has nothing to mirror. */
    peekInstead: { params: undefined; result: undefined };
    /** Tail an exchange with a key typed by the user, in place of the queue's own bindings. */
    tailBinding: { params: { exchange: string; routingKey: string }; result: undefined };
    /** Connect again: a panel revived after a window reload comes back stopped. */
    restart: { params: undefined; result: undefined };
    openInEditor: { params: { seq: number }; result: undefined };
    publishAgain: { params: { seq: number }; result: undefined };
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

/** Which view of which connection a panel shows. */
export interface PanelRevival {
  readonly profileId: string;
  readonly source: ViewSource;
  readonly kind: 'tail' | 'peek';
}

export const messagesPanelChecks: Checks<MessagesPanelContract> = {
  ready: nothing,
  rows: object({ from: integer(0, Number.MAX_SAFE_INTEGER), count: integer(0, 500) }),
  message: object({ seq: integer(0, Number.MAX_SAFE_INTEGER) }),
  pause: nothing,
  resume: nothing,
  clear: nothing,
  startPeek: object({ count: integer(1, 500), consented: anyBoolean }),
  peekInstead: nothing,
  tailBinding: object({ exchange: text(255), routingKey: text(255) }),
  restart: nothing,
  openInEditor: object({ seq: integer(0, Number.MAX_SAFE_INTEGER) }),
  publishAgain: object({ seq: integer(0, Number.MAX_SAFE_INTEGER) }),
};
