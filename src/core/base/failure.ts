/**
 * Why something did not work, as a closed set that callers may switch on; nobody matches on message text.
 * The first ten come from brokers (see `broker/brokerError.ts`), the rest from our own machinery.
 */
export const failureReasons = [
  'auth', // the broker does not know the user or the password is wrong
  'refused', // the broker understood and said no: rights, a limit, a rule
  'timeout',
  'tls',
  'notFound',
  'precondition', // it exists, but not as asked for (406)
  'locked', // exclusive to somebody else (405)
  'unsupported', // this broker, version or object type cannot do it
  'protocol', // what came back is not what the protocol allows
  'closed', // the connection or channel is gone
  'cancelled', // the caller changed its mind
  'badInput', // what the user or a webview sent is not usable
  'internal', // a defect of ours
] as const;

export type FailureReason = (typeof failureReasons)[number];

/**
 * An error in words for people. `message` says what happened and why, `advice` what to do next; `detail` is the
 * original cause and goes to the log only. None of them may hold a secret.
 */
export class Failure extends Error {
  constructor(
    readonly reason: FailureReason,
    message: string,
    readonly more: { advice?: string; detail?: string; code?: number } = {},
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** Any thrown value as a Failure: one of ours as it is, an abort as `cancelled`, everything else as `internal`. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return new Failure('cancelled', 'Cancelled.');
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new Failure('internal', 'Something went wrong inside AMQP Workbench.', {
    advice: 'The AMQP output channel has the details.',
    detail,
  });
}

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Failure('cancelled', 'Cancelled.');
}
