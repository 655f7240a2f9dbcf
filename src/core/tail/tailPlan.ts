import type { FieldTable } from '../base/fieldValue';
import type { StreamOffset } from '../topology/streamOffset';
import type { TailBanner } from './banner';

/** One binding that the temporary queue gets, the same as the watched queue's. */
export interface MirrorBinding {
  readonly source: string;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}

/** A temporary queue with copies of bindings. */
export interface MirrorPlan {
  readonly kind: 'mirror';
  readonly bindings: readonly MirrorBinding[];
  readonly banner: TailBanner;
}

/** A consumer of a stream, which takes nothing from it. */
export interface StreamPlan {
  readonly kind: 'stream';
  readonly queue: string;
  readonly offset: StreamOffset;
  readonly banner: TailBanner;
}

/** The broker's tracing: what clients publish, of one queue, of one exchange, or all of it. */
export interface FirehosePlan {
  readonly kind: 'firehose';
  readonly queue?: string;
  readonly exchange?: string;
  readonly banner: TailBanner;
}

/** A consumer that acknowledges what it shows. */
export interface ConsumePlan {
  readonly kind: 'consume';
  readonly queue: string;
  readonly banner: TailBanner;
}

export interface NothingToWatch {
  readonly kind: 'nothing';
  readonly text: string;
  /** There may be something later: it is looked at again while the view is open. */
  readonly mayChange?: boolean;
  readonly banner: TailBanner;
}

/** A plan that opens something in the broker. */
export type OpenPlan = MirrorPlan | StreamPlan | FirehosePlan | ConsumePlan;

/** How a tail will watch, or why there is nothing it could watch. */
export type TailPlan = OpenPlan | NothingToWatch;
