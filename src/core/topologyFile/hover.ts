import { policyKeyRule } from '../topology/policyKeys';
import { queueArgumentRule } from '../topology/queueArguments';
import { argumentMarkdown, policyKeyMarkdown } from './argumentText';
import { entryAround, queueTypeAround } from './completion/entryAround';
import type { TopologyDocument } from './document';
import { fieldFact, sectionFacts } from './fieldFacts';
import type { Position, Range } from './finding';
import { stringValue } from './json/jsonRead';
import type { NodeId } from './json/jsonTable';
import { jsonKind } from './json/jsonTable';
import { pathAt } from './json/pathAt';
import { inlineCode } from './wording';
import { nameMarkdown } from './nameHover';
import type { NestedKey } from './nestedKeys';
import { exchangeArguments, headersMatch, parameterValues, userLimits, vhostMetadata } from './nestedKeys';
import { sectionNames } from './sections';
import type { Target } from './target';
import { targetFor } from './target';

export interface Hover {
  readonly range: Range;
  /** What comes from the file stands in code spans. */
  readonly markdown: string;
}

/** What the cursor is on: a name and what it stands for, or a key and what it does. */
export function hoverAt(document: TopologyDocument, position: Position, asked?: Target): Hover | undefined {
  const { table, lines, names } = document;
  const path = pathAt(table, lines.offset(position));
  const node = path.at(-1);
  if (node === undefined) return undefined;
  const rangeOf = (of: NodeId): Range => lines.range(table.start(of), table.end(of));
  const target = targetFor(table, asked);
  const place = names.at(node);
  if (place) return { range: rangeOf(node), markdown: nameMarkdown(document, place.thing, target) };
  const container = path.at(-2);
  if (container === undefined || table.kind(container) !== jsonKind.object) return undefined;
  const key = keyAt(document, container, node);
  // A simple value is explained by its key; an object or a list explains itself.
  const kind = table.kind(node);
  if (kind === jsonKind.object || kind === jsonKind.array) return undefined;
  const markdown = keyMarkdown(document, path.slice(0, -1), stringValue(table, key) ?? '', target);
  return markdown === undefined
    ? undefined
    : { range: rangeOf(key), markdown: `${inlineCode(stringValue(table, key) ?? '')}\n\n${markdown}` };
}

function keyAt({ table }: TopologyDocument, object: NodeId, node: NodeId): NodeId {
  for (let key = object + 1; key < table.next(object); key = table.next(key + 1))
    if (node === key || node === key + 1) return key;
  return node;
}

function keyMarkdown(
  document: TopologyDocument,
  nodes: readonly NodeId[],
  key: string,
  target: Target,
): string | undefined {
  const { table } = document;
  const containers = nodes.filter(
    (node) => table.kind(node) === jsonKind.object || table.kind(node) === jsonKind.array,
  );
  const path = containers.slice(1).map((node, depth) => {
    const isMember = table.kind(containers[depth] ?? 0) === jsonKind.object;
    return isMember ? (stringValue(table, node - 1) ?? '') : '*';
  });
  if (path.length === 0) {
    const section = sectionNames.find((name) => name === key);
    return section && sectionFacts[section];
  }
  const entry = entryAround(document, containers, path);
  if (!entry) return undefined;
  const inside = path.slice(2).join('/');
  if (inside === '') return fieldFact(entry.section, key)?.summary;
  if (inside === 'arguments' && entry.section === 'queues') {
    const rule = queueArgumentRule(key);
    return rule && argumentMarkdown(rule, target, queueTypeAround(document, entry, target));
  }
  if (inside === 'definition' || inside === 'value/definition') {
    const rule = policyKeyRule(key);
    return rule && policyKeyMarkdown(rule, target);
  }
  const component = entry.field('component') ?? '';
  const nested: Readonly<Record<string, readonly NestedKey[] | undefined>> = {
    'exchanges arguments': exchangeArguments,
    'bindings arguments': [headersMatch],
    'users limits': userLimits,
    'vhosts metadata': vhostMetadata,
    'parameters value': Object.hasOwn(parameterValues, component) ? parameterValues[component] : [],
  };
  return nested[`${entry.section} ${inside}`]?.find(({ name }) => name === key)?.summary;
}
