import type { NameKind } from './names/nameTable';
import type { FieldOf, SectionName } from './sections';

/** What a field wants: words, numbers and names are offered as they are, the rest as an empty value. */
export type FieldValue =
  | { readonly kind: 'text' | 'object' | 'list' | 'any' }
  | { readonly kind: 'boolean' | 'number'; readonly usual: boolean | number }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'name'; readonly of: NameKind };

export interface FieldFact {
  /** One sentence. */
  readonly summary: string;
  readonly value: FieldValue;
  /** Read by no import or better written otherwise: explained, not offered. */
  readonly isPassedOver?: true;
}

const text: FieldValue = { kind: 'text' };
const object: FieldValue = { kind: 'object' };
const list: FieldValue = { kind: 'list' };
const flag = (usual: boolean): FieldValue => ({ kind: 'boolean', usual });
const words = (...oneOf: string[]): FieldValue => ({ kind: 'words', words: oneOf });
const nameOf = (of: NameKind): FieldValue => ({ kind: 'name', of });

const vhost: FieldFact = { summary: 'The virtual host it is in.', value: nameOf('vhost') };
const pattern = (what: string, empty: string): FieldFact => ({
  summary: `A regular expression: ${what}. It matches anywhere in them unless ^ and $ tie it down; "" matches ${empty}.`,
  value: text,
});

/** What the fields of a definitions file mean to an import (DOMAIN 5.1). */
const fieldFacts: {
  readonly [S in SectionName]: Readonly<Record<FieldOf<S>, FieldFact>>;
} = {
  users: {
    name: { summary: 'The name to log in with.', value: text },
    password: { summary: 'The password in clear text; a hash is safer in a file.', value: text },
    password_hash: {
      summary: 'Base64 of a salt of four bytes and the hash of salt and password; "" for no password.',
      value: text,
    },
    hashing_algorithm: {
      summary: 'What the hash was made with.',
      value: words(
        'rabbit_password_hashing_sha256',
        'rabbit_password_hashing_sha512',
        'rabbit_password_hashing_md5',
      ),
    },
    tags: { summary: 'What the user may do in the management interface.', value: list },
    administrator: { summary: 'The oldest way to write tags.', value: flag(true), isPassedOver: true },
    limits: { summary: 'The most connections and channels of the user.', value: object },
    permissions: { summary: 'No import reads this.', value: list, isPassedOver: true },
  },
  vhosts: {
    name: { summary: 'The name of the virtual host.', value: text },
    description: { summary: 'A line for people.', value: text },
    tags: { summary: 'Words for people and tools.', value: list },
    metadata: { summary: 'Description, tags and the default queue type.', value: object },
    limits: {
      summary:
        'Exports write the limits here and no import reads them: write a parameter of the component vhost-limits.',
      value: object,
      isPassedOver: true,
    },
    tracing: { summary: 'Whether the firehose is on.', value: flag(false), isPassedOver: true },
    default_queue_type: {
      summary: 'No import reads it here: it counts only inside metadata.',
      value: words('classic', 'quorum', 'stream'),
      isPassedOver: true,
    },
  },
  permissions: {
    user: { summary: 'The user who gets the permission.', value: nameOf('user') },
    vhost,
    configure: pattern('names of what the user may declare and delete', 'nothing'),
    write: pattern(
      'names of exchanges the user may publish to, and of what the user may bind to others',
      'nothing',
    ),
    read: pattern(
      'names of queues the user may consume from, and of exchanges the user may bind others to',
      'nothing',
    ),
  },
  topic_permissions: {
    user: { summary: 'The user who gets the permission.', value: nameOf('user') },
    vhost,
    exchange: { summary: 'The topic exchange it is about, "" for all.', value: nameOf('exchange') },
    write: pattern('routing keys the user may publish with', 'nothing'),
    read: pattern('routing keys the user may bind with', 'nothing'),
  },
  exchanges: {
    name: { summary: 'The name of the exchange: at most 255 bytes, not beginning with "amq.".', value: text },
    vhost,
    type: { summary: 'How it routes.', value: words('direct', 'fanout', 'topic', 'headers') },
    durable: { summary: 'Whether it survives a restart of its broker.', value: flag(true) },
    auto_delete: { summary: 'Whether it is deleted when its last binding goes.', value: flag(false) },
    internal: {
      summary: 'Whether only other exchanges, and no clients, can publish to it.',
      value: flag(false),
    },
    arguments: { summary: 'Further settings, such as the alternate exchange.', value: object },
  },
  global_parameters: {
    name: { summary: 'The name of the parameter, such as "cluster_name".', value: text },
    value: { summary: 'Any JSON.', value: { kind: 'any' } },
  },
  policies: {
    name: { summary: 'The name of the policy.', value: text },
    vhost,
    pattern: pattern('names of the queues and exchanges it applies to', 'everything'),
    definition: { summary: 'The keys it sets; at least one.', value: object },
    priority: {
      summary: 'Of several policies that match, the highest applies alone; of equal ones either.',
      value: { kind: 'number', usual: 0 },
    },
    'apply-to': {
      summary: 'The kind of thing it applies to.',
      value: words('all', 'queues', 'exchanges', 'classic_queues', 'quorum_queues', 'streams'),
    },
  },
  parameters: {
    name: { summary: 'The name of the parameter.', value: text },
    vhost,
    component: {
      summary: 'Which part of the broker, or which plugin, it belongs to.',
      value: words(
        'operator_policy',
        'vhost-limits',
        'shovel',
        'federation-upstream',
        'federation-upstream-set',
      ),
    },
    value: { summary: 'The settings that the component wants.', value: object },
  },
  queues: {
    name: { summary: 'The name of the queue: at most 255 bytes, not beginning with "amq.".', value: text },
    vhost,
    durable: {
      summary: 'Whether it survives a restart of its broker; quorum queues and streams must.',
      value: flag(true),
    },
    auto_delete: { summary: 'Whether it is deleted when its last consumer goes.', value: flag(false) },
    arguments: { summary: 'The type of the queue, its limits and where dead letters go.', value: object },
    type: {
      summary:
        'Exports since 4.2 write the type here and no import reads it: x-queue-type in the arguments decides.',
      value: words('classic', 'quorum', 'stream'),
      isPassedOver: true,
    },
    exclusive: {
      summary: 'No import can make an exclusive queue: it becomes a normal one.',
      value: flag(false),
      isPassedOver: true,
    },
  },
  bindings: {
    source: { summary: 'The exchange that messages come from.', value: nameOf('exchange') },
    vhost,
    destination: { summary: 'The queue or exchange that gets the messages.', value: nameOf('queue') },
    destination_type: { summary: 'What the destination is.', value: words('queue', 'exchange') },
    routing_key: {
      summary:
        'What the routing key of a message has to be, for topic exchanges as a pattern with * and #; fanout and headers exchanges pass over it.',
      value: text,
    },
    arguments: { summary: 'For headers exchanges: what headers to look for.', value: object },
  },
};

/** The same for the lists themselves. */
export const sectionFacts: Readonly<Record<SectionName, string>> = {
  users: 'Who may log in. Imported first.',
  vhosts: 'The virtual hosts: each has its own queues, exchanges, bindings, policies and permissions.',
  permissions: 'What users may do in a virtual host; without an entry a user cannot enter it.',
  topic_permissions: 'Which routing keys users may use with topic exchanges.',
  exchanges: 'The exchanges; "amq." ones and the default exchange are there anyway.',
  global_parameters: 'Settings of the whole cluster.',
  policies: 'Settings for all queues and exchanges whose names match a pattern.',
  parameters: 'Operator policies, limits of virtual hosts, shovels and federation.',
  queues: 'The queues and streams.',
  bindings: 'Which messages get from an exchange to a queue or another exchange. Imported last.',
};

export function fieldFact(section: SectionName, field: string): FieldFact | undefined {
  const facts: Readonly<Record<string, FieldFact>> = fieldFacts[section];
  return Object.hasOwn(facts, field) ? facts[field] : undefined;
}
