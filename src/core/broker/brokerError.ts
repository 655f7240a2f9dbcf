import { Failure } from '../base/failure';
import type { FailureReason } from '../base/failure';

/** The reasons a broker, or the way to it, can give. */
export type BrokerFailureReason = Exclude<FailureReason, 'cancelled' | 'badInput' | 'internal'>;

/** A failure that an adapter translated from what the broker or the network said. */
export class BrokerError extends Failure {
  constructor(
    override readonly reason: BrokerFailureReason,
    message: string,
    more: { advice?: string; detail?: string; code?: number } = {},
  ) {
    super(reason, message, more);
    this.name = 'BrokerError';
  }
}
