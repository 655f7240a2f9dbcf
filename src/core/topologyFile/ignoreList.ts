import { parseDocument } from './document';
import type { Range } from './finding';
import { addElement, addMember } from './fixes/jsonEdits';
import type { Grading, GradingProblem, IgnoredFinding } from './grading';
import { noGrading, readGrading } from './grading';
import { children, member, stringValue } from './json/jsonRead';
import type { JsonTable, NodeId } from './json/jsonTable';
import { absent, jsonKind } from './json/jsonTable';
import type { TextEdit } from './textEdit';

/** Stands beside topology files or in a folder above them; the nearest one counts. */
export const ignoreListName = '.amqp-workbench.json';

export interface IgnoreListText {
  readonly grading: Grading;
  readonly problems: readonly { readonly message: string; readonly range: Range }[];
}

/** What an ignore list says, and where it makes no sense. Takes any text. */
export function readIgnoreListText(text: string): IgnoreListText {
  const { table, lines } = parseDocument(text);
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    const range = lines.range(0, Math.min(1, text.length));
    return { grading: noGrading, problems: [{ message: 'It is no JSON, so nothing of it counts.', range }] };
  }
  const { grading, problems } = readGrading(input);
  return {
    grading,
    problems: problems.map(({ message, path }) => {
      const [start, end] = placeOf(table, path);
      return { message, range: lines.range(start, end) };
    }),
  };
}

/** From the key, where there is one, to the end of the value. */
function placeOf(table: JsonTable, path: GradingProblem['path']): readonly [number, number] {
  let node: NodeId = 0;
  let start = table.start(node);
  for (const step of path) {
    const inner = typeof step === 'number' ? elementAt(table, node, step) : member(table, node, step);
    if (inner === absent) break;
    node = inner;
    start = table.start(typeof step === 'number' ? node : node - 1);
  }
  // A whole file underlined helps nobody, nor does a whole list.
  const kind = table.kind(node);
  const isLong = kind === jsonKind.object || kind === jsonKind.array;
  if (!isLong) return [start, table.end(node)];
  return [start, start === table.start(node) ? Math.min(start + 1, table.end(node)) : table.end(node - 1)];
}

function elementAt(table: JsonTable, list: NodeId, index: number): NodeId {
  if (table.kind(list) !== jsonKind.array) return absent;
  let at = 0;
  for (const node of children(table, list)) if (at++ === index) return node;
  return absent;
}

/** A new list with one thing in it. */
export function newIgnoreList(ignored: IgnoredFinding): string {
  return `${JSON.stringify({ ignore: [ignored] }, undefined, 2)}\n`;
}

/** The edit that adds something to a list; `undefined` where the list is too damaged, or says it already. */
export function addIgnored(text: string, ignored: IgnoredFinding): TextEdit | undefined {
  if (text.trim() === '') return { start: 0, end: text.length, text: newIgnoreList(ignored) };
  const { table, problems } = parseDocument(text);
  if (problems.length > 0 || table.kind(0) !== jsonKind.object) return undefined;
  const list = member(table, 0, 'ignore');
  if (list === absent) return addMember(table, 0, 'ignore', [ignored]);
  if (table.kind(list) !== jsonKind.array) return undefined;
  for (const node of children(table, list)) {
    const hasName = member(table, node, 'name') !== absent;
    const name = stringValue(table, member(table, node, 'name'));
    if (stringValue(table, member(table, node, 'code')) !== ignored.code) continue;
    if (hasName ? name === ignored.name : ignored.name === undefined) return undefined;
  }
  return addElement(table, list, ignored);
}
