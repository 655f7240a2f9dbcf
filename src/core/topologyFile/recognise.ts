import { children, stringValue } from './json/jsonRead';
import { jsonKind } from './json/jsonTable';
import { scanJson } from './json/scanJson';
import { sectionNames } from './sections';

/** How much of a file is looked at, in UTF-16 units. */
export const sniffLength = 64 * 1024;

/** `definitions.json`, `*.definitions.json`, `*rabbitmq*definitions*.json`; takes a path or URI of either slash. */
export function isDefinitionsName(path: string): boolean {
  const name = (path.split(/[/\\]/).pop() ?? '').toLowerCase();
  return /^(?:.*\.)?definitions\.json$/.test(name) || /rabbitmq.*definitions.*\.json$/.test(name);
}

/** Words that other JSON files use at their top level as well: two of them alone prove nothing. */
const everyday: ReadonlySet<string> = new Set(['users', 'permissions', 'policies', 'parameters']);
/** No sections, but nobody else writes them. */
const versions = ['rabbit_version', 'rabbitmq_version', 'rabbitmq_definition_format'];

/**
 * Whether a text has two known sections of a definitions file at its top level, not both everyday words. Give the
 * whole text or its beginning; only the first 64 KiB count.
 */
export function isDefinitionsContent(text: string): boolean {
  const head = text.slice(0, sniffLength);
  // Nearly every other JSON file is told apart by this, without a scan.
  if (!/"(?:users|vhosts|permissions|topic_permissions|exchanges|policies|queues|bindings|rabbit)/.test(head))
    return false;
  const { table } = scanJson(head);
  if (table.kind(0) !== jsonKind.object) return false;
  const known = new Set<string>();
  for (const key of children(table, 0)) {
    const name = stringValue(table, key) ?? '';
    if ((sectionNames as string[]).includes(name) || versions.includes(name)) known.add(name);
  }
  return known.size >= 2 && [...known].some((name) => !everyday.has(name));
}
