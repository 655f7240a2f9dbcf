import type { SectionName } from '../sections';
import { vhostSections } from '../sections';
import type { Proposal } from './item';
import { choice, snippetText } from './item';

interface EntrySnippet {
  readonly label: string;
  readonly summary: string;
  /** Fields as key and snippet of the value; `vhost` is put in where the file wants it. */
  readonly fields: readonly (readonly [key: string, value: string])[];
}

const types = choice(3, ['direct', 'fanout', 'topic', 'headers']);
const queueOf = (args: string): EntrySnippet['fields'] => [
  ['name', '"$1"'],
  ['durable', 'true'],
  ['auto_delete', 'false'],
  ['arguments', args],
];

const snippets: Readonly<Record<SectionName, readonly EntrySnippet[]>> = {
  queues: [
    {
      label: 'quorum queue',
      summary: 'A replicated queue. It holds twenty deliveries of a message before it gives up on it.',
      fields: queueOf('{ "x-queue-type": "quorum" }'),
    },
    {
      label: 'classic queue',
      summary: 'A queue on one node.',
      fields: queueOf('{ "x-queue-type": "classic" }'),
    },
    {
      label: 'stream',
      summary: 'A log that many can read without removing anything; bounded by size or age.',
      fields: queueOf('{ "x-queue-type": "stream", "x-max-age": "${3:7D}" }'),
    },
    {
      label: 'quorum queue with dead letters',
      summary: 'Rejected, expired and too often returned messages go to an exchange.',
      fields: queueOf('{ "x-queue-type": "quorum", "x-dead-letter-exchange": "$3" }'),
    },
  ],
  exchanges: [
    {
      label: 'exchange',
      summary: 'A place to publish to.',
      fields: [
        ['name', '"$1"'],
        ['type', `"${types}"`],
        ['durable', 'true'],
        ['auto_delete', 'false'],
        ['internal', 'false'],
        ['arguments', '{}'],
      ],
    },
  ],
  bindings: [
    {
      label: 'binding to a queue',
      summary: 'Messages that match get from the exchange into the queue.',
      fields: [
        ['source', '"$1"'],
        ['destination', '"$3"'],
        ['destination_type', '"queue"'],
        ['routing_key', '"$4"'],
        ['arguments', '{}'],
      ],
    },
    {
      label: 'binding to an exchange',
      summary: 'Messages that match get from one exchange to another.',
      fields: [
        ['source', '"$1"'],
        ['destination', '"$3"'],
        ['destination_type', '"exchange"'],
        ['routing_key', '"$4"'],
        ['arguments', '{}'],
      ],
    },
  ],
  policies: [
    {
      label: 'policy',
      summary: 'Settings for all queues or exchanges whose names match.',
      fields: [
        ['name', '"$1"'],
        ['pattern', '"${3:^}"'],
        [
          'apply-to',
          `"${choice(4, ['queues', 'quorum_queues', 'classic_queues', 'streams', 'exchanges', 'all'])}"`,
        ],
        ['definition', '{ "${5:max-length}": ${6:10000} }'],
        ['priority', '${7:0}'],
      ],
    },
  ],
  parameters: [
    {
      label: 'operator policy',
      summary: 'Limits that users cannot exceed.',
      fields: [
        ['component', '"operator_policy"'],
        ['name', '"$1"'],
        [
          'value',
          '{ "pattern": "${3:^}", "definition": { "${4:max-length}": ${5:10000} }, "priority": 0, "apply-to": "queues" }',
        ],
      ],
    },
    {
      label: 'limits of a virtual host',
      summary: 'The most connections and queues.',
      fields: [
        ['component', '"vhost-limits"'],
        ['name', '"limits"'],
        ['value', '{ "max-connections": ${3:1000}, "max-queues": ${4:1000} }'],
      ],
    },
  ],
  global_parameters: [
    {
      label: 'global parameter',
      summary: 'A setting of the whole cluster.',
      fields: [
        ['name', '"$1"'],
        ['value', '"$2"'],
      ],
    },
  ],
  users: [
    {
      label: 'user',
      summary: 'A user with a password hash; "" for one without a password.',
      fields: [
        ['name', '"$1"'],
        ['password_hash', '"$2"'],
        ['hashing_algorithm', '"rabbit_password_hashing_sha256"'],
        ['tags', '[$3]'],
      ],
    },
  ],
  vhosts: [{ label: 'virtual host', summary: 'A virtual host.', fields: [['name', '"$1"']] }],
  permissions: [
    {
      label: 'permission',
      summary: 'What a user may do in a virtual host.',
      fields: [
        ['user', '"$1"'],
        ['configure', '"${3:.*}"'],
        ['write', '"${4:.*}"'],
        ['read', '"${5:.*}"'],
      ],
    },
  ],
  topic_permissions: [
    {
      label: 'topic permission',
      summary: 'Which routing keys a user may use.',
      fields: [
        ['user', '"$1"'],
        ['exchange', '"$3"'],
        ['write', '"${4:.*}"'],
        ['read', '"${5:.*}"'],
      ],
    },
  ],
};

/** Whole entries of a section; `vhost` is `undefined` in a file of a single virtual host. */
export function entryProposals(section: SectionName, vhost: string | undefined): Proposal[] {
  const inVhost = vhost !== undefined && (vhostSections as readonly string[]).includes(section);
  return snippets[section].map(({ label, summary, fields }) => {
    const [first, ...others] = fields;
    const vhostField = ['vhost', `"\${2:${snippetText(JSON.stringify(vhost ?? '').slice(1, -1))}}"`] as const;
    const all = [...(first ? [first] : []), ...(inVhost ? [vhostField] : []), ...others];
    const lines = all.map(([key, value]) => `\t${JSON.stringify(key)}: ${value}`);
    return {
      label,
      kind: 'entry',
      insert: `{\n${lines.join(',\n')}\n}`,
      isSnippet: true,
      documentation: summary,
    };
  });
}
