import type { QueueInfo } from '../topology/model';
import type { StreamOffset } from '../topology/streamOffset';

/** What is known of a queue before anything is read from it. */
export interface PeekFacts {
  readonly queue: QueueInfo;
  /** Whether the management API described the queue; without it type, arguments and policy are not known. */
  readonly described: boolean;
  /** As the broker says when a connection opens, "4.3.6". */
  readonly version: string | undefined;
  /** How many messages are wanted. */
  readonly count: number;
  /** Of a stream: where to begin; without one at its first message. */
  readonly offset?: StreamOffset;
  /** The highest delivery count an earlier peek saw in this queue. */
  readonly highestDeliveryCount?: number;
}
