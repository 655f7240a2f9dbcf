import type { Range, Severity } from '../../core/topologyFile/finding';

/** A finding with its file, as named on the command line. */
export interface PlacedFinding {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

/** Lines and columns as people and most tools count: from 1, in UTF-16 units, the end exclusive. */
export function placeOf({ file, code, severity, message, range }: PlacedFinding): {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  code: string;
  severity: Severity;
  message: string;
} {
  const { start, end } = range;
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    code,
    severity,
    message,
  };
}
