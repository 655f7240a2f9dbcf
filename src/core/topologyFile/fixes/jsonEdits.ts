import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { TextEdit } from '../textEdit';

export function replaceNode(table: JsonTable, node: NodeId, text: string): TextEdit {
  return { start: table.start(node), end: table.end(node), text };
}

/** Takes a member (by its key) or an element out of its container, with one comma and the space around it. */
export function removeItem(table: JsonTable, container: NodeId, item: NodeId): TextEdit {
  const { text } = table;
  const isObject = table.kind(container) === jsonKind.object;
  const last = isObject ? item + 1 : item;
  const following = table.next(last) < table.next(container) ? table.next(last) : absent;
  if (following !== absent) return { start: table.start(item), end: table.start(following), text: '' };
  // The comma of the one before, or nothing where it is the only one.
  const before = text.slice(0, table.start(item)).trimEnd();
  const start = before.endsWith(',') ? before.length - 1 : table.start(container) + 1;
  const isOnly = !before.endsWith(',');
  const after = table.end(last);
  const blank = isOnly ? (/^\s*/.exec(text.slice(after))?.[0].length ?? 0) : 0;
  return { start, end: after + blank, text: '' };
}

/** Puts a member at the end of an object, written like those before it. */
export function addMember(table: JsonTable, object: NodeId, key: string, value: unknown): TextEdit {
  const colon = colonSpace(table);
  return appendItem(
    table,
    object,
    (indent) => `${JSON.stringify(key)}:${colon}${json(table, value, indent)}`,
  );
}

/** Puts an element at the end of a list, written like those before it. */
export function addElement(table: JsonTable, list: NodeId, value: unknown): TextEdit {
  return appendItem(table, list, (indent) => json(table, value, indent));
}

/** `write` gets the indentation of the item, `undefined` on one line. */
function appendItem(
  table: JsonTable,
  container: NodeId,
  write: (indent: string | undefined) => string,
): TextEdit {
  const { text } = table;
  const start = table.start(container);
  const isEmpty = table.next(container) === container + 1;
  if (!isEmpty) {
    const space = /^\s*/.exec(text.slice(start + 1, start + 500))?.[0] ?? '';
    const end = contentEnd(table, container);
    const between = space === '' && / /.test(colonSpace(table)) ? ' ' : space;
    return { start: end, end, text: `,${between}${write(indentIn(space))}` };
  }
  const outer = indentIn(
    /(?:^|\n)[ \t]*(?=\S[^\n]*$)/.exec(text.slice(Math.max(0, start - 500), start + 1))?.[0] ?? '',
  );
  const closing = table.end(container) - 1;
  const isPretty = outer !== undefined && table.kind(container) === jsonKind.array;
  if (!isPretty) return { start: start + 1, end: closing, text: write(undefined) };
  const indent = outer + unitOf(table);
  return { start: start + 1, end: closing, text: `\n${indent}${write(indent)}\n${outer}` };
}

/** After the last member or element. */
function contentEnd(table: JsonTable, container: NodeId): number {
  let end = table.start(container) + 1;
  for (let node = container + 1; node < table.next(container); node = table.next(node)) end = table.end(node);
  return end;
}

function indentIn(space: string): string | undefined {
  const line = space.lastIndexOf('\n');
  return line < 0 ? undefined : space.slice(line + 1);
}

/** One step of indentation: that of the first key of the file. */
function unitOf(table: JsonTable): string {
  const first = /\{\s*?\n([ \t]+)\S/.exec(table.text.slice(0, 2000))?.[1];
  return first ?? '  ';
}

function colonSpace({ text }: JsonTable): string {
  return /"\s*:( ?)/.exec(text.slice(0, 2000))?.[1] ?? ' ';
}

function json(table: JsonTable, value: unknown, indent: string | undefined): string {
  if (indent === undefined) {
    const colon = colonSpace(table);
    return colon === '' ? JSON.stringify(value) : spaced(value);
  }
  return JSON.stringify(value, undefined, unitOf(table)).replaceAll('\n', `\n${indent}`);
}

/** On one line, with a space after colons and commas. */
function spaced(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
