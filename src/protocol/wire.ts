import { Failure, failureReasons } from '../core/base/failure';
import type { FailureReason } from '../core/base/failure';

/** What goes over a transport. */
export type WireMessage =
  | { kind: 'request'; id: number; name: string; params: unknown }
  | { kind: 'abort'; id: number }
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'failure'; id: number; failure: WireFailure }
  | { kind: 'event'; name: string; payload: unknown };

export interface WireFailure {
  reason: FailureReason;
  message: string;
  advice?: string;
  detail?: string;
  code?: number;
}

export function toWireFailure(failure: Failure): WireFailure {
  return { reason: failure.reason, message: failure.message, ...failure.more };
}

export function toFailure({ reason, message, ...more }: WireFailure): Failure {
  return new Failure(failureReasons.includes(reason) ? reason : 'internal', message, more);
}

/** Whether a value that arrived has the shape of a wire message; anything else on the channel is not ours. */
export function isWireMessage(value: unknown): value is WireMessage {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const message = value as { kind: unknown; id?: unknown; name?: unknown; failure?: unknown };
  switch (message.kind) {
    case 'request':
      return typeof message.id === 'number' && typeof message.name === 'string';
    case 'abort':
    case 'result':
      return typeof message.id === 'number';
    case 'failure':
      return (
        typeof message.id === 'number' && typeof message.failure === 'object' && message.failure !== null
      );
    case 'event':
      return typeof message.name === 'string';
    default:
      return false;
  }
}
