import type { Severity } from '../../core/topologyFile/finding';
import { targets } from '../../core/topologyFile/target';
import type { Target } from '../../core/topologyFile/target';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

export const severities = ['error', 'warning', 'information'] as const satisfies readonly Severity[];

export interface CheckOptions {
  /** Files, folders and globs. */
  readonly paths: readonly string[];
  readonly format: Format;
  /** Without one, each file's own version decides. */
  readonly target: Target | undefined;
  readonly severity: Severity;
  readonly ignoreList: string | undefined;
}

export interface RoutesOptions {
  readonly files: readonly string[];
  readonly format: Format;
  readonly target: Target | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'routes'; readonly options: RoutesOptions }
  /** Without a code all of them are meant. */
  | { readonly kind: 'explain'; readonly code: string | undefined }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

/** Reads the words after `node cli.js`. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return { kind: 'help' };
  if (words.includes('--version')) return { kind: 'version' };
  const [command, ...rest] = words;
  if (command === undefined) return mistake('A command is missing: check, routes or explain.');
  if (command === 'check') return parseCheck(rest);
  if (command === 'routes') return parseRoutes(rest);
  if (command === 'explain') return parseExplain(rest);
  return mistake(`There is no command "${command}": use check, routes or explain.`);
}

/** The words an option takes; `undefined` where any text will do. */
const checkOptions: Readonly<Record<string, readonly string[] | undefined>> = {
  '--format': formats,
  '--target': targets,
  '--severity': severities,
  '--ignore-list': undefined,
};

function parseCheck(words: readonly string[]): ParsedArguments {
  const split = splitWords(words, checkOptions);
  if (typeof split === 'string') return mistake(split);
  const { paths, values } = split;
  if (paths.length === 0) return mistake('No file is named.');
  return {
    kind: 'check',
    options: {
      paths,
      ...common(values),
      severity: severities.find((severity) => severity === values.get('--severity')) ?? 'information',
      ignoreList: values.get('--ignore-list'),
    },
  };
}

const routesOptions = { '--format': formats, '--target': targets };

function parseRoutes(words: readonly string[]): ParsedArguments {
  const split = splitWords(words, routesOptions);
  if (typeof split === 'string') return mistake(split);
  const { paths, values } = split;
  if (paths.length === 0) return mistake('No file is named.');
  return { kind: 'routes', options: { files: paths, ...common(values) } };
}

function parseExplain(words: readonly string[]): ParsedArguments {
  const split = splitWords(words, {});
  if (typeof split === 'string') return mistake(split);
  const [code, another] = split.paths;
  return another === undefined
    ? { kind: 'explain', code }
    : mistake('Only one code can be explained at a time.');
}

function common(values: ReadonlyMap<string, string>): Pick<CheckOptions, 'format' | 'target'> {
  return {
    format: formats.find((format) => format === values.get('--format')) ?? 'text',
    target: targets.find((target) => target === values.get('--target')),
  };
}

/** Options with their values and the other words, or what is wrong with them. */
function splitWords(
  words: readonly string[],
  known: Readonly<Record<string, readonly string[] | undefined>>,
): { readonly paths: readonly string[]; readonly values: ReadonlyMap<string, string> } | string {
  const paths: string[] = [];
  const values = new Map<string, string>();
  let onlyPaths = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (onlyPaths || !word.startsWith('-')) paths.push(word);
    else if (word === '--') onlyPaths = true;
    else {
      const [name, inline] = splitOnce(word);
      if (!Object.hasOwn(known, name)) return `There is no option ${name}.`;
      const value = inline ?? words[(at += 1)];
      if (value === undefined) return `${name} needs a value.`;
      const allowed = known[name];
      if (allowed && !allowed.includes(value))
        return `There is no ${name.slice(2)} "${value}": use ${allowed.join(', ')}.`;
      values.set(name, value);
    }
  }
  return { paths, values };
}

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function mistake(message: string): ParsedArguments {
  return { kind: 'mistake', message };
}
