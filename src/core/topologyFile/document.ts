import { flatText } from '../base/flatText';
import type { Declarations } from './declarations';
import type { JsonTable } from './json/jsonTable';
import type { ScannedJson } from './json/scanJson';
import { scanJson } from './json/scanJson';
import type { SyntaxProblem } from './json/syntaxProblem';
import { isReadWhole } from './json/syntaxProblem';
import { LineIndex } from './lineIndex';
import type { NameTable } from './names/nameTable';
import { readNames } from './names/readNames';
import { readDeclarations } from './readDeclarations';

/** A parsed file: made once for each version of the text and handed to every feature. */
export interface TopologyDocument {
  readonly text: string;
  readonly table: JsonTable;
  readonly problems: readonly SyntaxProblem[];
  /** False when damage may have swallowed declarations: then nothing follows from what is not there. */
  readonly isWhole: boolean;
  readonly declarations: Declarations;
  /** What the file names and where; made when first asked for, since diagnostics do without. */
  readonly names: NameTable;
  readonly lines: LineIndex;
}

/** The longest text that is read, in UTF-16 units: four times what a broker with 40,000 queues exports. */
const longestText = 80_000_000;

/** Takes any text; never throws. */
export function parseDocument(asEdited: string): TopologyDocument {
  const text = flatText(asEdited);
  const { table, problems } = text.length > longestText ? unread(text) : scanJson(text);
  let declarations: Declarations | undefined;
  let names: NameTable | undefined;
  let lines: LineIndex | undefined;
  return {
    text,
    table,
    problems,
    isWhole: isReadWhole(problems),
    get declarations() {
      return (declarations ??= readDeclarations(table));
    },
    get names() {
      return (names ??= readNames(table, this.declarations));
    },
    get lines() {
      return (lines ??= new LineIndex(text));
    },
  };
}

function unread(text: string): ScannedJson {
  return { ...scanJson(''), problems: [{ kind: 'tooLarge', start: 0, end: Math.min(1, text.length) }] };
}
