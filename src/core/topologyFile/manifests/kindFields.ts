import type { FreeKeys, ManifestField, ManifestValue, NamedKind } from './kinds';

/** The pieces that the tables of kinds are made of. */
export const text: ManifestValue = { kind: 'text' };
export const boolean: ManifestValue = { kind: 'boolean' };
export const integer: ManifestValue = { kind: 'integer' };
export const words = (...oneOf: string[]): ManifestValue => ({ kind: 'text', oneOf });
export const nameOf = (names: NamedKind): ManifestValue => ({ kind: 'text', names });
export const free = (keys: FreeKeys): ManifestValue => ({ kind: 'free', keys });

type Extra = Omit<ManifestField, 'name' | 'value' | 'summary'>;
export const required: Extra = { isRequired: true };
export const fixed: Extra = { isFixed: true };
export const requiredAndFixed: Extra = { isRequired: true, isFixed: true };

export function field(name: string, value: ManifestValue, summary: string, extra: Extra = {}): ManifestField {
  return { name, value, summary, ...extra };
}

export function object(
  name: string,
  fields: readonly ManifestField[],
  summary: string,
  extra: Extra = {},
): ManifestField {
  return { name, value: { kind: 'fields', fields }, summary, ...extra };
}

export const secret = (name: string, summary: string, extra: Extra = {}): ManifestField =>
  object(
    name,
    [field('name', text, 'The name of a Secret in the namespace of this resource.')],
    summary,
    extra,
  );

export const clusterReference = object(
  'rabbitmqClusterReference',
  [
    field('name', nameOf('cluster'), 'The RabbitmqCluster; either this or connectionSecret.'),
    field('namespace', text, 'Its namespace, where that is another one.'),
    secret('connectionSecret', 'A Secret with uri, username and password of a broker; either this or name.'),
  ],
  'Which RabbitMQ gets it. Needs either name or connectionSecret.',
  requiredAndFixed,
);
export const vhost = field('vhost', nameOf('vhost'), 'The virtual host it is in.', {
  default: '/',
  isFixed: true,
});
export const deletionPolicy = field(
  'deletionPolicy',
  words('delete', 'retain'),
  'Whether the object on the broker is deleted together with the resource.',
  { default: 'delete' },
);
export const userReference = object(
  'userReference',
  [field('name', nameOf('user'), 'metadata.name of a User resource in the same namespace.')],
  'The user, by the name of its User resource; either this or user.',
  fixed,
);
export const user = field(
  'user',
  text,
  'The name of a user on the broker; either this or userReference.',
  fixed,
);
export const ownVhost = field('vhost', nameOf('vhost'), 'The virtual host.', requiredAndFixed);
export const priority = field(
  'priority',
  integer,
  'Of several that match the one with the highest priority applies alone.',
  { default: '0' },
);
export const pattern = (of: string): ManifestField =>
  field(
    'pattern',
    text,
    `A regular expression over names of ${of}; it matches anywhere in a name unless ^ and $ say otherwise.`,
    required,
  );
export const protocol = (side: string): ManifestField =>
  field(`${side}Protocol`, words('amqp091', 'amqp10'), 'The protocol of that side.');
export const ackMode = field(
  'ackMode',
  words('on-confirm', 'on-publish', 'no-ack'),
  'When a message counts as moved.',
);
export const limits = (summary: string, ...names: string[]): ManifestField =>
  object(
    'limits',
    names.map((name) => field(name, integer, `The most ${name}; -1 for no limit.`)),
    summary,
  );
