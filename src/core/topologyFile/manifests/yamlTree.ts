/** A part of a YAML text. Offsets are UTF-16 units; `end` is exclusive. */
interface Spanned {
  readonly start: number;
  readonly end: number;
}

export interface YamlMap extends Spanned {
  readonly kind: 'map';
  /** Each key once, the last of equal ones, as tools keep it. */
  readonly entries: readonly YamlEntry[];
  /** Entries whose key comes again further down, with the one that counts. */
  readonly repeated: readonly { readonly first: YamlEntry; readonly last: YamlEntry }[];
}

export interface YamlList extends Spanned {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends Spanned {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Without quotes: such a scalar may be a number, a truth value or nothing. */
  readonly isPlain: boolean;
}

/** What has no place in JSON, or was not read any further. */
export interface YamlOther extends Spanned {
  readonly kind: 'other';
}

export type YamlNode = YamlMap | YamlList | YamlScalar | YamlOther;

export interface YamlEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: YamlNode;
}

/** The entry of a map; `undefined` for anything that is no map or lacks it. A value of null counts as not there. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  const entry = node.entries.find((one) => one.key === key);
  return entry && isNull(entry.value) ? undefined : entry;
}

export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The text under a key. */
export function textAt(node: YamlNode | undefined, ...path: string[]): string | undefined {
  return textOf(valueAt(node, ...path));
}

export function valueAt(node: YamlNode | undefined, ...path: string[]): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((at, key) => entryOf(at, key)?.value, node);
}

/** What a value is, in a sentence. */
export function nounOf(node: YamlNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'other') return 'a value that JSON does not have';
  const { value } = node;
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  return String(value);
}
