/** A line of rabbitmq.conf that loads definitions, and where its value stands (UTF-16 offsets). */
export interface DefinitionsReference {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly kind: 'path' | 'url';
}

/**
 * The settings that load definitions when a node boots: `load_definitions` since 3.8.2, `management.load_definitions`
 * before, and the sources that `definitions.import_backend` chooses between.
 */
const kinds: Readonly<Record<string, DefinitionsReference['kind']>> = {
  load_definitions: 'path',
  'management.load_definitions': 'path',
  'definitions.local.path': 'path',
  'definitions.https.url': 'url',
};

/** Nobody writes longer ones, and a file that is something else may hold such lines. */
const longestLine = 4096;
const mostReferences = 100;

/** What a rabbitmq.conf refers to: one `key = value` a line, `#` begins a comment, a value may stand in quotes. */
export function definitionsReferences(text: string): DefinitionsReference[] {
  const found: DefinitionsReference[] = [];
  let start = 0;
  while (start < text.length && found.length < mostReferences) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start <= longestLine) {
      const reference = referenceIn(text.slice(start, end), start);
      if (reference) found.push(reference);
    }
    start = end + 1;
  }
  return found;
}

function referenceIn(line: string, offset: number): DefinitionsReference | undefined {
  const parts = /^\s*([a-z_.]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^#\s][^#]*))/.exec(line);
  if (!parts) return undefined;
  const [whole, key = '', single, double, bare] = parts;
  if (!Object.hasOwn(kinds, key)) return undefined;
  const value = single ?? double ?? bare?.trimEnd() ?? '';
  if (value === '') return undefined;
  const written = single ?? double ?? bare ?? '';
  const begin = offset + whole.length - written.length - (bare === undefined ? 1 : 0);
  return { start: begin, end: begin + value.length, value, kind: kinds[key] ?? 'path' };
}

/** Whether a path begins at the root of a file system, of either kind. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[a-zA-Z]:[/\\])/.test(path);
}

/** The last part of a path with slashes of either kind. */
export function lastPartOf(path: string): string {
  return path.split(/[/\\]/).pop() ?? '';
}
