import type { DecodedBody } from '../../../src/core/message/decoded';
import type { MessageDetail } from '../../../src/core/message/detail';
import type { Row } from '../../../src/core/message/row';
import type { FilterCompletion, Histogram } from '../../../src/protocol/brokerContract';
import type { KeptColumn, KeptFilters, MessagesPanelState } from '../../../src/protocol/messagesPanel';
import type { PublishPanelState, PublishResult } from '../../../src/protocol/publishPanel';
import type { WireFailure } from '../../../src/protocol/wire';

/** What the scripted host of a page does. It travels as JSON, so bodies are text here. */
export interface PageScript {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly messages?: MessagesScript;
  readonly publish?: PublishScript;
  /** What VS Code kept of an earlier life of this panel. */
  readonly savedState?: unknown;
}

export interface MessagesScript {
  readonly state: MessagesPanelState;
  /** In place of the made-up rows of the same number. */
  readonly rows?: readonly Row[];
  readonly details?: readonly ScriptedDetail[];
  readonly failures?: Readonly<Record<string, WireFailure>>;
  /** How long the host takes for a range of rows. */
  readonly delayMs?: number;
  readonly filters?: KeptFilters;
  readonly columns?: readonly KeptColumn[];
  /** So many made-up messages in a real view, which filters, completes and counts by itself. */
  readonly live?: number;
  readonly completion?: FilterCompletion;
  readonly histogram?: Histogram;
  /** The answer to `decode`, in place of what the decoders make of the body. */
  readonly decoded?: DecodedBody;
}

export type ScriptedDetail = Omit<MessageDetail, 'body' | 'size'> & {
  readonly bodyText?: string;
  readonly bodyHex?: string;
  readonly size?: number;
};

export interface PublishScript {
  readonly state: PublishPanelState;
  /** Answers to `publish`, in order; the last is repeated. */
  readonly results: readonly (PublishResult | { readonly kind: 'failure'; readonly failure: WireFailure })[];
}

/** A request that the panel made and the contract's checks let through. */
export interface SeenRequest {
  readonly name: string;
  readonly params: unknown;
}

/** What tests can do with the host inside the page: `window.scripted`. */
export interface ScriptedHost {
  readonly requests: SeenRequest[];
  /** What is not a request: reports of trouble. */
  readonly troubles: unknown[];
  readonly violations: { directive: string; blocked: string; sample: string }[];
  readonly savedState: { value: unknown };
  showMessages(state: MessagesPanelState): void;
  showPublish(state: PublishPanelState): void;
  /** More messages for a live view. */
  arrive(messages: number): void;
  /** A body too big to travel as JSON. */
  setBody(seq: number, text: string): void;
  /** Sends that many snapshots, one a frame, each `step` messages on; gives how often a row stood unfilled. */
  flood(state: MessagesPanelState, snapshots: number, step: number): Promise<number>;
  /** Moves the scrollbar of the table, 0 to 1. */
  scrollTable(share: number): void;
  overflows(): boolean;
  /** The element that has the focus and does not show it. */
  unseenFocus(): string | undefined;
}
