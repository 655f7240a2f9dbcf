import type { Check } from '../../core/base/check';
import { Failure } from '../../core/base/failure';

/** What the editor kept for us comes from a file of its own and perhaps from an older version: checked like any input. */
export function readStored<T>(stored: unknown, check: Check<T>): T | undefined {
  try {
    return check(stored, 'state');
  } catch (thrown) {
    if (thrown instanceof Failure) return undefined;
    throw thrown;
  }
}
