import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';
import { plainValue } from './plainScalar';
import type { YamlEntry, YamlMap, YamlNode } from './yamlTree';

/** Something in a text that keeps it from being read. */
export interface YamlProblem {
  readonly kind: 'syntax' | 'alias' | 'tab' | 'tooLarge';
  readonly start: number;
  readonly end: number;
}

export interface YamlDocument {
  readonly root: YamlNode | undefined;
  /** False where damage may have swallowed something. */
  readonly isWhole: boolean;
}

export interface ReadYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

/** Longer texts are not read, in UTF-16 units: Kubernetes itself takes no object above 1.5 MiB. */
export const longestManifest = 2_000_000;
const mostNodes = 200_000;
const deepest = 60;

/**
 * Reads YAML without throwing, whatever the text. Values are resolved here and not by the library, which is asked for
 * text only: no custom tags, and an alias is the very node of its anchor, so that no text unfolds into more.
 */
export function readYaml(text: string): ReadYaml {
  const unread = (kind: YamlProblem['kind']): ReadYaml => ({
    documents: [],
    problems: [{ kind, start: 0, end: Math.min(1, text.length) }],
  });
  if (text.length > longestManifest) return unread('tooLarge');
  const depth = bracketDepth(text);
  if (depth > 500) return unread('tooLarge');
  try {
    const parsed = parseAllDocuments(text, {
      schema: 'failsafe',
      strict: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    if (!Array.isArray(parsed)) return { documents: [], problems: [] };
    const problems: YamlProblem[] = [];
    const documents = parsed.map(({ contents, errors }): YamlDocument => {
      for (const { code, pos } of errors)
        problems.push({
          kind: code === 'TAB_AS_INDENT' ? 'tab' : 'syntax',
          start: pos[0],
          end: Math.max(pos[1], pos[0]),
        });
      const reader = new TreeReader();
      const root = contents === null ? undefined : reader.read(contents, 0);
      problems.push(...reader.problems);
      return { root, isWhole: errors.length === 0 && reader.problems.length === 0 };
    });
    return { documents, problems };
  } catch {
    // The library calls itself for each level, so a text can be nested too deep for it.
    return unread('tooLarge');
  }
}

/** How many brackets stand open at most, strings or not: a cheap bound on what the parser would have to nest. */
function bracketDepth(text: string): number {
  let open = 0;
  let most = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) most = Math.max(most, (open += 1));
    else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1;
  }
  return most;
}

class TreeReader {
  readonly problems: YamlProblem[] = [];
  private readonly anchors = new Map<string, YamlNode>();
  private nodes = 0;

  read(node: Node | null, depth: number): YamlNode {
    const [start, end] = spanOf(node);
    this.nodes += 1;
    if (node === null) return { kind: 'scalar', value: null, isPlain: true, start, end };
    if (depth > deepest || this.nodes > mostNodes) {
      if (this.problems.length === 0) this.problems.push({ kind: 'tooLarge', start, end });
      return { kind: 'other', start, end };
    }
    if (isAlias(node)) {
      const known = this.anchors.get(node.source);
      if (known) return known;
      this.problems.push({ kind: 'alias', start, end });
      return { kind: 'other', start, end };
    }
    const read = this.readContent(node, start, end, depth);
    const { anchor } = node as { readonly anchor?: string };
    if (anchor) this.anchors.set(anchor, read);
    return read;
  }

  private readContent(node: Node, start: number, end: number, depth: number): YamlNode {
    if (isMap(node)) return this.readMap(node, start, end, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as Node | null, depth + 1));
      return { kind: 'list', items, start, end };
    }
    if (!isScalar(node)) return { kind: 'other', start, end };
    return readScalar(node, start, end);
  }

  private readMap(node: YAMLMap, start: number, end: number, depth: number): YamlMap {
    const entries = new Map<string, YamlEntry>();
    const repeated: { first: YamlEntry; last: YamlEntry }[] = [];
    const merged: YamlNode[] = [];
    for (const { key: keyNode, value } of node.items as Pair<Node | null, Node | null>[]) {
      const key = keyNode && isScalar(keyNode) ? scalarText(keyNode) : undefined;
      const read = this.readValue(value, keyNode, depth);
      if (key === undefined) continue;
      if (key === '<<') {
        merged.push(...(read.kind === 'list' ? read.items : [read]));
        continue;
      }
      const [keyStart, keyEnd] = spanOf(keyNode);
      const entry: YamlEntry = { key, keyStart, keyEnd, value: read };
      const first = entries.get(key);
      if (first) repeated.push({ first, last: entry });
      entries.set(key, entry);
    }
    for (const from of merged) this.merge(entries, from);
    return { kind: 'map', entries: [...entries.values()], repeated, start, end };
  }

  /** A value that is not there stands behind the colon, as far as ranges go. */
  private readValue(value: Node | null, key: Node | null, depth: number): YamlNode {
    const read = this.read(value, depth + 1);
    if (value !== null) return read;
    const [, keyEnd] = spanOf(key);
    return { kind: 'scalar', value: null, isPlain: true, start: keyEnd, end: keyEnd };
  }

  /** What a map takes over with `<<` gives way to its own keys. */
  private merge(entries: Map<string, YamlEntry>, from: YamlNode): void {
    if (from.kind !== 'map') return;
    for (const entry of from.entries) {
      this.nodes += 1;
      if (this.nodes > mostNodes) return;
      if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }
}

const tagPrefix = 'tag:yaml.org,2002:';

function readScalar(node: Scalar, start: number, end: number): YamlNode {
  const text = scalarText(node);
  const isPlain = node.type === undefined || node.type === 'PLAIN';
  const { tag } = node as { readonly tag?: string };
  if (tag !== undefined && !plainTags.has(tag)) {
    return tag === `${tagPrefix}str`
      ? { kind: 'scalar', value: text, isPlain: false, start, end }
      : { kind: 'other', start, end };
  }
  const value = isPlain || tag !== undefined ? plainValue(text) : text;
  return value === undefined ? { kind: 'other', start, end } : { kind: 'scalar', value, isPlain, start, end };
}

/** The failsafe schema makes text of every scalar. */
function scalarText({ value }: Scalar): string {
  return typeof value === 'string' ? value : '';
}

const plainTags: ReadonlySet<string> = new Set(
  ['int', 'float', 'bool', 'null'].map((name) => tagPrefix + name),
);

function spanOf(node: Node | null): readonly [number, number] {
  const range = node?.range;
  return range ? [range[0], range[1]] : [0, 0];
}
