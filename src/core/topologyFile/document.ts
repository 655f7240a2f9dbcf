import type { Declarations } from './declarations';
import type { JsonTable } from './json/jsonTable';
import { scanJson } from './json/scanJson';
import type { SyntaxProblem } from './json/syntaxProblem';
import { isReadWhole } from './json/syntaxProblem';
import { LineIndex } from './lineIndex';
import { readDeclarations } from './readDeclarations';

/** A parsed file: made once for each version of the text and handed to every feature. */
export interface TopologyDocument {
  readonly text: string;
  readonly table: JsonTable;
  readonly problems: readonly SyntaxProblem[];
  /** False when damage may have swallowed declarations: then nothing follows from what is not there. */
  readonly isWhole: boolean;
  readonly declarations: Declarations;
  readonly lines: LineIndex;
}

/** Takes any text; never throws. */
export function parseDocument(text: string): TopologyDocument {
  const { table, problems } = scanJson(text);
  let declarations: Declarations | undefined;
  let lines: LineIndex | undefined;
  return {
    text,
    table,
    problems,
    isWhole: isReadWhole(problems),
    get declarations() {
      return (declarations ??= readDeclarations(table));
    },
    get lines() {
      return (lines ??= new LineIndex(text));
    },
  };
}
