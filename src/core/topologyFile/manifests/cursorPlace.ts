import { kindLookupOf } from './kindLookup';
import type { KindRule } from './kinds';

/** Where in a manifest the cursor is, as its lines and their indentation say: that holds while it is being written. */
export interface CursorPlace {
  readonly kind: KindRule | undefined;
  /** The keys around the line, outermost first. */
  readonly path: readonly string[];
  /** The key of the line, when the cursor is in its value. */
  readonly key: string | undefined;
  /** The key or value under the cursor. */
  readonly start: number;
  readonly end: number;
  /** The key of the line, wherever the cursor is in it. */
  readonly lineKey: { readonly name: string; readonly start: number; readonly end: number } | undefined;
  /** The text of the resource. */
  readonly document: string;
}

const keyLine = /^( *(?:- +)*)("[^"]*"|'[^']*'|[^\s#:][^:#]*?) *:(?=\s|$)/;

/** The most lines looked at above the cursor. */
const mostLines = 5_000;

export function cursorPlace(text: string, offset: number): CursorPlace {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = endOfLine(text, offset);
  const line = text.slice(lineStart, lineEnd).replace(/\r$/, '');
  const [from, to] = documentAround(text, lineStart, lineEnd);
  const document = text.slice(from, to);
  const match = keyLine.exec(line);
  const lead = match?.[1] ?? /^ *(?:- +)*/.exec(line)?.[0] ?? '';
  const written = match?.[2];
  const keyStart = lineStart + lead.length;
  const lineKey =
    written === undefined
      ? undefined
      : { name: written.replace(/^["']|["']$/g, ''), start: keyStart, end: keyStart + written.length };
  const colon = match ? lineStart + match[0].length : -1;
  const isValue = match !== null && offset >= colon;
  const rest = isValue ? text.slice(colon, lineStart + line.length) : '';
  const value = /^\s*((?:"[^"]*"?|'[^']*'?|[^\s#"']\S*(?: +[^\s#]\S*)*)?)/.exec(rest);
  const valueStart = colon + (/^\s*/.exec(rest)?.[0].length ?? 0);
  const word = /^[^\s:#]*/.exec(line.slice(lead.length))?.[0] ?? '';
  const indent = line.trim() === '' ? Math.min(offset - lineStart, line.length) : lead.length;
  return {
    kind: kindLookupOf(/^kind:[ \t]*["']?(\w+)/m.exec(document)?.[1]),
    path: pathAbove(text.slice(from, lineStart), indent),
    key: isValue ? lineKey?.name : undefined,
    start: isValue ? Math.min(valueStart, offset) : line.trim() === '' ? offset : keyStart,
    end: isValue
      ? Math.max(valueStart + (value?.[1]?.length ?? 0), Math.min(valueStart, offset))
      : line.trim() === ''
        ? offset
        : (lineKey?.end ?? keyStart + word.length),
    lineKey,
    document,
  };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** The document between two `---` lines that a line is in. */
function documentAround(text: string, lineStart: number, lineEnd: number): readonly [number, number] {
  const above = text.lastIndexOf('\n---', lineStart - 1);
  const below = text.indexOf('\n---', lineEnd);
  return [above < 0 ? 0 : above + 1, below < 0 ? text.length : below];
}

/** The keys of the lines above that are indented less and less. */
function pathAbove(text: string, indent: number): string[] {
  const path: string[] = [];
  let least = indent;
  let left = mostLines;
  for (let end = text.length; end > 0 && least > 0 && left > 0; left -= 1) {
    const start = text.lastIndexOf('\n', end - 2) + 1;
    const match = keyLine.exec(text.slice(start, end).trimEnd());
    if (match && (match[1] ?? '').length < least) {
      least = (match[1] ?? '').length;
      path.unshift((match[2] ?? '').replace(/^["']|["']$/g, ''));
    }
    end = start;
  }
  return path;
}
