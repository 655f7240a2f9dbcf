import type { JsonTable, NodeId } from './jsonTable';
import { jsonKind } from './jsonTable';

/** The nodes around an offset, the root first; a node counts up to and including its last character's end. */
export function pathAt(table: JsonTable, offset: number): NodeId[] {
  const path: NodeId[] = [];
  let node = 0;
  if (table.start(node) > offset || table.end(node) < offset) return path;
  for (;;) {
    path.push(node);
    const inner = childAt(table, node, offset);
    if (inner === undefined) return path;
    node = inner;
  }
}

/** Of two that touch at the offset the later one. Keys and values are children alike. */
function childAt(table: JsonTable, container: NodeId, offset: number): NodeId | undefined {
  const kind = table.kind(container);
  if (kind !== jsonKind.object && kind !== jsonKind.array) return undefined;
  const end = table.next(container);
  let found: NodeId | undefined;
  for (let node = container + 1; node < end && table.start(node) <= offset; node = table.next(node))
    if (offset <= table.end(node)) found = node;
  return found;
}

/** The string at an offset, `undefined` where there is none. */
export function stringAt(table: JsonTable, offset: number): NodeId | undefined {
  const node = pathAt(table, offset).at(-1);
  return node !== undefined && table.kind(node) === jsonKind.string ? node : undefined;
}
