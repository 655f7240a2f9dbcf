import type { Circumstances } from '../compare/normalForm';
import { normalForm } from '../compare/normalForm';
import type { ExactObject } from '../compare/exactJson';
import { ExactNumber, isExactObject } from '../compare/exactJson';
import type { TopologyObject } from '../compare/topologyObjects';
import { hasField, objectsOf } from '../compare/topologyObjects';
import type { TopologyDocument } from '../document';
import { stringValue } from '../json/jsonRead';
import { defaultQueueTypes } from '../queueType';
import { pluginOfExchangeType } from '../rules/exchangeRules';
import { pluginComponents } from '../rules/parameterRules';
import type { SectionName } from '../sections';
import type { Surroundings } from '../surroundings';
import type { Target } from '../target';

/** What a broker has, read from its export, and what of it can be seen. */
export class BrokerContents {
  private readonly sections = new Map<SectionName, ReadonlyMap<string, TopologyObject>>();
  private readonly defaults: ReadonlyMap<string, string>;
  private readonly vhosts: ReadonlySet<string>;

  constructor(
    private readonly document: TopologyDocument,
    private readonly missing: readonly SectionName[],
    private readonly target: Target,
    /** Where a file without `vhost` fields goes, and what an export without them is about. */
    private readonly home: string,
  ) {
    this.defaults = defaultQueueTypes(document.table, document.declarations);
    this.vhosts = new Set([
      ...document.declarations.entries('vhosts').flatMap(({ name }) => (name === undefined ? [] : [name])),
      ...(this.isSingle ? [home] : []),
    ]);
  }

  private get isSingle(): boolean {
    return this.document.declarations.form === 'vhost';
  }

  find(section: SectionName, key: string): TopologyObject | undefined {
    return this.objects(section).get(key);
  }

  objects(section: SectionName): ReadonlyMap<string, TopologyObject> {
    let known = this.sections.get(section);
    if (!known) {
      known = new Map(objectsOf(this.document, section, this.home).map((object) => [object.key, object]));
      this.sections.set(section, known);
    }
    return known;
  }

  /** The virtual host's own default does not count: a broker writes the type of every queue that is not classic. */
  form(object: TopologyObject): ExactObject {
    const circumstances: Circumstances = { target: this.target, defaultQueueType: undefined };
    return normalForm(this.document.table, object.entry, circumstances);
  }

  /** Whether the export says what is in that field; 4.2 and newer leave out `internal`, 3.x what virtual hosts are like. */
  says(object: TopologyObject, field: string): boolean {
    if (object.entry.section === 'exchanges' && field === 'internal') return hasField(object.entry, field);
    if (object.entry.section === 'vhosts') {
      return field === 'tracing' ? hasField(object.entry, field) : hasField(object.entry, 'metadata');
    }
    return true;
  }

  /** Whether what is not in the export is not on the broker either; for a virtual host give its name as `vhost`. */
  sees(section: SectionName, vhost: string): boolean {
    if (section === 'vhosts') return this.vhosts.has(vhost) || !this.hidesVhosts;
    if (this.missing.includes(section)) return false;
    return vhost === '' ? !this.isSingle : this.vhosts.has(vhost) || !this.hidesVhosts;
  }

  private get hidesVhosts(): boolean {
    return this.isSingle || this.missing.includes('vhosts');
  }

  /** `undefined` where the virtual host has no limit. */
  queueLimit(vhost: string): number | undefined {
    const found = this.find('parameters', JSON.stringify([vhost, 'vhost-limits', 'limits']));
    return found && limitIn(this.form(found));
  }

  queueCount(vhost: string): number {
    let count = 0;
    for (const object of this.objects('queues').values()) if (object.vhost === vhost) count += 1;
    return count;
  }

  /** Those of which something is there: they are enabled. */
  private get plugins(): ReadonlySet<string> {
    const found = new Set<string | undefined>();
    const { table } = this.document;
    for (const { entry } of this.objects('exchanges').values())
      if (entry.section === 'exchanges')
        found.add(pluginOfExchangeType(stringValue(table, entry.fields.type) ?? ''));
    for (const { entry } of this.objects('parameters').values())
      if (entry.section === 'parameters')
        found.add(pluginComponents.get(stringValue(table, entry.fields.component) ?? ''));
    return new Set([...found].filter((plugin) => plugin !== undefined));
  }

  /** What cannot be seen counts as there: nothing is refused for the lack of it. */
  surroundings(fileVhosts: ReadonlySet<string>): Surroundings {
    const { plugins } = this;
    const place = (vhost: string): string => (vhost === '' ? this.home : vhost);
    return {
      isIntoOneVhost: true,
      hasPlugin: (plugin) => plugins.has(plugin) || undefined,
      hasVhost: (vhost) => this.vhosts.has(place(vhost)) || this.hidesVhosts,
      hasUser: (user) =>
        this.isSingle ||
        this.missing.includes('users') ||
        this.find('users', JSON.stringify(['', user])) !== undefined,
      hasQueue: (vhost, queue) =>
        !this.sees('queues', place(vhost)) ||
        this.find('queues', JSON.stringify([place(vhost), queue])) !== undefined,
      exchangeType: (vhost, exchange) => {
        const found = this.find('exchanges', JSON.stringify([place(vhost), exchange]));
        if (found?.entry.section === 'exchanges')
          return stringValue(this.document.table, found.entry.fields.type) ?? '';
        return this.sees('exchanges', place(vhost)) ? undefined : 'unseen';
      },
      // Seen on 4.3.6: a virtual host in the file without a default falls back to the node's; 4.0.5 leaves it.
      defaultQueueType: (vhost) =>
        this.target === '4.3' && fileVhosts.has(vhost) ? undefined : this.defaults.get(place(vhost)),
    };
  }
}

/** `max-queues` of a vhost-limits parameter; a negative one means none. */
export function limitIn(form: ExactObject): number | undefined {
  const value = form.get('value');
  const limit = isExactObject(value) ? value.get('max-queues') : undefined;
  if (!(limit instanceof ExactNumber)) return undefined;
  const number = Number(limit.text);
  return number >= 0 ? number : undefined;
}
