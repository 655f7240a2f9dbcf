export interface ManagementCall {
  /** Sent as it is, as JSON. */
  readonly body?: string | Uint8Array;
  /** `user:password`; guest unless said. */
  readonly login?: string;
  readonly limitMs?: number;
}

/** One call of a broker's management API, `path` from `/api/` on: what it answers, whatever the status. */
export async function managementCall(
  origin: string,
  method: string,
  path: string,
  { body, login = 'guest:guest', limitMs = 60_000 }: ManagementCall = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(origin + path, {
    method,
    headers: {
      authorization: `Basic ${btoa(login)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(limitMs),
  });
  return { status: response.status, text: await response.text() };
}
