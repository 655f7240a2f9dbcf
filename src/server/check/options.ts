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

/** Which broker, and which of its virtual hosts. */
export interface BrokerChoice {
  /** As it was written: it may hold a password. */
  readonly broker: string;
  readonly vhost: string | undefined;
}

export interface PlanCommand extends BrokerChoice {
  readonly file: string;
  readonly format: 'text' | 'json';
  /** Without one, the broker's own version decides. */
  readonly target: Target | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'routes'; readonly options: RoutesOptions }
  | { readonly kind: 'plan'; readonly options: PlanCommand }
  | { readonly kind: 'export'; readonly options: BrokerChoice }
  /** Without a code all of them are meant. */
  | { readonly kind: 'explain'; readonly code: string | undefined }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

/** Reads the words after `node cli.js`. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return { kind: 'help' };
  if (words.includes('--version')) return { kind: 'version' };
  const [command, ...rest] = words;
  if (command === undefined) return mistake('A command is missing: check, routes, plan, export or explain.');
  if (command === 'check') return parseCheck(rest);
  if (command === 'routes') return parseRoutes(rest);
  if (command === 'plan') return parsePlan(rest);
  if (command === 'export') return parseExport(rest);
  if (command === 'explain') return parseExplain(rest);
  return mistake(`There is no command "${command}": use check, routes, plan, export or explain.`);
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

const brokerOptions = { '--broker': undefined, '--vhost': undefined };
const planOptions = { ...brokerOptions, '--format': ['text', 'json'], '--target': targets };

function parsePlan(words: readonly string[]): ParsedArguments {
  const split = splitWords(words, planOptions);
  if (typeof split === 'string') return mistake(split);
  const { paths, values } = split;
  const [file, another] = paths;
  const broker = values.get('--broker');
  if (file === undefined) return mistake('No file is named.');
  if (another !== undefined) return mistake('Only one file can be planned at a time.');
  if (broker === undefined) return mistake('--broker is missing: the address of a broker.');
  const { target } = common(values);
  const format = values.get('--format') === 'json' ? 'json' : 'text';
  return { kind: 'plan', options: { file, broker, vhost: values.get('--vhost'), format, target } };
}

function parseExport(words: readonly string[]): ParsedArguments {
  const split = splitWords(words, brokerOptions);
  if (typeof split === 'string') return mistake(split);
  const broker = split.values.get('--broker');
  if (split.paths.length > 0) return mistake('An export takes no files: it is written to standard output.');
  if (broker === undefined) return mistake('--broker is missing: the address of a broker.');
  return { kind: 'export', options: { broker, vhost: split.values.get('--vhost') } };
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
