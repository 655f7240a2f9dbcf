import type { Failure } from '../../core/base/failure';
import type { ConnectionState } from '../../protocol/brokerContract';

/** How a connection stands, as the tree shows it: what the worker says, and what only the host knows. */
export type SessionState =
  | ConnectionState
  /** No password is known, or the broker refused the one that is. */
  | { readonly status: 'passwordNeeded'; readonly text: string; readonly advice?: string }
  | { readonly status: 'failed'; readonly text: string; readonly advice?: string };

/** There is a connection, or one that was lost and is being tried again. */
export function isOpen(state: SessionState): boolean {
  return state.status === 'connected' || state.status === 'reconnecting';
}

export function failedState(failure: Failure): SessionState {
  const words = { text: failure.message, ...(failure.more.advice ? { advice: failure.more.advice } : {}) };
  return { status: failure.reason === 'auth' ? 'passwordNeeded' : 'failed', ...words };
}
