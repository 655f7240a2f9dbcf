import { binding, bound, exchange, file, queue, withArguments } from './definitionsPieces';
import type { Row } from './topologyFileCases';
import type { Target } from '../../src/core/topologyFile/target';

const policy = (name: string, pattern: string, definition: string, rest = ''): string =>
  `{"name":${name},"vhost":"/","pattern":${pattern},"definition":{${definition}}${rest}}`;
const operatorPolicy = (name: string, pattern: string, definition: string, priority = '0'): string =>
  `{"name":${name},"vhost":"/","component":"operator_policy","value":{"pattern":"${pattern}","priority":${priority},"apply-to":"queues","definition":{${definition}}}}`;
const priority = (value: string): string => `,"priority":${value}`;
const quorum = (name: string, rest = ''): string =>
  queue(`"arguments":{"x-queue-type":"quorum","x-delivery-limit":-1${rest}}`, name);
const withKey = (key: string, rest = ''): string => binding(rest, `"routing_key":${key}`);
const users = (rest: string, name = '"u"'): string => file({ users: `{"name":${name},"tags":[]${rest}}` });
const deadLetter = (name: string, exchangeName: string, rest = ''): string =>
  queue(`"arguments":{"x-dead-letter-exchange":${exchangeName}${rest}}`, name);
const to = (source: string, destination: string, key = '', kind = 'queue'): string =>
  `{"source":"${source}","vhost":"/","destination":"${destination}","destination_type":"${kind}","routing_key":"${key}","arguments":{}}`;
const hash = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

/** What the parts of a file mean together: a broker takes all of these as they are written. */
export const lintRows: readonly Row[] = [
  // Policies: whom they apply to.
  [
    file({
      queues: `${queue()},${queue('', '"r"')}`,
      policies: `${policy('"a"', '"^q"', '"max-length":1')},${policy('⟦"b"⟧', '"q$"', '"max-length":2')}`,
    }),
    'likely/policy-tie',
  ],
  [
    file({
      exchanges: exchange(),
      policies: `${policy('"a"', '"x"', '"alternate-exchange":"amq.topic"', priority('3'))},${policy('"b"', '"x"', '"alternate-exchange":"amq.fanout"', priority('⟦3.0⟧'))}`,
    }),
    'likely/policy-tie',
  ],
  [
    file({
      queues: queue(),
      parameters: `${operatorPolicy('"a"', '^q', '"max-length":1')},${operatorPolicy('"b"', '^q', '"max-length":2', '⟦0⟧')}`,
    }),
    'likely/policy-tie',
  ],
  [
    file({
      queues: queue(),
      policies: `${policy('⟦"a"⟧', '"^q"', '"max-length":1')},${policy('"b"', '"q"', '"expires":2', priority('1'))}`,
    }),
    'likely/policy-shadowed',
  ],
  [
    file({
      queues: queue(),
      exchanges: exchange(),
      policies: policy('⟦"a"⟧', '"^q"', '"max-length":1', ',"apply-to":"exchanges"'),
    }),
    'likely/policy-never-applies',
  ],
  [
    file({
      queues: queue(),
      policies: policy('⟦"a"⟧', '"^q"', '"max-length":1', ',"apply-to":"quorum_queues"'),
    }),
    'likely/policy-never-applies',
  ],
  [
    file({ queues: queue(), policies: policy('"a"', '"^q"', '"max-length":1,⟦"delivery-limit"⟧:5') }),
    'likely/policy-skips-queues',
  ],
  [
    file({ queues: queue(), policies: policy('"a"', '"^q"', '⟦"max-age"⟧:"7D"') }),
    'likely/policy-skips-queues',
  ],
  [
    file({
      queues: `${queue()},${quorum('"qq"')}`,
      policies: policy('"a"', '"^q"', '"max-length":1,⟦⟦"queue-mode"⟧⟧:"lazy"'),
    }),
    ['advice/argument-without-effect', 'likely/policy-skips-queues'],
  ],
  [
    file({ queues: queue(), policies: policy('"a"', '⟦"^orders\\\\."⟧', '"max-length":1') }),
    'advice/policy-matches-nothing',
  ],
  [
    file({
      exchanges: exchange(),
      policies: policy('"a"', '⟦"^(foo|bar)$"⟧', '"alternate-exchange":"amq.topic"'),
    }),
    'advice/policy-matches-nothing',
  ],
  ...['".*"', '""', '"^"', '"^.*$"', '"^[^.]|.+$"'].map((pattern): Row => {
    const policies = policy('"a"', `⟦${pattern}⟧`, '"message-ttl":1');
    return [file({ queues: queue(), policies }), 'advice/policy-catches-all'];
  }),
  [
    file({ queues: queue('', '"my-amq-q"'), policies: policy('"a"', '⟦"amq"⟧', '"expires":1') }),
    'advice/policy-catches-all',
  ],
  [
    file({
      queues: queue('"arguments":{"x-max-length":5}'),
      policies: policy('"a"', '"^q"', '⟦"max-length"⟧:1'),
    }),
    'advice/argument-and-policy',
  ],
  [
    file({
      queues: quorum('"q"', ',"x-overflow":"drop-head"'),
      policies: policy('"a"', '"^q"', '⟦"overflow"⟧:"reject-publish"'),
    }),
    'advice/argument-and-policy',
  ],

  // Bindings.
  [bound(`${withKey('"a.#"')},${withKey('⟦"a.*"⟧')}`, 'topic'), 'likely/covered-binding'],
  [bound(`${withKey('⟦"a.b.c"⟧')},${withKey('"#"')}`, 'topic'), 'likely/covered-binding'],
  [bound(`${withKey('"#.*"')},${withKey('⟦"*.#"⟧')}`, 'topic'), 'likely/covered-binding'],
  [bound(`${withKey('"a.#"')},${withKey('⟦"a"⟧')}`, 'topic'), 'likely/covered-binding'],
  [
    bound(`${withKey('"a.*"')},${withKey('⟦"a.b"⟧')}`, 'x-delayed-message').replace(
      '"type":"x-delayed-message"',
      '"type":⟦"x-delayed-message"⟧,"arguments":{"x-delayed-type":"topic"}',
    ),
    ['likely/plugin-exchange-type', 'likely/covered-binding'],
  ],
  [bound(withKey('⟦"orders*"⟧'), 'topic'), 'likely/literal-wildcard'],
  [bound(withKey('⟦"orders.#x.*"⟧'), 'topic'), 'likely/literal-wildcard'],
  [bound(withKey('⟦"orders.*"⟧')), 'likely/wildcard-on-direct-exchange'],
  [bound(withKey('⟦"#"⟧')), 'likely/wildcard-on-direct-exchange'],
  [
    bound(withKey('""', '"arguments":{"x-match":"any",⟦"x-kind"⟧:1,"n":2}'), 'headers'),
    'likely/header-not-compared',
  ],
  [bound(withKey('""', '"arguments":⟦{"x-match":"any"}⟧'), 'headers'), 'likely/binding-never-matches'],

  // Exchanges.
  [
    file({
      queues: queue(),
      exchanges: `${exchange()},${exchange('"type":"fanout"', '⟦"y"⟧')}`,
      bindings: binding(),
    }),
    'advice/exchange-without-bindings',
  ],
  [
    file({
      exchanges: `${exchange('"type":"topic","arguments":{"alternate-exchange":⟦"y"⟧}')},${exchange('"type":"direct","arguments":{"alternate-exchange":"z"}', '"y"')},${exchange('"type":"topic","arguments":{"alternate-exchange":"x"}', '"z"')}`,
    }),
    'likely/alternate-exchange-loop',
  ],
  [
    file({
      exchanges: exchange(),
      policies: policy('"a"', '"^x"', '"alternate-exchange":⟦"x"⟧', ',"apply-to":"exchanges"'),
    }),
    'likely/alternate-exchange-loop',
  ],
  [
    file({
      exchanges: `${exchange()},${exchange('"type":"topic"', '"xx"')}`,
      policies: policy('"a"', '"^x"', '"alternate-exchange":⟦"nowhere"⟧'),
    }),
    'likely/undeclared-alternate-exchange',
  ],

  // Dead letters.
  [
    file({
      queues: `${queue()},${queue('', '"qq"')}`,
      policies: policy('"a"', '"^q"', '"dead-letter-exchange":⟦"nowhere"⟧'),
    }),
    'likely/undeclared-dead-letter-exchange',
  ],
  [
    file({
      queues: `${deadLetter('"q"', '"dlx"', ',"x-dead-letter-routing-key":⟦"dead.q"⟧')},${queue('', '"dead"')}`,
      exchanges: exchange('"type":"direct"', '"dlx"'),
      bindings: to('dlx', 'dead', 'dead'),
    }),
    'likely/dead-letters-lost',
  ],
  [
    file({
      queues: `${deadLetter('"q"', '⟦"dlx"⟧')},${deadLetter('"r"', '"dlx"')},${queue('', '"dead"')}`,
      exchanges: `${exchange()},${exchange('"type":"topic"', '"dlx"')}`,
      bindings: to('x', 'dead', '#'),
    }),
    'likely/dead-letters-lost',
  ],
  [
    file({
      queues: `${queue()},${queue('', '"dead"')}`,
      exchanges: `${exchange()},${exchange('"type":"topic"', '"dlx"')},${exchange('"type":"topic"', '"end"')}`,
      bindings: `${to('x', 'dead', '#')},${to('dlx', 'end', '#', 'exchange')}`,
      policies: policy('"a"', '"^q"', '"dead-letter-exchange":⟦"dlx"⟧,"dead-letter-routing-key":"k"'),
    }),
    'likely/dead-letters-lost',
  ],
  [file({ queues: deadLetter('"q"', '⟦""⟧') }), 'likely/dead-letter-to-itself'],
  [
    file({ queues: deadLetter('"q"', '""', ',"x-dead-letter-routing-key":⟦"dead"⟧') }),
    'likely/undeclared-dead-letter-queue',
  ],
  [
    file({
      queues: `${deadLetter('"a"', '⟦""⟧', ',"x-dead-letter-routing-key":"b","x-message-ttl":5')},${deadLetter('"b"', '""', ',"x-dead-letter-routing-key":"a","x-max-length":5')}`,
    }),
    'likely/dead-letter-cycle',
  ],
  [
    file({
      queues: deadLetter('"q"', '⟦"x"⟧', ',"x-dead-letter-routing-key":"a.q","x-message-ttl":5'),
      exchanges: exchange(),
      bindings: to('x', 'q', 'a.*'),
    }),
    'likely/dead-letter-cycle',
  ],
  [
    file({
      queues: `${deadLetter('"work"', '⟦"retry"⟧')},${deadLetter('"wait"', '""', ',"x-dead-letter-routing-key":"work","x-message-ttl":5')}`,
      exchanges: exchange('"type":"fanout"', '"retry"'),
      bindings: to('retry', 'wait'),
    }),
    'advice/retry-cycle',
  ],
  [
    file({ queues: queue('"arguments":{"x-queue-type":"quorum"}', '⟦"q"⟧') }),
    'advice/no-dead-letter-exchange',
    '4.0',
  ],
  [
    file({
      vhosts: '{"name":"/","metadata":{"default_queue_type":"quorum"}}',
      queues: `${queue('', '⟦"q"⟧')},${queue('', '"r"')}`,
    }),
    'advice/no-dead-letter-exchange',
  ],
  [
    file({
      queues: `${quorum('"q"', ',"x-dead-letter-exchange":"amq.fanout","x-dead-letter-strategy":⟦"at-least-once"⟧')}`,
    }),
    'likely/at-least-once-not-used',
  ],

  // Accounts.
  [users(',"password":⟦"secret"⟧'), 'likely/plain-password'],
  [users(`,"password_hash":⟦"${hash(32)}"⟧`), 'likely/unusable-password-hash'],
  [
    users(`,"password_hash":⟦"${hash(36)}"⟧,"hashing_algorithm":"rabbit_password_hashing_sha512"`),
    'likely/unusable-password-hash',
  ],
  [
    users(`,"password_hash":"${hash(36)}","hashing_algorithm":⟦"sha256"⟧`),
    'likely/unknown-hashing-algorithm',
  ],
  [
    file({ users: '{"name":"guest","tags":["management",⟦"administrator"⟧],"password_hash":""}' }),
    'advice/guest-administrator',
  ],
  [
    file({ users: '{"name":"guest","tags":⟦"administrator"⟧,"password_hash":""}' }),
    'advice/guest-administrator',
  ],

  // What does nothing any more, or will be gone.
  [
    file({ policies: policy('"a"', '"^q"', '⟦"ha-mode"⟧:"all","ha-sync-mode":"automatic"') }),
    'advice/mirroring-removed',
    '3.13',
  ],
  [
    file({ parameters: operatorPolicy('"a"', '^q', '⟦"ha-mode"⟧:"all"') }),
    'advice/mirroring-removed',
    '3.13',
  ],
  [
    file({ parameters: operatorPolicy('"a"', '^q', '⟦"queue-master-locator"⟧:"random"') }),
    'advice/deprecated-argument',
    '4.0',
  ],
  [withArguments('⟦"x-queue-mode"⟧:"lazy"'), 'advice/argument-without-effect', '4.0'],
  [withArguments('⟦"x-queue-mode"⟧:"anything"'), 'advice/argument-without-effect'],
  [withArguments('⟦"x-queue-version"⟧:2'), 'advice/argument-without-effect'],
  [withArguments('⟦"x-queue-version"⟧:1'), 'advice/deprecated-argument', '4.0'],
  [withArguments('⟦"x-queue-master-locator"⟧:"min-masters"'), 'advice/deprecated-argument', '3.13'],
  [file({ queues: quorum('"q"', ',⟦"x-max-in-memory-length"⟧:5') }), 'advice/argument-without-effect'],
  [withArguments('"x-max-priority":⟦255⟧'), 'advice/many-priorities'],
  [
    file({ queues: '{"name":"q","vhost":"/","durable":true,"auto_delete":⟦true⟧}' }),
    'advice/auto-delete-queue',
  ],
];

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
      policies: `${policy('"a"', '"[qs]"', '"max-length":1')},${policy('"b"', '"[qt]"', '"max-length":2')},${policy('"c"', '"^q"', '"expires":2', priority('1'))}`,
    }),
  ],
  // What cannot be computed may match anything.
  [file({ queues: queue(), policies: policy('"a"', '"^(?!amq\\\\.).*"', '"max-length":1') })],
  [
    file({
      queues: queue(),
      policies: `${policy('"a"', '"^(?=q)"', '"expires":1', priority('1'))},${policy('"b"', '"^q"', '"max-length":1')}`,
    }),
  ],
  [file({ policies: policy('"a"', '"^nothing"', '"max-length":1') })],
  [
    file({
      exchanges: exchange(),
      policies: policy('"a"', '"^o"', '"max-length":1', ',"apply-to":"queues"'),
    }),
  ],
  [file({ queues: queue(), policies: policy('"a"', '"^amq\\\\.gen"', '"expires":1') })],
  [file({ queues: queue(), policies: policy('"a"', '"^mqtt-subscription"', '"expires":1') })],
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

  // What has been there for ever.
  [withArguments('"x-queue-mode":"lazy"'), '3.10'],
  [withArguments('"x-queue-version":2'), '4.0'],
  [withArguments('"x-max-priority":10')],
];
