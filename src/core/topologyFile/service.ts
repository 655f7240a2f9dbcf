import type { DiagnosticOptions } from './diagnostics';
import { findProblems } from './diagnostics';
import type { TopologyDocument } from './document';
import { parseDocument } from './document';
import type { Finding } from './finding';
import type { OutlineItem } from './outline';
import { outlineOf } from './outline';

/**
 * The language service for definitions files. The client parses a text once and passes the result to every feature;
 * nothing here throws, whatever the text. One feature, one file: diagnostics.ts, outline.ts; completion, hover,
 * navigation and actions will stand beside them and take what the outside world knows as a parameter.
 */
export interface TopologyFileService {
  parse(text: string): TopologyDocument;
  diagnostics(document: TopologyDocument, options?: DiagnosticOptions): Finding[];
  outline(document: TopologyDocument): OutlineItem[];
}

export function createTopologyFileService(): TopologyFileService {
  return { parse: parseDocument, diagnostics: findProblems, outline: outlineOf };
}
