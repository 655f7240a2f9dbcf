import type { TopologyDocument } from './document';
import { jsonKind } from './json/jsonTable';

/** Zero-based lines; the last one stays visible, as it holds the closing bracket. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** The most ranges an answer has: editors fold no more than that by default. */
const mostRanges = 5000;

/** Objects and lists that span lines; in a large file the outer ones first, so that sections always fold. */
export function foldingRanges({ table, lines }: TopologyDocument, limit = mostRanges): FoldingRange[] {
  const found: FoldingRange[] = [];
  let level: number[] = [0];
  while (level.length > 0 && found.length < limit) {
    const inner: number[] = [];
    for (const node of level) {
      const kind = table.kind(node);
      if (kind !== jsonKind.object && kind !== jsonKind.array) continue;
      const startLine = lines.position(table.start(node)).line;
      const endLine = lines.position(table.end(node)).line - 1;
      // What stands on one line holds nothing that spans several.
      if (endLine < startLine) continue;
      if (endLine > startLine && found.length < limit) found.push({ startLine, endLine });
      for (let child = node + 1; child < table.next(node); child = table.next(child)) inner.push(child);
    }
    level = inner;
  }
  return found.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
