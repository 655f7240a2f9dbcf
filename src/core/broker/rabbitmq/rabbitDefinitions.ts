import { jsonMeaning, jsonMember, jsonObject, jsonString, writeJson } from '../../base/jsonText';
import type { JsonObject } from '../../base/jsonText';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import { entryName, entryText, exportedEntry } from '../../topology/definitionsEntry';
import type { DefinitionsSection } from '../../topology/definitionsFile';
import { BrokerError } from '../brokerError';
import type { DefinitionsPort, WrittenDefinition } from '../definitionsPort';
import { badAnswer } from './answers';
import { listedEntries, objectOr, objects, readAnswer } from './definitionLists';
import type { SendRequest } from './definitionLists';
import { bodyOf, pathOf } from './definitionPaths';
import { removeBinding, writeBinding } from './rabbitBindings';
import { isEmptyVhost, removalQuery } from './removalGuard';
import { writeUser } from './writeUser';

type Replaceable = Exclude<DefinitionsSection, 'bindings' | 'exchanges' | 'queues'>;

/** Definitions over RabbitMQ's HTTP API, object by object: GET, PUT and DELETE of each kind's own path. */
export class RabbitDefinitions implements DefinitionsPort {
  constructor(
    private readonly send: SendRequest,
    /** Who is logged in: this user is never removed. */
    private readonly login: string,
  ) {}

  entries(
    section: DefinitionsSection,
    vhost: string | undefined,
    signal?: AbortSignal,
  ): Promise<readonly DefinitionsEntry[]> {
    return listedEntries(this.send, section, vhost, signal);
  }

  async write(
    section: DefinitionsSection,
    vhost: string,
    entry: DefinitionsEntry,
    signal?: AbortSignal,
  ): Promise<WrittenDefinition> {
    if (section === 'bindings') return writeBinding(this.send, vhost, entry, signal);
    if (section === 'queues' || section === 'exchanges') return this.declare(section, vhost, entry, signal);
    const before = await this.find(section, vhost, entry, signal);
    if (section === 'users') await writeUser(this.send, entry, before, signal);
    else if (section === 'vhosts') await this.writeVhost(entry, before, signal);
    else await this.put(section, writePath(section, vhost, entry), writeBody(section, entry), entry, signal);
    return before ? replaced(section, entry, before) : { kind: 'created' };
  }

  async remove(
    section: DefinitionsSection,
    vhost: string,
    entry: DefinitionsEntry,
    signal?: AbortSignal,
  ): Promise<'removed' | 'absent'> {
    if (section === 'bindings') return removeBinding(this.send, vhost, entry, signal);
    const what = entryName(section, entry);
    if (section === 'users' && entryText(entry, 'name') === this.login) {
      throw new BrokerError('refused', `This connection is logged in as ${what}: it is not removed.`);
    }
    const path = removalPath(section, vhost, entry);
    if (section === 'vhosts' && !(await isEmptyVhost(this.send, entryText(entry, 'name'), signal)))
      return 'absent';
    // 4.0.5 answers 500 about an operator policy of a virtual host that is gone.
    if (section === 'parameters' && !(await this.find(section, vhost, entry, signal))) return 'absent';
    const query = await removalQuery(this.send, section, path, what, signal);
    if (query === undefined) return 'absent';
    const answer = await this.send('DELETE', path + query, undefined, signal);
    if (answer.status === 404) return 'absent';
    if (answer.status >= 200 && answer.status < 300) return 'removed';
    throw badAnswer(answer, what);
  }

  private async put(
    section: DefinitionsSection,
    path: string,
    body: JsonObject,
    entry: DefinitionsEntry,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const answer = await this.send('PUT', path, writeJson(body), signal);
    if (answer.status < 200 || answer.status >= 300) throw badAnswer(answer, entryName(section, entry));
  }

  private async declare(
    section: 'queues' | 'exchanges',
    vhost: string,
    entry: DefinitionsEntry,
    signal: AbortSignal | undefined,
  ): Promise<WrittenDefinition> {
    const path = pathOf(section, vhost, entry);
    const body = bodyOf(section, entry);
    const answer = await this.send('PUT', path, writeJson(body), signal);
    if (answer.status >= 200 && answer.status < 300)
      return { kind: answer.status === 201 ? 'created' : 'updated' };
    const what = entryName(section, entry);
    // Names beyond ASCII make 4.0.5 and 4.3.6 fail over the sentence that says what differs.
    const found = answer.status >= 500 ? await this.send('GET', path, undefined, signal) : undefined;
    if (found?.status === 200) {
      const there = readAnswer(found, what);
      const differs = body.entries.filter(({ name, value }) => {
        const has = jsonMember(there, name);
        return has === undefined || jsonMeaning(has) !== jsonMeaning(value);
      });
      const words = differs.map(({ name }) => `\`${name}\``).join(', ');
      if (words !== '')
        throw new BrokerError(
          'precondition',
          `The management API refused ${what}: it is there already, with other ${words}.`,
        );
    }
    throw badAnswer(answer, what);
  }

  /** As the broker has it now. */
  private async find(
    section: Replaceable,
    vhost: string,
    entry: DefinitionsEntry,
    signal: AbortSignal | undefined,
  ): Promise<DefinitionsEntry | undefined> {
    const what = entryName(section, entry);
    const answer = await this.send('GET', pathOf(section, vhost, entry), undefined, signal);
    if (answer.status === 404) return undefined;
    const json = readAnswer(answer, what);
    if (section !== 'topic_permissions') return objectOr(json);
    return objects(json, what).find((each) => entryText(each, 'exchange') === entryText(entry, 'exchange'));
  }

  /** Whatever a PUT leaves out is reset (DOMAIN 2.2): what the entry does not say stays as it is. */
  private async writeVhost(
    entry: DefinitionsEntry,
    before: DefinitionsEntry | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const metadata = jsonMember(entry, 'metadata');
    const kept = objectOr(jsonMember(before, 'metadata'));
    const known = (name: string): JsonObject['entries'][number]['value'] | undefined => {
      const value = jsonMember(metadata, name) ?? jsonMember(entry, name) ?? jsonMember(kept, name);
      return jsonString(value) === 'undefined' ? undefined : value;
    };
    const body = jsonObject({
      description: known('description'),
      tags: known('tags'),
      default_queue_type: known('default_queue_type'),
      tracing: jsonMember(entry, 'tracing'),
    });
    await this.put('vhosts', pathOf('vhosts', '', entry), body, entry, signal);
  }
}

/** Operator policies are parameters in a file and have a path of their own, with the rights that go with it. */
function isOperatorPolicy(section: DefinitionsSection, entry: DefinitionsEntry): boolean {
  return section === 'parameters' && entryText(entry, 'component') === 'operator_policy';
}

function writePath(section: Replaceable, vhost: string, entry: DefinitionsEntry): string {
  const path = pathOf(section, vhost, entry);
  return isOperatorPolicy(section, entry)
    ? path.replace('parameters/operator_policy/', 'operator-policies/')
    : path;
}

function writeBody(section: Exclude<Replaceable, 'users' | 'vhosts'>, entry: DefinitionsEntry): JsonObject {
  return isOperatorPolicy(section, entry) ? objectOr(jsonMember(entry, 'value')) : bodyOf(section, entry);
}

function removalPath(
  section: Exclude<DefinitionsSection, 'bindings'>,
  vhost: string,
  entry: DefinitionsEntry,
): string {
  if (section === 'topic_permissions')
    return `${pathOf(section, vhost, entry)}/${encodeURIComponent(entryText(entry, 'exchange'))}`;
  return section === 'queues' || section === 'exchanges'
    ? pathOf(section, vhost, entry)
    : writePath(section, vhost, entry);
}

/** Whether what was there says something else than what is written over it. */
function replaced(
  section: Replaceable,
  entry: DefinitionsEntry,
  before: DefinitionsEntry,
): WrittenDefinition {
  const secrets = ['vhost', 'password_hash', 'hashing_algorithm'];
  const shown = (each: DefinitionsEntry): DefinitionsEntry =>
    exportedEntry(section, withDefaults(section, each), secrets);
  const [old, now] = [shown(before), shown(entry)];
  const hash = (each: DefinitionsEntry): string | undefined => jsonString(jsonMember(each, 'password_hash'));
  const hasNewPassword =
    jsonMember(entry, 'password') !== undefined ||
    (hash(entry) !== undefined && hash(entry) !== hash(before));
  const isSame = jsonMeaning(asFarAs(old, now)) === jsonMeaning(now) && !hasNewPassword;
  return isSame ? { kind: 'updated' } : { kind: 'updated', before: old };
}

/** What the entry does not say, a user and a virtual host keep, and inside its metadata too. */
function asFarAs(old: DefinitionsEntry, now: DefinitionsEntry): DefinitionsEntry {
  const entries = old.entries.flatMap(({ name, value }) => {
    const given = jsonMember(now, name);
    if (given === undefined) return [];
    const isInner = name === 'metadata' && value.kind === 'object' && given.kind === 'object';
    return [{ name, value: isInner ? asFarAs(value, given) : value }];
  });
  return { kind: 'object', entries };
}

function withDefaults(section: Replaceable, entry: DefinitionsEntry): DefinitionsEntry {
  if (section !== 'policies') return entry;
  const defaults = jsonObject({
    priority: { kind: 'number', text: '0' },
    'apply-to': { kind: 'string', value: 'all' },
  });
  return { kind: 'object', entries: [...entry.entries, ...defaults.entries] };
}
