import type { QueueInfo } from '../topology/model';

/** What is known of a queue before anything is read from it. */
export interface PeekFacts {
  readonly queue: QueueInfo;
  /** Whether the management API described the queue; without it type, arguments and policy are not known. */
  readonly described: boolean;
  /** As the broker says when a connection opens, "4.3.6". */
  readonly version: string | undefined;
  /** How many messages are wanted. */
  readonly count: number;
  /** The highest delivery count an earlier peek saw in this queue. */
  readonly highestDeliveryCount?: number;
}
