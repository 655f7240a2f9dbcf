import { jsonMember, layOutJson } from '../base/jsonText';
import type { DefinitionsEntry } from './definitionsEntry';
import type { DefinitionsSection } from './definitionsFile';
import { definitionsSections } from './definitionsFile';
import { compareTexts, orderedBy } from './definitionsOrder';

/**
 * A definitions file, sorted as "Format for Review" sorts one: `head` first, then the sections as they are imported,
 * their entries by virtual host and name, two spaces a level. Entries are taken as they are; a section that is
 * missing is not written.
 */
export function definitionsText(
  head: readonly (readonly [name: string, value: string])[],
  sections: ReadonlyMap<DefinitionsSection, readonly DefinitionsEntry[]>,
): string {
  const members = head.map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  for (const section of definitionsSections) {
    const entries = sections.get(section);
    if (entries) members.push(`  ${JSON.stringify(section)}: ${listText(section, entries)}`);
  }
  return `{\n${members.join(',\n')}\n}\n`;
}

const entryIndent = '    ';
/** Where the fields of an entry stand. */
const fieldIndent = `${entryIndent}  `;

function listText(section: DefinitionsSection, entries: readonly DefinitionsEntry[]): string {
  if (entries.length === 0) return '[]';
  const sorted = entries
    .map((entry) => ({ entry, order: orderOf(section, entry) }))
    .sort((a, b) => compareTexts(a.order, b.order));
  return `[\n${sorted.map(({ entry }) => entryIndent + layOutJson(entry, entryIndent)).join(',\n')}\n  ]`;
}

/** Strings by their characters, everything else by how it is written. */
function orderOf(section: DefinitionsSection, entry: DefinitionsEntry): string[] {
  return orderedBy[section].map((field) => {
    const value = jsonMember(entry, field);
    if (value === undefined) return '';
    return value.kind === 'string' ? value.value : layOutJson(value, fieldIndent);
  });
}
