import { isTarget, targets } from '../../core/topologyFile/target';
import type { Target } from '../../core/topologyFile/target';

export const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

export interface CheckOptions {
  readonly files: readonly string[];
  readonly format: Format;
  /** Without one, each file's own version decides. */
  readonly target: Target | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

/** Reads the words after `node cli.js`. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return { kind: 'help' };
  if (words.includes('--version')) return { kind: 'version' };
  const [command, ...rest] = words;
  if (command === undefined) return mistake('A command is missing: check.');
  if (command !== 'check') return mistake(`There is no command "${command}": the one there is is check.`);
  return parseCheck(rest);
}

function parseCheck(words: readonly string[]): ParsedArguments {
  const files: string[] = [];
  let format: Format = 'text';
  let target: Target | undefined;
  let onlyFiles = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (onlyFiles || !word.startsWith('-')) files.push(word);
    else if (word === '--') onlyFiles = true;
    else {
      const [name, inline] = splitOnce(word);
      if (name !== '--format' && name !== '--target') return mistake(`There is no option ${name}.`);
      const value = inline ?? words[(at += 1)];
      if (value === undefined) return mistake(`${name} needs a value.`);
      if (name === '--format') {
        const known = formats.find((candidate) => candidate === value);
        if (!known) return mistake(`There is no format "${value}": use ${formats.join(', ')}.`);
        format = known;
      } else if (isTarget(value)) target = value;
      else return mistake(`There is no target "${value}": use ${targets.join(', ')}.`);
    }
  }
  if (files.length === 0) return mistake('No file is named.');
  return { kind: 'check', options: { files, format, target } };
}

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function mistake(message: string): ParsedArguments {
  return { kind: 'mistake', message };
}
