import { asFailure, Failure } from '../base/failure';
import { jsonMember } from '../base/jsonText';
import type { DefinitionsEntry } from '../topology/definitionsEntry';
import { entryText, exportedEntry } from '../topology/definitionsEntry';
import type { DefinitionsSection } from '../topology/definitionsFile';
import { definitionsSections } from '../topology/definitionsFile';
import { definitionsText } from '../topology/definitionsText';
import { exportNotes } from '../topology/exportNotes';
import type { BrokerOverview, ManagementPort } from './managementPort';

export interface ReadDefinitionsOptions {
  /** One virtual host, in the form without `vhost` fields; missing: all that the login may see, in the cluster form. */
  readonly vhost?: string;
  /** Users are written without any password otherwise. */
  readonly passwordHashes: boolean;
}

export interface ReadDefinitions {
  readonly text: string;
  readonly objects: number;
  readonly version: string;
  readonly missing: readonly { readonly section: DefinitionsSection; readonly why: string }[];
  readonly notes: readonly string[];
}

/** Those of a cluster as a whole: the form of a single virtual host has none (DOMAIN 5.1). */
const clusterSections: readonly DefinitionsSection[] = [
  'users',
  'vhosts',
  'permissions',
  'topic_permissions',
  'global_parameters',
];

type Sections = ReadonlyMap<DefinitionsSection, readonly DefinitionsEntry[]>;

/**
 * What a broker holds as a definitions file, built from its lists, for which the tag `management` is enough; what the
 * login may not see is left out and named. Left out too: what an import passes over (the default exchange, names that
 * begin with `amq.`), exclusive queues (taps are), and bindings of what is left out. Rejects with the port's failure
 * where queues, exchanges or bindings cannot be read, and with `unsupported` without a management API that can.
 */
export async function readDefinitions(
  management: ManagementPort,
  options: ReadDefinitionsOptions,
  signal?: AbortSignal,
): Promise<ReadDefinitions> {
  const { vhost, passwordHashes } = options;
  const port = management.definitions;
  if (!port) throw new Failure('unsupported', 'This broker cannot be read as a definitions file.');
  const overview = await management.overview(signal);
  const sections = new Map<DefinitionsSection, readonly DefinitionsEntry[]>();
  const missing: ReadDefinitions['missing'][number][] = [];
  for (const section of definitionsSections) {
    if (vhost !== undefined && clusterSections.includes(section)) continue;
    try {
      sections.set(section, await port.entries(section, vhost, signal));
    } catch (thrown) {
      missing.push({ section, why: whyMissing(section, asFailure(thrown)) });
    }
    if (section === 'vhosts' && sections.has(section) && !seesAllVhosts(overview))
      missing.push({ section, why: 'Only those are here for which this user has permissions.' });
  }
  const kept = exported(sections, [
    ...(vhost === undefined ? [] : ['vhost']),
    ...(passwordHashes ? [] : ['password_hash', 'hashing_algorithm']),
  ]);
  return {
    text: definitionsText(head(overview, vhost), kept),
    objects: [...kept.values()].reduce((sum, { length }) => sum + length, 0),
    version: overview.version,
    missing,
    notes: exportNotes(kept, passwordHashes),
  };
}

/** Of these an export must be whole: their failure is its failure. */
const required: readonly DefinitionsSection[] = ['exchanges', 'queues', 'bindings'];

function whyMissing(section: DefinitionsSection, failure: Failure): string {
  const isBearable =
    failure.reason === 'refused' || failure.reason === 'unsupported' || failure.reason === 'notFound';
  if (!isBearable || required.includes(section)) throw failure;
  if (failure.reason === 'unsupported') return failure.message;
  if (failure.reason === 'notFound') return 'The management API of this broker does not list them.';
  const tag = section === 'parameters' || section === 'global_parameters' ? 'policymaker' : 'administrator';
  return `Only a user with the tag \`${tag}\` may see them.`;
}

/** The tags that see every virtual host; all others see their own (DOMAIN 4.2). */
function seesAllVhosts({ userTags }: BrokerOverview): boolean {
  return userTags.includes('administrator') || userTags.includes('monitoring');
}

/** LavinMQ's version would be taken for a very old RabbitMQ. */
function head(
  { product, version }: BrokerOverview,
  vhost: string | undefined,
): (readonly [string, string])[] {
  return [
    [product === 'LavinMQ' ? 'lavinmq_version' : 'rabbitmq_version', version],
    ['rabbitmq_definition_format', vhost === undefined ? 'cluster' : 'single_virtual_host'],
  ];
}

function exported(read: Sections, without: readonly string[]): Sections {
  const whole = new Map(read);
  const keep = (section: DefinitionsSection, isKept: (entry: DefinitionsEntry) => boolean): void => {
    const entries = whole.get(section);
    if (entries) whole.set(section, entries.filter(isKept));
  };
  keep('exchanges', (exchange) => !isTheBrokers(entryText(exchange, 'name')));
  keep('queues', (queue) => {
    const exclusive = jsonMember(queue, 'exclusive');
    const isExclusive = exclusive?.kind === 'bool' && exclusive.value;
    return !isExclusive && !entryText(queue, 'name').startsWith('amq.');
  });
  // Such as the identity of the cluster, which 4.3 does not export either.
  keep('global_parameters', (parameter) => !entryText(parameter, 'name').startsWith('internal_'));
  const known = new Set<string>();
  for (const section of ['queues', 'exchanges'] as const)
    for (const entry of whole.get(section) ?? []) known.add(place(section, entry, entryText(entry, 'name')));
  keep('bindings', (binding) => {
    const [source, destination] = [entryText(binding, 'source'), entryText(binding, 'destination')];
    const isThere = (name: string): boolean =>
      name.startsWith('amq.') || known.has(place('exchanges', binding, name));
    if (!isThere(source)) return false;
    return entryText(binding, 'destination_type') === 'exchange'
      ? isThere(destination)
      : known.has(place('queues', binding, destination));
  });
  return new Map(
    [...whole].map(([section, entries]) => [
      section,
      entries.map((entry) => exportedEntry(section, entry, without)),
    ]),
  );
}

function place(section: DefinitionsSection, entry: DefinitionsEntry, name: string): string {
  return JSON.stringify([section, entryText(entry, 'vhost'), name]);
}

function isTheBrokers(exchange: string): boolean {
  return exchange === '' || exchange.startsWith('amq.');
}
