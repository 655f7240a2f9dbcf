import type { TopologyDocument } from '../document';
import type { Range } from '../finding';
import { member, stringValue } from '../json/jsonRead';
import { jsonKind } from '../json/jsonTable';
import type { SectionName } from '../sections';
import { sectionNames } from '../sections';
import { targetFor } from '../target';
import type { ComparedObject, Comparison } from './comparison';
import type { ExactObject } from './exactJson';
import { differences, prettyText } from './exactJson';
import { normalForm } from './normalForm';
import type { TopologyObject } from './topologyObjects';
import { circumstancesIn, hasField, isBuiltIn, objectsOf, usualVhost } from './topologyObjects';

export interface CompareOptions {
  /** This virtual host only; a file without `vhost` fields is about it. */
  readonly vhost?: string | undefined;
}

/**
 * What differs between two definitions files, each of which may be a broker's export: by the names that brokers know
 * things by, with defaults filled in, so that the spelling of a file and the noise of an export do not count.
 */
export function compareTopologies(
  left: TopologyDocument,
  right: TopologyDocument,
  options: CompareOptions = {},
): Comparison {
  const isSingle = left.declarations.form === 'vhost' || right.declarations.form === 'vhost';
  const only = options.vhost ?? (isSingle ? vhostOf(left, right) : undefined);
  const [here, there] = [new Side(left, 'left', only), new Side(right, 'right', only)];
  const objects: ComparedObject[] = [];
  const notCompared: SectionName[] = [];
  for (const section of sectionNames) {
    if (only !== undefined && (section === 'users' || section === 'global_parameters')) continue;
    const [mine, theirs] = [here.objects(section), there.objects(section)];
    if (here.says(section) && there.says(section)) objects.push(...compared(here, there, mine, theirs));
    else if (mine.size > 0 || theirs.size > 0) notCompared.push(section);
  }
  return { objects, notCompared, problems: [...here.problems(), ...there.problems()] };
}

/** A file of one virtual host says in its export which; two of them are compared whatever they were called. */
function vhostOf(...documents: readonly TopologyDocument[]): string {
  for (const { declarations, table } of documents) {
    if (declarations.form !== 'vhost') continue;
    const name = stringValue(table, member(table, 0, 'original_vhost_name'));
    if (name !== undefined) return name;
  }
  return usualVhost;
}

class Side {
  private readonly circumstances: ReturnType<typeof circumstancesIn>;
  private nameless = 0;

  constructor(
    readonly document: TopologyDocument,
    private readonly name: 'left' | 'right',
    private readonly only: string | undefined,
  ) {
    this.circumstances = circumstancesIn(document, targetFor(document.table, undefined));
  }

  /** Whether the file speaks of such things at all: one without the section does not say that there are none. */
  says(section: SectionName): boolean {
    const found = this.document.declarations.section(section);
    return found !== undefined && this.document.table.kind(found.value) === jsonKind.array;
  }

  /** By key; of the same name twice the first, of policies and parameters the last, as brokers import them. */
  objects(section: SectionName): Map<string, TopologyObject> {
    const found = new Map<string, TopologyObject>();
    const isLast = section === 'policies' || section === 'parameters';
    for (const object of objectsOf(this.document, section, this.only)) {
      if (object.isNameless) this.nameless += 1;
      else if (isBuiltIn(this.document, object.entry) || !this.isWanted(section, object)) continue;
      else if (isLast || !found.has(object.key)) found.set(object.key, object);
    }
    return found;
  }

  private isWanted(section: SectionName, { vhost, entry }: TopologyObject): boolean {
    if (this.only === undefined) return true;
    return section === 'vhosts' ? entry.name === this.only : vhost === this.only;
  }

  form(object: TopologyObject): ExactObject {
    return normalForm(this.document.table, object.entry, this.circumstances(object));
  }

  range(object: TopologyObject): Range {
    const { table, lines } = this.document;
    return lines.range(table.start(object.entry.node), table.end(object.entry.node));
  }

  /** 4.2 and newer leave `internal` out of exports (DOMAIN 5.1): what it is cannot be seen in them. */
  hidesInternal({ entry }: TopologyObject): boolean {
    if (entry.section !== 'exchanges' || hasField(entry, 'internal')) return false;
    const { table } = this.document;
    const version = stringValue(table, member(table, 0, 'rabbitmq_version')) ?? '';
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 4 || (major === 4 && minor >= 2);
  }

  problems(): string[] {
    const sentences: string[] = [];
    const [first] = this.document.problems;
    if (first) {
      const line = this.document.lines.position(first.start).line + 1;
      sentences.push(
        `The text on the ${this.name} is not valid JSON from line ${line} on: what could be read of it is compared.`,
      );
    }
    if (this.nameless > 0) {
      const what = this.nameless === 1 ? 'One entry' : `${this.nameless} entries`;
      sentences.push(
        `${what} on the ${this.name} cannot be named and ${this.nameless === 1 ? 'is' : 'are'} not compared.`,
      );
    }
    return sentences;
  }
}

function compared(
  here: Side,
  there: Side,
  mine: ReadonlyMap<string, TopologyObject>,
  theirs: ReadonlyMap<string, TopologyObject>,
): ComparedObject[] {
  const found: { readonly key: string; readonly object: ComparedObject }[] = [];
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const [left, right] = [mine.get(key), theirs.get(key)];
    const object = left ?? right;
    if (object) found.push({ key, object: pair(here, there, object, left, right) });
  }
  found.sort(
    (a, b) =>
      order(a.object.vhost, b.object.vhost) || order(a.object.label, b.object.label) || order(a.key, b.key),
  );
  return found.map(({ object }) => object);
}

function pair(
  here: Side,
  there: Side,
  { entry, vhost, label }: TopologyObject,
  left: TopologyObject | undefined,
  right: TopologyObject | undefined,
): ComparedObject {
  let mine = left && here.form(left);
  let theirs = right && there.form(right);
  if (left && right && mine && theirs) {
    const unknown = [
      ...(here.hidesInternal(left) || there.hidesInternal(right) ? ['internal'] : []),
      ...(hidesPassword(mine) || hidesPassword(theirs)
        ? ['password', 'password_hash', 'hashing_algorithm']
        : []),
    ];
    mine = without(mine, unknown);
    theirs = without(theirs, unknown);
  }
  const differs = mine && theirs ? differences(mine, theirs) : [];
  const state = !mine ? 'onlyRight' : !theirs ? 'onlyLeft' : differs.length > 0 ? 'changed' : 'same';
  return {
    section: entry.section,
    vhost,
    label,
    state,
    differs,
    ...(mine && left ? { left: prettyText(mine), leftRange: here.range(left) } : {}),
    ...(theirs && right ? { right: prettyText(theirs), rightRange: there.range(right) } : {}),
  };
}

/** A user in an export without hashes: nothing follows about the password. */
function hidesPassword(form: ExactObject): boolean {
  return form.has('hashing_algorithm') && !form.has('password') && !form.has('password_hash');
}

function without(form: ExactObject, fields: readonly string[]): ExactObject {
  if (fields.length === 0) return form;
  return new Map([...form].filter(([field]) => !fields.includes(field)));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
