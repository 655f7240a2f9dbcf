import type { TopologyDocument } from '../document';
import { innerSpan, stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';

/** Where something is to be written: what stands around it, and what it replaces. */
export interface Place {
  readonly kind: 'key' | 'value' | 'element';
  /** The object or list around it. */
  readonly container: NodeId;
  /** From the root to there: keys, and `*` for each element of a list: `queues`, `*`, `arguments`. */
  readonly path: readonly string[];
  /** The containers along the path, the root first, `container` last. */
  readonly containers: readonly NodeId[];
  /** The key whose value it is; `absent` for keys and elements. */
  readonly key: NodeId;
  readonly replace: { readonly start: number; readonly end: number };
  /** What is written so far, without quotes, up to the cursor. */
  readonly typed: string;
  /** A key that has its value already. */
  readonly hasValue: boolean;
  /** Something follows that has to be parted from it. */
  readonly needsComma: boolean;
}

/** The place at an offset, `undefined` where nothing can be written: between a value and its comma, in a comment. */
export function placeAt(document: TopologyDocument, offset: number): Place | undefined {
  const { table, text, problems } = document;
  const isComment = problems.some(
    ({ kind, start, end }) => kind === 'comment' && start < offset && offset <= end && text[end - 1] !== '\n',
  );
  if (isComment) return undefined;
  const containers = containersAt(table, offset);
  const container = containers.at(-1);
  if (container === undefined) return undefined;
  const found =
    table.kind(container) === jsonKind.object
      ? placeInObject(table, container, offset)
      : placeInList(table, container, offset);
  if (!found) return undefined;
  const { kind, key, node } = found;
  const replace = node === absent ? { start: offset, end: offset } : replaced(table, node, offset);
  const after = text.slice(replace.end, replace.end + 500).trimStart();
  return {
    kind,
    container,
    path: pathTo(table, containers),
    containers,
    key,
    replace,
    typed: text.slice(replace.start, offset).replace(/^["']/, ''),
    hasValue: kind === 'key' && after.startsWith(':'),
    needsComma: /^["{\w-]/.test(after),
  };
}

interface Found {
  readonly kind: Place['kind'];
  readonly key: NodeId;
  /** What stands there already, or `absent`. */
  readonly node: NodeId;
}

function placeInObject(table: JsonTable, object: NodeId, offset: number): Found | undefined {
  const end = table.next(object);
  let before = absent;
  for (let key = object + 1; key < end && table.start(key) < offset + 1; key = table.next(key + 1)) {
    if (isWithin(table, key, offset)) return { kind: 'key', key: absent, node: key };
    if (isWithin(table, key + 1, offset)) return { kind: 'value', key, node: key + 1 };
    if (table.end(key) <= offset) before = key;
  }
  switch (charBefore(table.text, offset)) {
    case '{':
    case ',':
      return { kind: 'key', key: absent, node: absent };
    case ':':
      return before === absent ? undefined : valueAhead(table, before, offset);
    default:
      return undefined;
  }
}

/** Between a colon and the value that stands there already: it is replaced, where that is simple and in sight. */
function valueAhead(table: JsonTable, key: NodeId, offset: number): Found | undefined {
  const value = key + 1;
  const kind = table.kind(value);
  if (kind === jsonKind.missing || table.start(value) < offset) return { kind: 'value', key, node: absent };
  const isSimple = kind !== jsonKind.object && kind !== jsonKind.array;
  const isInSight = !/[\r\n]/.test(table.text.slice(offset, table.end(value)));
  return isSimple && isInSight ? { kind: 'value', key, node: value } : undefined;
}

function placeInList(table: JsonTable, list: NodeId, offset: number): Found | undefined {
  const end = table.next(list);
  for (let node = list + 1; node < end && table.start(node) <= offset; node = table.next(node))
    if (isWithin(table, node, offset)) return { kind: 'element', key: absent, node };
  const before = charBefore(table.text, offset);
  return before === '[' || before === ',' ? { kind: 'element', key: absent, node: absent } : undefined;
}

/** Between the quotes of a string, or touching a number or a word. */
function isWithin(table: JsonTable, node: NodeId, offset: number): boolean {
  const start = table.start(node);
  const end = table.end(node);
  if (table.kind(node) === jsonKind.object || table.kind(node) === jsonKind.array) return false;
  if (table.kind(node) !== jsonKind.string || table.isBare(node))
    return start <= offset && offset <= end && end > start;
  return start < offset && (offset < end || (offset === end && !isClosed(table, node)));
}

function isClosed(table: JsonTable, string: NodeId): boolean {
  return innerSpan(table, string).end < table.end(string);
}

/** A string whose closing quote is missing reaches to the end of its line: only the word at the cursor counts. */
function replaced(table: JsonTable, node: NodeId, offset: number): { start: number; end: number } {
  const start = Math.min(table.start(node), offset);
  if (table.kind(node) !== jsonKind.string || table.isBare(node) || isClosed(table, node))
    return { start, end: table.end(node) };
  const word = /^[\w.-]*/.exec(table.text.slice(offset, table.end(node)))?.[0] ?? '';
  return { start, end: offset + word.length };
}

/** The objects and lists that the offset lies in, the outermost first. */
function containersAt(table: JsonTable, offset: number): NodeId[] {
  const found: NodeId[] = [];
  for (let inner: NodeId | undefined = surrounds(table, 0, offset) ? 0 : undefined; inner !== undefined;) {
    found.push(inner);
    const container: NodeId = inner;
    inner = undefined;
    const end = table.next(container);
    for (let node = container + 1; node < end && table.start(node) < offset; node = table.next(node))
      if (surrounds(table, node, offset)) inner = node;
  }
  return found;
}

function surrounds(table: JsonTable, node: NodeId, offset: number): boolean {
  const kind = table.kind(node);
  if (kind !== jsonKind.object && kind !== jsonKind.array) return false;
  if (table.start(node) >= offset) return false;
  const last = table.text[table.end(node) - 1];
  const isOpen = last !== (kind === jsonKind.object ? '}' : ']') || table.end(node) - table.start(node) < 2;
  return offset < table.end(node) || (isOpen && offset === table.end(node));
}

function pathTo(table: JsonTable, containers: readonly NodeId[]): string[] {
  const path: string[] = [];
  for (let depth = 1; depth < containers.length; depth += 1) {
    const outer = containers[depth - 1] ?? 0;
    const inner = containers[depth] ?? 0;
    // In an object the row before a value is its key.
    path.push(table.kind(outer) === jsonKind.object ? (stringValue(table, inner - 1) ?? '') : '*');
  }
  return path;
}

function charBefore(text: string, offset: number): string {
  return (
    text
      .slice(Math.max(0, offset - 2000), offset)
      .trimEnd()
      .at(-1) ?? ''
  );
}
