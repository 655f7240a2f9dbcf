/** How long to wait before the next attempt to connect, in milliseconds: half a second, doubling, at most 5 s. */
export function backoffMs(attempt: number): number {
  return Math.min(5_000, 500 * 2 ** Math.min(attempt, 10));
}
