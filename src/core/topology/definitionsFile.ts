/** The lists of a RabbitMQ definitions file, in the order in which brokers import them (DOMAIN 5.1). */
export const definitionsSections = [
  'users',
  'vhosts',
  'permissions',
  'topic_permissions',
  'exchanges',
  'global_parameters',
  'policies',
  'parameters',
  'queues',
  'bindings',
] as const;

export type DefinitionsSection = (typeof definitionsSections)[number];

/** How much of a file is looked at to recognise it, in UTF-16 units. */
export const sniffLength = 64 * 1024;

/** `definitions.json`, `*.definitions.json`, `*rabbitmq*definitions*.json`; takes a path or URI with either slash. */
export function isDefinitionsName(path: string): boolean {
  const name = (path.split(/[/\\]/).pop() ?? '').toLowerCase();
  return /^(?:.*\.)?definitions\.json$/.test(name) || /rabbitmq.*definitions.*\.json$/.test(name);
}

/** Words that other JSON files use at their top level as well: two of them alone prove nothing. */
const everydayWords: ReadonlySet<string> = new Set(['users', 'permissions', 'policies', 'parameters']);
/** Not sections, but nobody else writes them. */
const versionKeys = ['rabbit_version', 'rabbitmq_version', 'rabbitmq_definition_format', 'lavinmq_version'];
const knownKeys: ReadonlySet<string> = new Set([...definitionsSections, ...versionKeys]);

/**
 * Whether a text has two known sections at its top level, not both everyday words; a version key counts as one.
 * Give the whole text or its beginning: only the first 64 KiB count, whether they are whole JSON or not.
 */
export function isDefinitionsContent(text: string): boolean {
  const head = text.slice(0, sniffLength);
  if (!/^[\s\uFEFF]*[{/]/.test(head)) return false;
  const found = new Set<string>();
  for (const key of topLevelKeys(head)) if (knownKeys.has(key)) found.add(key);
  return found.size >= 2 && [...found].some((key) => !everydayWords.has(key));
}

/** The strings directly inside the outermost braces that a colon follows. */
function* topLevelKeys(text: string): Generator<string> {
  // Strings first, so that brackets and quotes inside them do not count.
  const tokens = /"((?:[^"\\\n]|\\.)*)"(\s*:)?|[{}[\]]/g;
  let depth = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const [whole, key, colon] = token;
    if (whole === '{' || whole === '[') depth += 1;
    else if (whole === '}' || whole === ']') depth -= 1;
    else if (depth === 1 && colon !== undefined && key !== undefined) yield key;
  }
}
