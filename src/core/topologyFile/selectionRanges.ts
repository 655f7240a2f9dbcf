import type { TopologyDocument } from './document';
import type { Position, Range } from './finding';
import { innerSpan } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { jsonKind } from './json/jsonTable';
import { pathAt } from './json/pathAt';

/** What "Expand Selection" selects step by step: each range lies within the next. Empty outside the JSON. */
export function selectionRanges({ table, lines }: TopologyDocument, position: Position): Range[] {
  const offset = lines.offset(position);
  const path = pathAt(table, offset);
  const spans: { start: number; end: number }[] = [];
  const add = (start: number, end: number): void => {
    const last = spans.at(-1);
    const grows = !last || (start <= last.start && end >= last.end && end - start > last.end - last.start);
    if (start < end && start <= offset && offset <= end && grows) spans.push({ start, end });
  };
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const node = path[depth] ?? 0;
    const kind = table.kind(node);
    if (kind === jsonKind.string) {
      const inner = innerSpan(table, node);
      add(inner.start, inner.end);
    }
    if (kind === jsonKind.object || kind === jsonKind.array) add(table.start(node) + 1, table.end(node) - 1);
    add(table.start(node), table.end(node));
    const parent = path[depth - 1];
    if (parent !== undefined && table.kind(parent) === jsonKind.object) {
      const key = keyOf(parent, node);
      add(table.start(key), table.end(key + 1));
    }
  }
  return spans.map(({ start, end }) => lines.range(start, end));

  function keyOf(object: NodeId, child: NodeId): NodeId {
    let key = object + 1;
    while (key < child && table.next(key + 1) <= child) key = table.next(key + 1);
    return key;
  }
}
