import { binding, bound, exchange, file, queue, withArguments } from './definitionsPieces';
import type { Row } from './topologyFileCases';
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
      policies: `${policy('⟦"a"⟧', '"^q"', '"max-length":1')},${policy('"b"', '"q"', '"expires":60000', priority('1'))}`,
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
    file({ queues: queue('', '"my-amq-q"'), policies: policy('"a"', '⟦"amq"⟧', '"expires":60000') }),
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
    ['refused/plugin-exchange-type', 'likely/covered-binding'],
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
      queues: queue(),
      exchanges: [exchange(), exchange('', '⟦"e0"⟧'), ...[1, 2, 3, 4, 5].map((n) => exchange('', `"e${n}"`))]
        .join(',')
        .replaceAll('"internal":false}', '"internal":false,"type":"fanout"}'),
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
      queues: quorum(
        '"q"',
        ',"x-dead-letter-exchange":"amq.fanout","x-dead-letter-strategy":⟦"at-least-once"⟧',
      ),
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
    'surprise/unknown-hashing-algorithm',
  ],
  [
    file({
      users:
        '{"name":"guest","tags":["management",⟦"administrator"⟧],"password_hash":""},{"name":"u","tags":[],"password_hash":""}',
    }),
    'advice/guest-administrator',
  ],
  [
    file({
      users:
        '{"name":"guest","tags":⟦"administrator"⟧,"password_hash":""},{"name":"u","tags":[],"password_hash":""}',
    }),
    'advice/guest-administrator',
  ],

  // Together with what a broker refuses or changes.
  [
    file({ policies: policy('"p"', '"^a"', '⟦⟦"ha-params"⟧⟧:2') }),
    ['refused/policy-key-needs-other', 'advice/mirroring-removed'],
    '3.13',
  ],
  [
    withArguments('"x-queue-type":"quorum","x-delivery-limit":-1,"x-overflow":⟦"reject-publish-dlx"⟧'),
    'surprise/overflow-ignored',
  ],
  [
    file({
      queues: queue('"arguments":{"x-queue-type":"quorum","x-delivery-limit":⟦"20"⟧}', '⟦"q"⟧'),
    }),
    ['advice/no-dead-letter-exchange', 'likely/argument-ignored'],
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
  [withArguments('⟦"x-queue-master-locator"⟧:"client-local"'), 'advice/deprecated-argument', '3.13'],
  [file({ queues: quorum('"q"', ',⟦"x-max-in-memory-length"⟧:5') }), 'advice/argument-without-effect'],
  [withArguments('"x-max-priority":⟦255⟧'), 'advice/many-priorities'],
  [
    file({ queues: '{"name":"q","vhost":"/","durable":true,"auto_delete":⟦true⟧}' }),
    'advice/auto-delete-queue',
  ],
];
