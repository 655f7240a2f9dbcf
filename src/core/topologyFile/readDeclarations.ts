import type { Declarations, Entry, EntryOf, FileForm, Section } from './declarations';
import { isText, member, nameValue, stringValue } from './json/jsonRead';
import type { JsonTable, NodeId } from './json/jsonTable';
import { absent, jsonKind } from './json/jsonTable';
import { FieldReader } from './fieldReader';
import type { SectionName } from './sections';
import { sectionFields, sectionNames } from './sections';

/** Reads what a scanned file declares; whatever is not shaped as expected is left out or kept as `absent`. */
export function readDeclarations(table: JsonTable): Declarations {
  const form = fileForm(table);
  const sections = new Map<SectionName, Section>();
  for (const name of sectionNames) {
    const value = member(table, 0, name);
    if (value !== absent) sections.set(name, readSection(table, name, value, form));
  }
  return {
    form,
    isVhostExport: form === 'vhost' && isVhostExport(table),
    section: <S extends SectionName>(name: S) => sections.get(name) as Section<S> | undefined,
    entries: <S extends SectionName>(name: S) => (sections.get(name)?.entries ?? []) as readonly Entry<S>[],
  };
}

function readSection<S extends SectionName>(
  table: JsonTable,
  name: S,
  value: NodeId,
  form: FileForm,
): Section<S> {
  const entries: Entry<S>[] = [];
  const strangers: NodeId[] = [];
  if (table.kind(value) === jsonKind.array) {
    const reader = new FieldReader(table, sectionFields[name]);
    const end = table.next(value);
    for (let node = value + 1; node < end; node = table.next(node)) {
      if (table.kind(node) === jsonKind.object) entries.push(readEntry(table, name, node, reader, form));
      else if (table.kind(node) !== jsonKind.missing) strangers.push(node);
    }
  }
  return { name, key: value - 1, value, entries, strangers };
}

function readEntry<S extends SectionName>(
  table: JsonTable,
  section: S,
  node: NodeId,
  reader: FieldReader,
  form: FileForm,
): Entry<S> {
  const fields = reader.read(node) as EntryOf<S>['fields'];
  const { name, vhost } = fields as { readonly name?: NodeId; readonly vhost?: NodeId };
  const entry: EntryOf<S> = {
    section,
    node,
    fields,
    name: name === undefined ? undefined : nameValue(table, name),
    vhost: form === 'vhost' ? '' : vhost === undefined ? undefined : nameValue(table, vhost),
  };
  return entry as Entry<S>;
}

/** Of the export of a single virtual host these name none; policies and parameters do before 4.0 (DOMAIN 5.1). */
const placed = ['queues', 'exchanges', 'bindings'] as const;
const placedOrNot = ['policies', 'parameters'] as const;

/**
 * The export of a single virtual host has no users, virtual hosts or permissions either. A file with only some `vhost`
 * fields is a cluster file with mistakes.
 */
function fileForm(table: JsonTable): FileForm {
  const clusterOnly = ['users', 'vhosts', 'permissions', 'topic_permissions'];
  if (clusterOnly.some((name) => member(table, 0, name) !== absent)) return 'cluster';
  const own = vhostsNamed(table, placed);
  if (own !== 'none') return own === 'no' ? 'vhost' : 'cluster';
  return vhostsNamed(table, placedOrNot) === 'no' ? 'vhost' : 'cluster';
}

/** Whether some entry of these sections names a virtual host; `none` without entries. */
function vhostsNamed(table: JsonTable, sections: readonly SectionName[]): 'yes' | 'no' | 'none' {
  let answer: 'no' | 'none' = 'none';
  for (const name of sections) {
    const list = member(table, 0, name);
    if (table.kind(list) !== jsonKind.array) continue;
    const end = table.next(list);
    for (let node = list + 1; node < end; node = table.next(node)) {
      if (table.kind(node) !== jsonKind.object) continue;
      if (hasKey(table, node, 'vhost')) return 'yes';
      answer = 'no';
    }
  }
  return answer;
}

function hasKey(table: JsonTable, object: NodeId, name: string): boolean {
  const end = table.next(object);
  for (let key = object + 1; key < end; key = table.next(key + 1)) if (isText(table, key, name)) return true;
  return false;
}

function isVhostExport(table: JsonTable): boolean {
  return (
    stringValue(table, member(table, 0, 'rabbitmq_definition_format')) === 'single_virtual_host' ||
    member(table, 0, 'original_vhost_name') !== absent
  );
}
