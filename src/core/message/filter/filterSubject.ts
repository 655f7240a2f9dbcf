import type { FieldTable } from '../../base/fieldValue';
import type { MessageProperties } from '../message';

/** One message as a filter looks at it: what is costly to make is made only when it is asked for. */
export interface FilterSubject {
  readonly exchange: string;
  readonly routingKey: string;
  /** Bytes of the whole body. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly redelivered: boolean;
  /** Without the headers where these are kept encoded. */
  readonly properties: MessageProperties;
  /** Memory in which encoded headers (none where both ends are equal) and what is kept of the body lie. */
  readonly bytes: Uint8Array;
  readonly headersFrom: number;
  readonly headersTo: number;
  readonly bodyFrom: number;
  readonly bodyTo: number;
  headers(): FieldTable | undefined;
}
