import type { TopologyDocument } from './document';
import type { Range } from './finding';
import { innerSpan } from './json/jsonRead';
import type { NameKind } from './names/nameTable';

/** Names of the protocol's own token types, so that every colour theme has a colour for each. */
export const tokenTypes = ['namespace', 'parameter', 'class', 'variable'] as const;
/** A declaration, and what the broker brings along. */
export const tokenModifiers = ['declaration', 'defaultLibrary'] as const;

const typeIndex: Readonly<Record<NameKind, number>> = { vhost: 0, user: 1, exchange: 2, queue: 3 };

/**
 * Names coloured by what they refer to, as the protocol packs them: for each name five numbers, line and character
 * relative to the one before, length, type, modifiers as bits. `within` limits the answer to what an editor shows.
 */
export function semanticTokens(document: TopologyDocument, within?: Range): number[] {
  const { table, lines, names } = document;
  const from = within ? lines.offset(within.start) : 0;
  const to = within ? lines.offset(within.end) : Infinity;
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { node, thing, isDeclaration } of names.places(firstNodeFrom(document, from))) {
    const { start, end } = innerSpan(table, node);
    if (start >= to) break;
    const position = lines.position(start);
    if (end <= from) continue;
    // A token stays on its line; a damaged string may not.
    if (end === start || lines.position(end).line !== position.line) continue;
    const builtIn = thing.kind === 'exchange' && thing.name.startsWith('amq.');
    data.push(
      position.line - line,
      position.line === line ? position.character - character : position.character,
      end - start,
      typeIndex[thing.kind],
      (isDeclaration ? 1 : 0) | (builtIn ? 2 : 0),
    );
    ({ line, character } = position);
  }
  return data;
}

/** The first node that ends at or after an offset and holds no other. Nodes are ordered by where they start. */
function firstNodeFrom({ table }: TopologyDocument, offset: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (table.start(middle) < offset) low = middle + 1;
    else high = middle;
  }
  // The one before may reach into the range.
  return Math.max(0, low - 1);
}
