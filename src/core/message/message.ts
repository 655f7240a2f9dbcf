import type { FieldTable } from '../base/fieldValue';

/** The fourteen basic properties (AMQP 0-9-1, 1.8.3.1), all optional. */
export interface MessageProperties {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly headers?: FieldTable;
  /** 1 transient, 2 persistent. */
  readonly deliveryMode?: number;
  /** 0 to 255. */
  readonly priority?: number;
  readonly correlationId?: string;
  readonly replyTo?: string;
  /** Milliseconds, as decimal text: the broker refuses anything else. */
  readonly expiration?: string;
  readonly messageId?: string;
  /** Seconds since the epoch (uint64), as decimal text. */
  readonly timestamp?: string;
  readonly type?: string;
  readonly userId?: string;
  readonly appId?: string;
  readonly clusterId?: string;
}

/** A message as a consumer gets it. `body` may be a slice of a socket buffer: copy it to keep it. */
export interface Delivery {
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
  /** The same as `properties` with the headers still encoded, for whoever keeps many messages and looks at few. */
  readonly undecoded?: UndecodedProperties;
}

export interface UndecodedProperties {
  /** All properties but the headers. */
  readonly others: MessageProperties;
  /** The header table as it came, if there was one. It may be a slice of a socket buffer: copy it to keep it. */
  readonly headers?: Uint8Array;
  /** Decodes a copy of `headers`; what it returns shares no memory with it. */
  readonly readHeaders: (headers: Uint8Array) => FieldTable;
}

/** A message about to be published. An empty exchange is the default exchange: the key names the queue. */
export interface MessageDraft {
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
}

/** What became of a mandatory publish on a confirm channel. Confirmed is not routed (DOMAIN 3). */
export type PublishOutcome =
  | { readonly kind: 'routed'; readonly tookMs: number }
  /** basic.return: nobody got it. The usual code is 312 NO_ROUTE. */
  | { readonly kind: 'returned'; readonly code: number; readonly text: string; readonly tookMs: number }
  /** A queue refused it (basic.nack), or the broker closed the channel over it, in the broker's own words. */
  | {
      readonly kind: 'refused';
      readonly by: 'nack' | 'channel';
      readonly code?: number;
      readonly text: string;
    };
