import { bindingCounts, bindingsText } from './bindingCounts';
import type { Entry } from './declarations';
import type { TopologyDocument } from './document';
import type { Range } from './finding';
import { member, stringValue } from './json/jsonRead';
import type { NamedThing } from './names/nameTable';

/** A line above an entry. */
export interface CodeLens {
  readonly range: Range;
  readonly text: string;
  /** What it is about. */
  readonly thing: NamedThing;
}

/** Editors lay out every line they are given. */
const mostLenses = 2000;

/** Above each queue and exchange: how many bindings it has and where its messages go otherwise. */
export function codeLenses(document: TopologyDocument): CodeLens[] {
  const { table, names, declarations, lines } = document;
  const countOf = bindingCounts(document);
  const found: CodeLens[] = [];
  for (const entry of [...declarations.entries('exchanges'), ...declarations.entries('queues')]) {
    const thing = names.at(entry.fields.name)?.thing;
    if (!thing || found.length >= mostLenses) continue;
    const { to, from } = countOf(thing);
    const parts = entry.section === 'queues' ? [bindingsText(to)] : [`${bindingsText(from)} from here`];
    if (entry.section === 'exchanges' && to > 0) parts.push(`${to} to here`);
    parts.push(...detours(document, entry));
    found.push({
      range: lines.range(table.start(entry.node), table.start(entry.node)),
      text: parts.join(' · '),
      thing,
    });
  }
  return found;
}

function detours({ table }: TopologyDocument, entry: Entry<'queues' | 'exchanges'>): string[] {
  const argument = (name: string): string | undefined =>
    stringValue(table, member(table, entry.fields.arguments, name));
  if (entry.section === 'exchanges') {
    const alternate = argument('alternate-exchange');
    return alternate === undefined || alternate === '' ? [] : [`unroutable to ${short(alternate)}`];
  }
  const exchange = argument('x-dead-letter-exchange');
  const key = argument('x-dead-letter-routing-key');
  if (exchange === undefined) return [];
  if (exchange === '') return [`dead letters to the queue ${short(key ?? entry.name ?? '')}`];
  return [`dead letters to ${short(exchange)}${key === undefined ? '' : ` with ${short(key)}`}`];
}

/** A lens is one line; VS Code reads $(name) in it as an icon, so the bracket is kept apart. */
export function short(name: string): string {
  const line = name.replace(/\s+/g, ' ').replaceAll('$(', '$ (');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
