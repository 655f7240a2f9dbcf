import type { NodeId } from './json/jsonTable';
import type { FieldOf, SectionName } from './sections';

/** One object in a section; for several sections the union of their entries. */
export type Entry<S extends SectionName = SectionName> = S extends SectionName ? EntryOf<S> : never;

/** Fields are the nodes of their values, `absent` where the entry lacks one. */
export interface EntryOf<S extends SectionName> {
  readonly section: S;
  readonly node: NodeId;
  readonly fields: Readonly<Record<FieldOf<S>, NodeId>>;
  /** The text of `name`, or `undefined` where there is none or it is no string. */
  readonly name: string | undefined;
  /** The text of `vhost`; empty in a file of a single virtual host. */
  readonly vhost: string | undefined;
}

export interface Section<S extends SectionName = SectionName> {
  readonly name: S;
  /** The string node of the section's key, for ranges, and the value beside it. */
  readonly key: NodeId;
  readonly value: NodeId;
  readonly entries: readonly Entry<S>[];
  /** Elements of the list that are no objects. */
  readonly strangers: readonly NodeId[];
}

/**
 * `cluster`: entries name their virtual host. `vhost`: no entry does; an export of a single virtual host, or a file
 * whose author forgot (DOMAIN 5.1).
 */
export type FileForm = 'cluster' | 'vhost';

/** What a definitions file declares, in the order of the file. */
export interface Declarations {
  readonly form: FileForm;
  /** Whether the file says of itself that it was exported from a single virtual host; 4.0 and newer write that. */
  readonly isVhostExport: boolean;
  section<S extends SectionName>(name: S): Section<S> | undefined;
  entries<S extends SectionName>(name: S): readonly Entry<S>[];
}

/** Names by virtual host: the first entry of each. */
export type NameIndex<S extends SectionName> = ReadonlyMap<string, ReadonlyMap<string, Entry<S>>>;

export function indexByName<S extends SectionName>(entries: readonly Entry<S>[]): NameIndex<S> {
  const index = new Map<string, Map<string, Entry<S>>>();
  for (const entry of entries) {
    if (entry.name === undefined || entry.vhost === undefined) continue;
    let names = index.get(entry.vhost);
    if (!names) index.set(entry.vhost, (names = new Map<string, Entry<S>>()));
    if (!names.has(entry.name)) names.set(entry.name, entry);
  }
  return index;
}

export function lookUp<S extends SectionName>(
  index: NameIndex<S>,
  vhost: string | undefined,
  name: string | undefined,
): Entry<S> | undefined {
  return vhost === undefined || name === undefined ? undefined : index.get(vhost)?.get(name);
}
