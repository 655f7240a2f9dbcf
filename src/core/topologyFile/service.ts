import type { CodeLens } from './codeLens';
import { codeLenses } from './codeLens';
import type { CompletionOptions } from './completion/complete';
import { completionsAt } from './completion/complete';
import type { Completions } from './completion/item';
import type { DiagnosticOptions } from './diagnostics';
import { findProblems } from './diagnostics';
import type { TopologyDocument } from './document';
import { parseDocument } from './document';
import type { Finding, Position, Range } from './finding';
import { fixAll } from './fixes/fixAll';
import type { Fix, FixOptions } from './fixes/findFixes';
import { fixesFor } from './fixes/findFixes';
import type { FoldingRange } from './folding';
import { foldingRanges } from './folding';
import { formatForReview } from './formatForReview';
import type { Hover } from './hover';
import { hoverAt } from './hover';
import type { Definition, Highlight } from './navigation';
import { definitionsAt, highlightsAt, referencesAt } from './navigation';
import type { OutlineItem } from './outline';
import { outlineOf } from './outline';
import type { RenameRefusal, RenameStart } from './rename';
import { prepareRename, rename } from './rename';
import { selectionRanges } from './selectionRanges';
import { semanticTokens } from './semanticTokens';
import type { Target } from './target';
import type { TextEdit } from './textEdit';

/**
 * The language service for definitions files. The client parses a text once and passes the result to every feature;
 * nothing here throws, whatever the text. One feature, one file; what the outside world knows comes as a parameter.
 */
export interface TopologyFileService {
  parse(text: string): TopologyDocument;
  diagnostics(document: TopologyDocument, options?: DiagnosticOptions): Finding[];
  outline(document: TopologyDocument): OutlineItem[];
  foldingRanges(document: TopologyDocument, limit?: number): FoldingRange[];
  selectionRanges(document: TopologyDocument, position: Position): Range[];
  semanticTokens(document: TopologyDocument, within?: Range): number[];
  definitions(document: TopologyDocument, position: Position): Definition[];
  references(document: TopologyDocument, position: Position, withDeclarations: boolean): Range[];
  highlights(document: TopologyDocument, position: Position): Highlight[];
  prepareRename(document: TopologyDocument, position: Position): RenameStart | RenameRefusal;
  rename(
    document: TopologyDocument,
    position: Position,
    newName: string,
  ): readonly TextEdit[] | RenameRefusal;
  completions(document: TopologyDocument, position: Position, options?: CompletionOptions): Completions;
  hover(document: TopologyDocument, position: Position, target?: Target): Hover | undefined;
  codeLenses(document: TopologyDocument): CodeLens[];
  /** For the findings between two offsets. */
  fixes(document: TopologyDocument, start: number, end: number, options?: FixOptions): Fix[];
  fixAll(document: TopologyDocument, options?: FixOptions): TextEdit | undefined;
  formatForReview(document: TopologyDocument): TextEdit | undefined;
}

export function createTopologyFileService(): TopologyFileService {
  return {
    parse: parseDocument,
    diagnostics: findProblems,
    outline: outlineOf,
    foldingRanges,
    selectionRanges,
    semanticTokens,
    definitions: definitionsAt,
    references: referencesAt,
    highlights: highlightsAt,
    prepareRename,
    rename,
    completions: completionsAt,
    hover: hoverAt,
    codeLenses,
    fixes: fixesFor,
    fixAll,
    formatForReview,
  };
}
