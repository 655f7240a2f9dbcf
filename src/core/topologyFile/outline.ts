import type { Entry } from './declarations';
import type { TopologyDocument } from './document';
import type { Range } from './finding';
import { stringValue } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { absent, jsonKind } from './json/jsonTable';
import type { SectionName } from './sections';
import { entryNoun, sectionNames } from './sections';

/** A node of the outline: a section, in it a virtual host where there are several, and the entries. */
export interface OutlineItem {
  readonly name: string;
  /** How many there are below, or what a binding leads to. */
  readonly detail: string;
  readonly section: SectionName;
  readonly isVhost: boolean;
  readonly range: Range;
  /** The part to select: the key of a section, the name of an entry. Lies within `range`. */
  readonly selection: Range;
  readonly children: readonly OutlineItem[];
}

/** The most entries shown under one section: editors draw the outline as a tree and stall on more. */
const mostEntries = 5000;

export function outlineOf(document: TopologyDocument): OutlineItem[] {
  const { declarations, table, lines } = document;
  const items: OutlineItem[] = [];
  for (const name of sectionNames) {
    const section = declarations.section(name);
    if (!section || table.kind(section.value) !== jsonKind.array) continue;
    items.push({
      name,
      detail: String(section.entries.length),
      section: name,
      isVhost: false,
      range: lines.range(table.start(section.key), table.end(section.value)),
      selection: lines.range(table.start(section.key), table.end(section.key)),
      children: byVhost(document, name, section.entries.slice(0, mostEntries)),
    });
  }
  return items.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

/** The entries of a section, grouped only where there is something to group. */
function byVhost(document: TopologyDocument, section: SectionName, entries: readonly Entry[]): OutlineItem[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const vhost = entry.vhost ?? '';
    const group = groups.get(vhost);
    if (group) group.push(entry);
    else groups.set(vhost, [entry]);
  }
  const grouped = !(section === 'users' || section === 'vhosts' || section === 'global_parameters');
  const vhosts = groups.size - (groups.has('') ? 1 : 0);
  if (!grouped || vhosts < 2) return entries.map((entry) => entryItem(document, entry));
  return [...groups].map(([vhost, members]) => ({
    name: vhost || '(no virtual host)',
    detail: String(members.length),
    section,
    isVhost: true,
    ...groupRanges(document, entries, members),
    children: members.map((entry) => entryItem(document, entry)),
  }));
}

/** Entries of several virtual hosts often take turns; a range over all of one would then hold the others' as well. */
function groupRanges(
  { table, lines }: TopologyDocument,
  all: readonly Entry[],
  members: readonly Entry[],
): { readonly range: Range; readonly selection: Range } {
  const [first] = members;
  const last = members.at(-1);
  if (!first || !last) return { range: lines.range(0, 0), selection: lines.range(0, 0) };
  const isRun = all.indexOf(last) - all.indexOf(first) === members.length - 1;
  const node = (first.fields as { readonly vhost?: NodeId }).vhost ?? absent;
  const selected = node === absent ? first.node : node;
  return {
    range: lines.range(table.start(first.node), table.end(isRun ? last.node : first.node)),
    selection: lines.range(table.start(selected), table.end(selected)),
  };
}

function entryItem(document: TopologyDocument, entry: Entry): OutlineItem {
  const { table, lines } = document;
  const nameNode = (entry.fields as { readonly name?: NodeId }).name;
  const selected = entry.name === undefined || nameNode === undefined ? entry.node : nameNode;
  return {
    ...label(document, entry),
    section: entry.section,
    isVhost: false,
    range: lines.range(table.start(entry.node), table.end(entry.node)),
    selection: lines.range(table.start(selected), table.end(selected)),
    children: [],
  };
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
