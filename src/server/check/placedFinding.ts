import type { Range, Severity } from '../../core/topologyFile/finding';

/** A finding with its file, as named on the command line. */
export interface PlacedFinding {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}
