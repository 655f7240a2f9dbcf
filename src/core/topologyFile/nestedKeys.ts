import type { FieldValue } from './fieldFacts';

/** A key of one of the small objects inside entries. */
export interface NestedKey {
  readonly name: string;
  readonly summary: string;
  readonly value: FieldValue;
}

const text: FieldValue = { kind: 'text' };
const key = (name: string, value: FieldValue, summary: string): NestedKey => ({ name, value, summary });
const count = (name: string, summary: string): NestedKey =>
  key(name, { kind: 'number', usual: 100 }, summary);
const words = (...oneOf: string[]): FieldValue => ({ kind: 'words', words: oneOf });

export const userLimits: readonly NestedKey[] = [
  count('max-connections', 'The most connections the user may have open.'),
  count('max-channels', 'The most channels the user may have open, over all connections.'),
];

export const vhostMetadata: readonly NestedKey[] = [
  key('description', text, 'A line for people.'),
  key('tags', { kind: 'list' }, 'Words for people and tools.'),
  key(
    'default_queue_type',
    words('classic', 'quorum', 'stream'),
    'The type of queues that are declared without x-queue-type; since 3.11 for imports as well.',
  ),
  key(
    'protected_from_deletion',
    { kind: 'boolean', usual: true },
    'Whether the virtual host can be deleted only after this has been taken back.',
  ),
];

/** Of every exchange, then of those types only. */
export const exchangeArguments: readonly (NestedKey & { readonly ofType?: string })[] = [
  key(
    'alternate-exchange',
    { kind: 'name', of: 'exchange' },
    'Gets the messages that this exchange cannot route.',
  ),
  {
    ...key('x-delayed-type', words('direct', 'fanout', 'topic', 'headers'), 'How it routes after the delay.'),
    ofType: 'x-delayed-message',
  },
  {
    ...key('hash-header', text, 'The header to hash instead of the routing key.'),
    ofType: 'x-consistent-hash',
  },
  {
    ...key(
      'hash-property',
      words('message_id', 'correlation_id', 'timestamp'),
      'The property to hash instead of the routing key.',
    ),
    ofType: 'x-consistent-hash',
  },
  {
    ...count('x-recent-history-length', 'How many messages the exchange keeps for new bindings.'),
    ofType: 'x-recent-history',
  },
];

export const headersMatch: NestedKey = key(
  'x-match',
  words('all', 'any', 'all-with-x', 'any-with-x'),
  'Whether all or any of the headers have to match; others that begin with x- count only with all-with-x and any-with-x (since 3.10).',
);

/** The value of a parameter, by its component. */
export const parameterValues: Readonly<Record<string, readonly NestedKey[]>> = {
  operator_policy: [
    key('pattern', text, 'A regular expression over names of queues.'),
    key('definition', { kind: 'object' }, 'Limits that users cannot exceed.'),
    key('priority', { kind: 'number', usual: 0 }, 'Of several operator policies the highest applies alone.'),
    key('apply-to', words('queues', 'classic_queues', 'quorum_queues', 'streams'), 'The kind of queue.'),
  ],
  'vhost-limits': [
    count('max-connections', 'The most connections to the virtual host; -1 for no limit.'),
    count('max-queues', 'The most queues in the virtual host; -1 for no limit.'),
  ],
  shovel: [
    key('src-uri', text, 'The broker to take messages from; "amqp://" is this one.'),
    key('src-protocol', words('amqp091', 'amqp10', 'local'), 'The protocol of that side; local since 4.2.'),
    key('src-queue', { kind: 'name', of: 'queue' }, 'The queue to take messages from.'),
    key(
      'src-exchange',
      { kind: 'name', of: 'exchange' },
      'The exchange to take messages from, in place of a queue.',
    ),
    key('src-exchange-key', text, 'The routing key to bind to that exchange with.'),
    key('src-delete-after', words('never', 'queue-length'), 'When the shovel ends by itself.'),
    key('dest-uri', text, 'The broker to send messages to; "amqp://" is this one.'),
    key('dest-protocol', words('amqp091', 'amqp10', 'local'), 'The protocol of that side; local since 4.2.'),
    key('dest-queue', { kind: 'name', of: 'queue' }, 'The queue to send messages to.'),
    key(
      'dest-exchange',
      { kind: 'name', of: 'exchange' },
      'The exchange to send messages to, in place of a queue.',
    ),
    key('dest-exchange-key', text, 'The routing key to send with.'),
    key('ack-mode', words('on-confirm', 'on-publish', 'no-ack'), 'When a message counts as moved.'),
    key('reconnect-delay', { kind: 'number', usual: 5 }, 'Seconds to wait before connecting again.'),
  ],
  'federation-upstream': [
    key('uri', text, 'The broker upstream.'),
    key('exchange', text, 'The exchange upstream; without it the one of the same name.'),
    key('queue', text, 'The queue upstream; without it the one of the same name.'),
    key('ack-mode', words('on-confirm', 'on-publish', 'no-ack'), 'When a message counts as moved.'),
    count('prefetch-count', 'The most unacknowledged messages on the link.'),
    key('max-hops', { kind: 'number', usual: 1 }, 'How many links a message may pass.'),
    key(
      'expires',
      { kind: 'number', usual: 3_600_000 },
      'Milliseconds after which the upstream queue of a lost link is deleted.',
    ),
    key(
      'message-ttl',
      { kind: 'number', usual: 3_600_000 },
      'Milliseconds after which a message waiting upstream expires.',
    ),
    key('trust-user-id', { kind: 'boolean', usual: false }, 'Whether the user id of messages is passed on.'),
  ],
};
