import type { Entry } from './declarations';
import type { TopologyDocument } from './document';
import type { Range } from './finding';
import { stringValue } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { jsonKind } from './json/jsonTable';
import type { SectionName } from './sections';
import { entryNoun, sectionNames } from './sections';

/** A node of the outline: a section, or an entry under it. */
export interface OutlineItem {
  readonly name: string;
  /** The virtual host, or what a binding leads to. */
  readonly detail: string;
  readonly section: SectionName;
  readonly range: Range;
  /** The part to select: the key of a section, the name of an entry. Lies within `range`. */
  readonly selection: Range;
  readonly children: readonly OutlineItem[];
}

/** The most entries shown under one section: editors draw the outline as a tree and stall on more. */
const mostEntries = 5000;

export function outlineOf(document: TopologyDocument): OutlineItem[] {
  const { declarations, table, lines } = document;
  const rangeOf = (start: number, end: number): Range => ({
    start: lines.position(start),
    end: lines.position(end),
  });
  const items: OutlineItem[] = [];
  for (const name of sectionNames) {
    const section = declarations.section(name);
    if (!section || table.kind(section.value) !== jsonKind.array) continue;
    const shownEntries = section.entries.slice(0, mostEntries);
    items.push({
      name,
      detail: String(section.entries.length),
      section: name,
      range: rangeOf(table.start(section.key), table.end(section.value)),
      selection: rangeOf(table.start(section.key), table.end(section.key)),
      children: shownEntries.map((entry) => {
        const nameNode = (entry.fields as { readonly name?: NodeId }).name;
        const selected = entry.name === undefined || nameNode === undefined ? entry.node : nameNode;
        return {
          ...label(document, entry),
          section: name,
          range: rangeOf(table.start(entry.node), table.end(entry.node)),
          selection: rangeOf(table.start(selected), table.end(selected)),
          children: [],
        };
      }),
    });
  }
  return items.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

function label(document: TopologyDocument, entry: Entry): { name: string; detail: string } {
  const text = (field: string): string =>
    stringValue(document.table, (entry.fields as Readonly<Record<string, NodeId>>)[field] ?? -1) ?? '';
  const vhost = entry.vhost ?? '';
  switch (entry.section) {
    case 'bindings':
      return {
        name: `${text('source') || '(default)'} → ${text('destination') || '?'}`,
        detail: text('routing_key'),
      };
    case 'permissions':
    case 'topic_permissions':
      return { name: text('user') || '?', detail: vhost };
    default:
      // An outline item without a name is not shown at all.
      return { name: entry.name || `(${entryNoun[entry.section]} without a name)`, detail: vhost };
  }
}
