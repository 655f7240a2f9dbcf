import type { TopologyDocument } from './document';
import type { Position, Range } from './finding';
import { innerSpan } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { stringAt } from './json/pathAt';
import type { NamePlace } from './names/nameTable';

export interface Definition {
  /** The name that was asked about. */
  readonly origin: Range;
  /** The whole entry that declares it. */
  readonly entry: Range;
  /** The name in that entry. */
  readonly name: Range;
}

export interface Highlight {
  readonly range: Range;
  readonly isDeclaration: boolean;
}

/** The name that the cursor is in or touches. */
export function nameAt(document: TopologyDocument, position: Position): NamePlace | undefined {
  const node = stringAt(document.table, document.lines.offset(position));
  return node === undefined ? undefined : document.names.at(node);
}

/** The range of a name without its quotes. */
function nameRange(document: TopologyDocument, node: NodeId): Range {
  const { start, end } = innerSpan(document.table, node);
  return document.lines.range(start, end);
}

/** Where the name at the cursor is declared: several places when the file declares it more than once. */
export function definitionsAt(document: TopologyDocument, position: Position): Definition[] {
  const place = nameAt(document, position);
  if (!place) return [];
  const origin = nameRange(document, place.node);
  return place.thing.declarations.map((node) => {
    const name = nameRange(document, node);
    return { origin, entry: entryRange(document, node) ?? name, name };
  });
}

/** The object that holds this field: fields are in entries, entries in a section, a section in the root. */
function entryRange({ table, lines }: TopologyDocument, field: NodeId): Range | undefined {
  const offset = table.start(field);
  for (let section = 1; section < table.count; section = table.next(section)) {
    if (offset >= table.end(section)) continue;
    for (let entry = section + 1; entry < table.next(section); entry = table.next(entry))
      if (offset < table.end(entry)) return lines.range(table.start(entry), table.end(entry));
    return undefined;
  }
  return undefined;
}

/** Every place that names what the cursor is on, in the order of the file. */
export function referencesAt(
  document: TopologyDocument,
  position: Position,
  withDeclarations: boolean,
): Range[] {
  const thing = nameAt(document, position)?.thing;
  if (!thing) return [];
  const nodes = withDeclarations ? [...thing.declarations, ...thing.references] : [...thing.references];
  return nodes.sort((a, b) => a - b).map((node) => nameRange(document, node));
}

/** The same for marking them in the open editor. */
export function highlightsAt(document: TopologyDocument, position: Position): Highlight[] {
  const thing = nameAt(document, position)?.thing;
  if (!thing) return [];
  return [
    ...thing.declarations.map((node) => ({ range: nameRange(document, node), isDeclaration: true })),
    ...thing.references.map((node) => ({ range: nameRange(document, node), isDeclaration: false })),
  ];
}
