import type { Target } from '../../src/core/topologyFile/target';
import { binding, bound, exchange, file, queue, withArguments } from './definitionsPieces';
import {
  deadLetter,
  hash,
  operatorPolicy,
  policy,
  priority,
  quorum,
  to,
  users,
  withKey,
} from './topologyLintPieces';

/** Near misses of each: nothing is to be said of them. */
export const unlintedRows: readonly (readonly [string, Target?])[] = [
  // Policies.
  [
    file({
      queues: `${queue()},${queue('', '"r"')}`,
      policies: `${policy('"a"', '"^q"', '"max-length":1')},${policy('"b"', '"^r"', '"max-length":2')}`,
    }),
  ],
  [
    file({
      queues: queue(),
      policies: `${policy('"a"', '"^q"', '"max-length":1')},${policy('"b"', '"q$"', '"max-length": 1')}`,
    }),
  ],
  // One of a kind each, at one priority.
  [
    file({
      queues: queue(),
      policies: policy('"a"', '"^q"', '"message-ttl":1'),
      parameters: operatorPolicy('"b"', '^q', '"max-length":2'),
    }),
  ],
  // Below a third one, which of two would win is no question.
  [
    file({
      queues: `${queue()},${queue('', '"s"')},${queue('', '"t"')}`,
      policies: `${policy('"a"', '"[qs]"', '"max-length":1')},${policy('"b"', '"[qt]"', '"max-length":2')},${policy('"c"', '"^q"', '"expires":60000', priority('1'))}`,
    }),
  ],
  // What cannot be computed may match anything.
  [file({ queues: queue(), policies: policy('"a"', '"^(?!amq\\\\.).*"', '"max-length":1') })],
  [
    file({
      queues: queue(),
      policies: `${policy('"a"', '"^(?=q)"', '"expires":60000', priority('1'))},${policy('"b"', '"^q"', '"max-length":1')}`,
    }),
  ],
  [file({ policies: policy('"a"', '"^nothing"', '"max-length":1') })],
  [
    file({
      exchanges: exchange(),
      policies: policy('"a"', '"^o"', '"max-length":1', ',"apply-to":"queues"'),
    }),
  ],
  [file({ queues: queue(), policies: policy('"a"', '"^amq\\\\.gen"', '"expires":60000') })],
  [file({ queues: queue(), policies: policy('"a"', '"^mqtt-subscription"', '"expires":60000') })],
  [file({ queues: queue(), policies: policy('"a"', '".*"', '"queue-leader-locator":"balanced"') })],
  [file({ queues: queue(), parameters: operatorPolicy('"a"', '.*', '"max-length":1') })],
  ...['"[a-z]"', '"(?i)Q"', '"^(a|q)"'].map((pattern): readonly [string] => [
    file({ queues: queue(), policies: policy('"a"', pattern, '"message-ttl":1') }),
  ]),
  // A key for quorum queues is no loss to the others, while one of them gets it.
  [
    file({
      queues: `${queue()},${queue('"arguments":{"x-queue-type":"quorum","x-dead-letter-exchange":"amq.fanout"}', '"qq"')}`,
      policies: policy('"a"', '"^q"', '"delivery-limit":5'),
    }),
  ],
  [
    file({
      queues: queue('"arguments":{"x-max-length":5}'),
      policies: policy('"a"', '"^q"', '"max-length":5,"message-ttl":3'),
    }),
  ],

  // Bindings.
  [bound(`${withKey('"a.#"')},${withKey('"b.*"')}`, 'topic')],
  [
    bound(`${withKey('"a.*"')},${withKey('"a.#"')}`, 'topic')
      .replace('"a.*"', '"a"')
      .replace('"a.#"', '"a.*"'),
  ],
  [bound(`${withKey('"*.b"')},${withKey('"a.*"')}`, 'topic')],
  [
    file({
      queues: `${queue()},${queue('', '"r"')}`,
      exchanges: exchange(),
      bindings: `${withKey('"#"')},${to('x', 'r', 'a.b')}`,
    }),
  ],
  [bound(withKey('"a.*b"'), 'fanout')],
  [bound(withKey('"#"'), 'fanout')],
  [bound(withKey('"C#"'))],
  [bound(withKey('""', '"arguments":{"x-match":"any-with-x","x-kind":1}'), 'headers')],
  [bound(withKey('""', '"arguments":{"x-match":"all"}'), 'headers')],

  // Exchanges.
  [file({ exchanges: exchange() })],
  [
    file({
      queues: queue(),
      exchanges: `${exchange()},${exchange('"type":"fanout","arguments":{"alternate-exchange":"x"}', '"y"')},${exchange('"type":"topic"', '"z"').replace('"internal":false', '"internal":true')}`,
      bindings: binding(),
    }),
  ],
  [
    file({
      exchanges: `${exchange('"type":"topic","arguments":{"alternate-exchange":"y"}')},${exchange('"type":"direct","arguments":{"alternate-exchange":"amq.fanout"}', '"y"')}`,
    }),
  ],

  // Dead letters.
  [
    file({
      queues: `${deadLetter('"q"', '"dlx"', ',"x-dead-letter-routing-key":"dead.q"')},${queue('', '"dead"')}`,
      exchanges: exchange('"type":"topic"', '"dlx"'),
      bindings: to('dlx', 'dead', 'dead.*'),
    }),
  ],
  // By way of the default exchange to a queue that is there.
  [
    file({
      queues: `${queue('"arguments":{"x-dead-letter-exchange":"","x-dead-letter-routing-key":"k"}')},${queue('', '"k"')}`,
    }),
  ],
  // Its own key may be any.
  [
    file({
      queues: `${deadLetter('"q"', '"dlx"')},${queue('', '"dead"')}`,
      exchanges: exchange('"type":"direct"', '"dlx"'),
      bindings: to('dlx', 'dead', 'k'),
    }),
  ],
  [
    file({
      queues: `${deadLetter('"q"', '"dlx"', ',"x-dead-letter-routing-key":"other"')},${queue('', '"dead"')}`,
      exchanges: `${exchange('"type":"direct","arguments":{"alternate-exchange":"all"}', '"dlx"')},${exchange('"type":"fanout"', '"all"')}`,
      bindings: `${to('dlx', 'dead', 'k')},${to('all', 'dead')}`,
    }),
  ],
  // The key of a policy goes with the exchange of an argument.
  [
    file({
      queues: `${deadLetter('"q"', '""')},${queue('', '"dead"')}`,
      policies: policy('"a"', '"^q"', '"dead-letter-exchange":"","dead-letter-routing-key":"dead"'),
    }),
  ],
  // Declared by a file without bindings.
  [file({ queues: deadLetter('"q"', '"dlx"'), exchanges: exchange('"type":"topic"', '"dlx"') })],
  [
    file({
      queues: quorum(
        '"q"',
        ',"x-dead-letter-exchange":"amq.fanout","x-dead-letter-strategy":"at-least-once","x-overflow":"reject-publish"',
      ),
    }),
  ],
  [file({ queues: queue('"arguments":{"x-queue-type":"quorum"}') }), '3.13'],
  [
    file({
      queues: queue('"arguments":{"x-queue-type":"quorum"}'),
      policies: policy('"a"', '"^q"', '"dead-letter-exchange":"amq.fanout"'),
    }),
  ],

  // Accounts.
  [users(`,"password_hash":"${hash(36)}"`)],
  [users(`,"password_hash":"${hash(20)}","hashing_algorithm":"rabbit_password_hashing_md5"`)],
  [`{"rabbit_version":"3.5.7",${users(`,"password_hash":"${hash(20)}"`).slice(1)}`],
  [file({ users: '{"name":"guest","tags":[],"password_hash":""}' })],
  [file({ users: '{"name":"guest","tags":[],"password":"guest"}' })],
  [file({ users: '{"name":"guest","tags":["administrator"],"password_hash":""}' })],
  [users(',"password":"${RABBITMQ_PASSWORD}"'), '3.10'],

  // What has been there for ever.
  [withArguments('"x-queue-mode":"lazy"'), '3.10'],
  [withArguments('"x-queue-version":2'), '4.0'],
  [withArguments('"x-max-priority":10')],
];
