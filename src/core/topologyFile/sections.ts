import type { DefinitionsSection } from '../topology/definitionsFile';
import { definitionsSections } from '../topology/definitionsFile';

/** The sections of a definitions file and the fields of their entries that a broker reads (DOMAIN 5.1). */
export const sectionFields = {
  users: [
    'name',
    'password',
    'password_hash',
    'hashing_algorithm',
    'tags',
    'administrator',
    'limits',
    'permissions',
  ],
  vhosts: ['name', 'description', 'tags', 'metadata', 'limits', 'tracing', 'default_queue_type'],
  permissions: ['user', 'vhost', 'configure', 'write', 'read'],
  topic_permissions: ['user', 'vhost', 'exchange', 'write', 'read'],
  exchanges: ['name', 'vhost', 'type', 'durable', 'auto_delete', 'internal', 'arguments'],
  global_parameters: ['name', 'value'],
  policies: ['name', 'vhost', 'pattern', 'definition', 'priority', 'apply-to'],
  parameters: ['name', 'vhost', 'component', 'value'],
  queues: ['name', 'vhost', 'durable', 'auto_delete', 'arguments', 'type', 'exclusive'],
  bindings: ['source', 'vhost', 'destination', 'destination_type', 'routing_key', 'arguments'],
} as const satisfies Readonly<Record<DefinitionsSection, readonly string[]>>;

export type SectionName = DefinitionsSection;
export type FieldOf<S extends SectionName> = (typeof sectionFields)[S][number];

export const sectionNames: readonly SectionName[] = definitionsSections;

/** Sections whose entries name a virtual host in a cluster export, and do not in the export of a single one. */
export const vhostSections = [
  'permissions',
  'topic_permissions',
  'exchanges',
  'policies',
  'parameters',
  'queues',
  'bindings',
] as const satisfies readonly SectionName[];

/** What one entry of the section is called in a sentence. */
export const entryNoun: Readonly<Record<SectionName, string>> = {
  users: 'user',
  vhosts: 'virtual host',
  permissions: 'permission',
  topic_permissions: 'topic permission',
  exchanges: 'exchange',
  global_parameters: 'global parameter',
  policies: 'policy',
  parameters: 'parameter',
  queues: 'queue',
  bindings: 'binding',
};
