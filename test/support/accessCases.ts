import type { Target } from '../../src/core/topologyFile/target';
import { binding, file, permission, queue, user } from './definitionsPieces';

/** Rows for virtual hosts, users and what they may do; see topologyFileCases.ts. */
export const accessRows: readonly (readonly [
  source: string,
  codes: string | readonly string[],
  target?: Target,
])[] = [
  // Virtual hosts and users.
  [file({ vhosts: '', queues: '{"name":⟦"q"⟧}' }), 'refused/missing-vhost'],
  [file({ queues: `${queue()},{"name":⟦"r"⟧}` }), 'refused/missing-vhost'],
  ['{"queues":[{"name":⟦"q"⟧},{"name":"r"}],"bindings":[]}', 'refused/missing-vhost'],
  ['{"policies":[{"name":⟦"p"⟧,"pattern":"a","definition":{"expires":1}}]}', 'refused/missing-vhost', '3.10'],
  // As RabbitMQ 3.10 exports one virtual host: its policies and parameters name it, nothing else does.
  [
    '{"policies":[{"vhost":"/","name":"p","pattern":"^q$","apply-to":"queues","definition":{"expires":60000},"priority":0}],"parameters":[],"queues":[{"name":⟦"q"⟧,"durable":true,"auto_delete":false,"arguments":{}},{"name":"r","durable":true,"auto_delete":false,"arguments":{}}],"exchanges":[],"bindings":[]}',
    'refused/missing-vhost',
  ],
  ['{"exchanges":[{"name":⟦"amq.topic"⟧,"type":"topic","durable":true}]}', 'refused/missing-vhost'],
  [
    file({ queues: queue(), bindings: binding().replace('"vhost":"/",', '').replace('{', '⟦{⟧') }),
    'surprise/binding-dropped',
    '3.10',
  ],
  [file({ queues: '{"name":"q","vhost":⟦"shop"⟧}' }), 'refused/undeclared-vhost'],
  [
    file({
      vhosts: '{"name":"/","default_queue_type":⟦"quorum"⟧}',
      queues: queue(),
    }),
    'surprise/default-queue-type-ignored',
  ],
  [
    file({ permissions: '{"user":⟦"bob"⟧,"vhost":"/","configure":"","write":"","read":""}' }),
    'refused/undeclared-user',
  ],
  [file({ permissions: permission(',"configure":"","write":⟦"*"⟧,"read":""') }), 'refused/bad-pattern'],
  [file({ permissions: '⟦{⟧"user":"guest","vhost":"/","configure":"","read":""}' }), 'refused/missing-field'],
  [file({ users: '{"name":⟦"u"⟧,"password_hash":""}' }), 'refused/missing-field'],
  [file({ users: user(',"tags":[],"password":⟦"x"⟧,"password_hash":""') }), 'refused/two-passwords'],
  [file({ users: user(',"tags":[],"password_hash":⟦"secret!"⟧') }), 'refused/bad-password-hash'],
  [file({ users: user(',"tags":[],"password_hash":⟦5⟧') }), 'refused/wrong-type'],
  [file({ users: user(',"tags":⟦null⟧,"password_hash":""') }), 'refused/wrong-type'],
  [file({ users: user(',"tags":[],"password":⟦5⟧') }), 'refused/wrong-type'],
  [file({ users: user(',"tags":[],"password_hash":"","limits":{⟦"max-foo"⟧:5}') }), 'refused/wrong-value'],
  [
    file({ users: user(',"tags":[],"password_hash":"","limits":{"max-channels":⟦"5"⟧}') }),
    'refused/wrong-type',
  ],
  [file({ permissions: permission(',"configure":"","write":⟦null⟧,"read":""') }), 'refused/wrong-type'],
  [
    file({ topic_permissions: permission(',"exchange":⟦".*"⟧,"write":"","read":""') }),
    'refused/undeclared-exchange',
  ],
  [file({ vhosts: '{"name":"/","metadata":⟦[]⟧}' }), 'refused/wrong-type', '4.0'],
  [
    file({ vhosts: '{"name":"/","metadata":{"default_queue_type":⟦"Quorum"⟧}}' }),
    'refused/unknown-queue-type',
  ],
  [file({ users: '{"name":⟦"u"⟧,"tags":[]}' }), 'likely/no-password'],

  [
    file({ vhosts: '{"name":"new","metadata":{"default_queue_type":⟦"Quorum"⟧}}' }),
    'refused/unknown-queue-type',
    '4.0',
  ],

  // What people and old versions write into users and virtual hosts.
  [
    file({
      users: user(
        ',"tags":[],"password_hash":"9/1i+jKFRpbTRV1PtRnzFFYibT3cEpP92JeZ8YKGtflf4e/u","hashing_algorithm":⟦"SHA256"⟧',
      ),
    }),
    'surprise/unknown-hashing-algorithm',
  ],
  [
    file({
      users: user(
        ',"tags":[],"password_hash":"9/1i+jKFRpbTRV1PtRnzFFYibT3cEpP92JeZ8YKGtflf4e/u","hashing_algorithm":⟦null⟧',
      ),
    }),
    'surprise/unknown-hashing-algorithm',
  ],
  [file({ users: user(',"tags":[],"password_hash":"","hashing_algorithm":⟦5⟧') }), 'refused/wrong-type'],
  [file({ users: user(',"tags":[⟦1.5⟧],"password_hash":""') }), 'refused/wrong-type'],
  [file({ users: user(',"tags":[⟦["a"]⟧],"password_hash":""') }), 'refused/wrong-type'],
  [file({ users: user(',"tags":[],"password_hash":"","permissions":⟦[]⟧') }), 'refused/wrong-type'],
  [
    file({
      vhosts: '{"name":"shop"}',
      users: user(
        ',"tags":[],"password_hash":"","permissions":{⟦"shop"⟧:{"configure":"","write":"","read":""}}',
      ),
    }),
    'refused/undeclared-vhost',
  ],
  [
    file({ users: user(',"tags":[],"password_hash":"","permissions":{"/":⟦{⟧"configure":"","write":""}}') }),
    'refused/missing-field',
  ],
  [file({ permissions: '⟦{⟧"vhost":"/","configure":"","write":"","read":""}' }), 'refused/missing-field'],
  [
    file({ topic_permissions: '⟦{⟧"user":"guest","vhost":"/","write":"","read":""}' }),
    'refused/missing-field',
  ],
  [file({ topic_permissions: permission(',"exchange":⟦null⟧,"write":"","read":""') }), 'refused/wrong-type'],
  [file({ vhosts: '{"name":"/","tracing":⟦"true"⟧}' }), 'refused/wrong-type'],
  [
    file({ vhosts: '{"name":"shop","metadata":{"default_queue_type":⟦"Quorum"⟧}}' }),
    'surprise/vhost-not-created',
    '3.10',
  ],
  [
    file({ vhosts: '{"name":"/","metadata":{"default_queue_type":⟦"Quorum"⟧}}', queues: queue() }),
    'refused/unknown-queue-type',
    '4.0',
  ],
  [
    file({
      vhosts: '{"name":"/","metadata":{"default_queue_type":⟦"rabbit_quorum_queue"⟧}}',
      queues: queue(),
    }),
    'refused/unknown-queue-type',
  ],
];
