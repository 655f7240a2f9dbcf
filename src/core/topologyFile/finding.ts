import type { FindingCode } from './findingCodes';

/** Zero-based, as the Language Server Protocol counts: `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export type Severity = 'error' | 'warning' | 'information';

/** One thing that is wrong with a file, in words for people. Codes are stable; messages are not. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

/** The family in front of the slash decides; see findingCodes.ts for what the families promise. */
export function severityOf(code: FindingCode): Severity {
  if (code.startsWith('refused/') || code.startsWith('surprise/')) return 'error';
  return code.startsWith('likely/') ? 'warning' : 'information';
}
