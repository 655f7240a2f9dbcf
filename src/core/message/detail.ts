import type { MessageProperties } from './message';

/** One message whole, for the detail pane. */
export interface MessageDetail {
  readonly seq: number;
  readonly receivedAt: number;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly sentByYou: boolean;
  readonly properties: MessageProperties;
  /** Bytes of the whole body; `body` holds fewer when it was cut. */
  readonly size: number;
  readonly body: Uint8Array;
}
