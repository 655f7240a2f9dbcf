/** What a ring hands over when it ends, as JSON in a file. */
export interface RingResult {
  readonly ring: string;
  readonly passed: number;
  /** Tests that failed or were skipped, hooks that failed, and whatever went wrong outside any test. */
  readonly failed: number;
  readonly failures: readonly RingFailure[];
}

export interface RingFailure {
  /** The full title, from the outermost `describe` on. */
  readonly title: string;
  readonly message: string;
}

/** The result of a ring that could not even say how it went. */
export function brokenRing(ring: string, message: string): RingResult {
  return { ring, passed: 0, failed: 1, failures: [{ title: ring, message }] };
}
