import type { Target } from '../../src/core/topologyFile/target';
import { binding, bound, exchange, file, queue, withArguments } from './definitionsPieces';

/** A file with marks, the codes expected at them, the target (4.3 unless told), and what is fine instead. */
export type Row = readonly [source: string, codes: string | readonly string[], target?: Target];

const user = (rest: string): string => `{"name":"u"${rest}}`;
const policy = (rest: string, name = '"p"'): string => `{"name":${name},"vhost":"/","pattern":"^a"${rest}}`;
const parameter = (component: string, value: string, name = '"limits"'): string =>
  file({ parameters: `{"name":${name},"vhost":"/","component":${component},"value":${value}}` });
const limits = (value: string, name?: string): string => parameter('"vhost-limits"', value, name);
const operatorPolicy = (value: string): string => parameter('"operator_policy"', value, '"o"');
const permission = (rest: string): string => `{"user":"guest","vhost":"/"${rest}}`;

export const ruleRows: readonly Row[] = [
  // The shape of the file.
  ['⟦[⟧]', 'refused/not-an-object'],
  ['⟦n⟧ull', 'refused/not-an-object'],
  ['{⟦"queues"⟧:{}}', 'refused/section-not-a-list'],
  ['{⟦"users"⟧:null}', 'refused/section-not-a-list'],
  ['{"queues":[⟦"a"⟧]}', 'refused/entry-not-an-object'],
  ['{"exchanges":[⟦5⟧]}', 'refused/entry-not-an-object'],
  ['{"exchanges":[⟦5⟧]}', 'surprise/entry-not-an-object', '3.10'],
  ['{"policies":[⟦null⟧]}', 'surprise/entry-not-an-object'],
  ['{"vhosts":[⟦"shop"⟧]}', 'surprise/entry-not-an-object'],
  ['{"vhosts":[⟦"/"⟧],"users":[⟦"guest"⟧]}', ['likely/entry-not-an-object', 'likely/entry-not-an-object']],
  [file({ queues: '{"name":"a",⟦"name"⟧:"b","vhost":"/","durable":true}' }), 'surprise/duplicate-key'],
  ['{"queues":[],⟦"queues"⟧:[]}', 'likely/repeated-key'],
  ['{"queues":[],⟦"q\\u0075eues"⟧:[]}', 'likely/repeated-key'],

  // Names.
  [file({ queues: queue('', '⟦5⟧') }), 'refused/missing-name'],
  [file({ queues: '⟦{⟧"vhost":"/"}' }), 'refused/missing-name'],
  [file({ policies: policy(',"definition":{"expires":1}', '⟦null⟧') }), 'surprise/missing-name'],
  [file({ policies: policy(',"definition":{"expires":1}', '⟦5⟧') }), 'refused/missing-name'],
  [file({ vhosts: '{"name":⟦5⟧}' }), 'refused/missing-name'],
  [file({ vhosts: '{"name":⟦5⟧}' }), 'surprise/missing-name', '3.10'],
  [file({ global_parameters: '{"name":⟦5⟧,"value":1}' }), 'refused/missing-name'],
  [file({ exchanges: exchange('"type":"topic"', '⟦null⟧') }), 'surprise/missing-name'],
  [file({ exchanges: exchange('"type":"topic"', '⟦5⟧') }), 'refused/missing-name'],
  [file({ exchanges: exchange('"type":"topic"', '⟦5⟧') }), 'surprise/missing-name', '3.10'],
  [file({ queues: queue('', '⟦""⟧') }), 'surprise/empty-name'],
  [file({ queues: queue('', `⟦"${'é'.repeat(128)}"⟧`) }), 'surprise/long-name'],
  [file({ queues: queue('', '⟦"amq.gen-1"⟧') }), 'surprise/reserved-name'],
  [file({ exchanges: exchange('', '⟦"amq.mine"⟧') }), 'surprise/reserved-name'],
  [file({ exchanges: exchange('"type":"headers"', '⟦"amq.topic"⟧') }), 'surprise/reserved-name'],

  // Virtual hosts that are no text, and their tags.
  [file({ queues: '{"name":"q","vhost":⟦5⟧,"durable":true,"auto_delete":false}' }), 'refused/wrong-type'],
  [
    file({ exchanges: '{"name":"x","vhost":⟦null⟧,"type":"topic","durable":true,"auto_delete":false}' }),
    'refused/wrong-type',
  ],
  [file({ vhosts: '{"name":"/","tags":⟦5⟧}' }), 'refused/wrong-type'],
  [file({ vhosts: '{"name":"/","metadata":{"tags":⟦true⟧}}' }), 'refused/wrong-type'],

  [
    file({ permissions: '{"user":⟦5⟧,"vhost":"/","configure":"","write":"","read":""}' }),
    'refused/wrong-type',
  ],
  [
    file({ topic_permissions: '{"user":⟦null⟧,"vhost":"/","exchange":"","write":"","read":""}' }),
    'refused/wrong-type',
  ],
  [
    file({ queues: queue('"arguments":{"x-message-ttl":"x","y":null}', '⟦"amq.q"⟧') }),
    'surprise/reserved-name',
  ],
  [
    bound(binding('"arguments":⟦null⟧').replace('"x"', '⟦"nowhere"⟧')),
    ['surprise/binding-dropped', 'refused/wrong-type'],
    '3.10',
  ],
  [bound(binding('"arguments":["a"]').replace('"x"', '⟦"nowhere"⟧')), 'surprise/binding-dropped', '3.10'],

  // Parameters.
  [parameter('⟦"nothing"⟧', '{}'), 'refused/wrong-value'],
  [parameter('⟦"policy"⟧', '{}'), 'refused/wrong-value'],
  [parameter('⟦5⟧', '{}'), 'refused/wrong-type'],
  [parameter('⟦"shovel"⟧', '{}'), 'likely/plugin-parameter'],
  [parameter('⟦"federation-upstream"⟧', '{}'), 'refused/plugin-parameter'],
  [file({ parameters: '{"name":⟦"n"⟧,"vhost":"/","value":1}' }), 'refused/missing-field'],
  [file({ parameters: '⟦{⟧"vhost":"/","component":"vhost-limits","value":{}}' }), 'refused/missing-name'],
  [limits('{}', '⟦5⟧'), 'refused/missing-name'],
  [limits('{}', '⟦"x"⟧'), 'refused/wrong-value'],
  [limits('⟦5⟧'), 'refused/wrong-type'],
  [limits('⟦null⟧'), 'refused/wrong-type'],
  [limits('{⟦"max-x"⟧:1}'), 'refused/wrong-value'],
  [limits('{"max-queues":⟦"10"⟧}'), 'refused/wrong-type'],
  [limits('{"max-connections":⟦1.5⟧}'), 'refused/wrong-type'],
  [
    file({ parameters: '{"name":⟦"limits"⟧,"vhost":"/","component":"vhost-limits"}' }),
    'refused/missing-field',
  ],
  [operatorPolicy('⟦{⟧"pattern":"a","definition":{"expires":1}}'), 'refused/missing-field'],
  [operatorPolicy('⟦{⟧"priority":0,"definition":{"expires":1}}'), 'refused/missing-field'],
  [operatorPolicy('⟦{⟧"priority":0,"pattern":"^a"}'), 'refused/empty-policy'],
  [operatorPolicy('{"pattern":⟦"("⟧,"definition":{"expires":1},"priority":0}'), 'refused/bad-pattern'],
  [
    operatorPolicy('{"pattern":"a","definition":{"expires":1},"priority":0,⟦"vhost"⟧:"/"}'),
    'refused/wrong-value',
  ],
  [
    operatorPolicy('{"pattern":"a","definition":{⟦"dead-letter-exchange"⟧:"x"},"priority":0}'),
    'refused/unknown-policy-key',
  ],
  [
    operatorPolicy('{"pattern":"a","definition":{⟦"overflow"⟧:"drop-head"},"priority":0}'),
    'refused/unknown-policy-key',
    '3.10',
  ],
  [
    operatorPolicy('{"pattern":"a","definition":{⟦"ha-mode"⟧:"all"},"priority":0}'),
    'refused/unknown-policy-key',
    '4.0',
  ],

  // Fields.
  [file({ queues: '{"name":⟦"q"⟧,"vhost":"/","auto_delete":false}' }), 'refused/missing-field', '3.10'],
  [file({ queues: '{"name":⟦"q"⟧,"vhost":"/","durable":true}' }), 'refused/missing-field', '3.10'],
  [file({ queues: '{"name":"q","vhost":"/","durable":⟦"true"⟧}' }), 'refused/wrong-type'],
  [file({ queues: '{"name":"q","vhost":"/","auto_delete":⟦null⟧}' }), 'refused/wrong-type'],
  [file({ queues: queue('"arguments":⟦"x"⟧') }), 'refused/wrong-type'],
  [file({ queues: queue('"arguments":⟦[1]⟧') }), 'refused/wrong-type'],
  [file({ queues: queue('"arguments":{"a":{"b":[⟦null⟧]}}') }), 'refused/null-argument'],
  [bound(binding('"arguments":{"a":⟦null⟧}')), 'refused/null-argument'],
  [file({ exchanges: exchange('', '⟦"x"⟧') }), 'refused/missing-field'],
  [file({ exchanges: exchange('"type":⟦5⟧') }), 'refused/wrong-type'],
  [
    file({ exchanges: '{"name":⟦"x"⟧,"vhost":"/","type":"topic","auto_delete":false}' }),
    'refused/missing-field',
    '4.0',
  ],
  [
    file({ exchanges: '{"name":⟦"x"⟧,"vhost":"/","type":"topic","durable":true}' }),
    'likely/missing-field',
    '4.0',
  ],
  [file({ exchanges: '{"name":"x","vhost":"/","type":"topic","internal":⟦"no"⟧}' }), 'likely/wrong-type'],
  [file({ exchanges: exchange('"type":⟦"tpic"⟧') }), 'refused/unknown-exchange-type'],
  [file({ exchanges: exchange('"type":⟦"x-local-random"⟧') }), 'refused/unknown-exchange-type', '3.13'],
  [file({ exchanges: exchange('"type":⟦"x-delayed-message"⟧') }), 'refused/plugin-exchange-type'],
  [file({ exchanges: exchange('"type":⟦"x-recent-history"⟧') }), 'refused/plugin-exchange-type'],
  [file({ exchanges: exchange('"type":⟦"x-modulus-hash"⟧') }), 'refused/plugin-exchange-type', '4.0'],
  [file({ exchanges: exchange('"type":⟦"x-consistent-hash"⟧') }), 'likely/plugin-exchange-type'],

  // Virtual hosts and users.
  [file({ vhosts: '', queues: '{"name":⟦"q"⟧}' }), 'refused/missing-vhost'],
  [file({ queues: `${queue()},{"name":⟦"r"⟧}` }), 'refused/missing-vhost'],
  ['{"queues":[{"name":⟦"q"⟧},{"name":"r"}],"bindings":[]}', 'refused/missing-vhost'],
  ['{"policies":[{"name":⟦"p"⟧,"pattern":"a","definition":{"expires":1}}]}', 'refused/missing-vhost', '3.10'],
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

  // Policies.
  [file({ policies: policy(',"definition":⟦{}⟧') }), 'refused/empty-policy'],
  [file({ policies: policy('', '⟦"p"⟧') }), 'refused/empty-policy'],
  [file({ policies: policy(',"definition":{⟦"ha-mode"⟧:"all"}') }), 'refused/unknown-policy-key'],
  [file({ policies: policy(',"definition":{⟦"max-lenght"⟧:1}') }), 'refused/unknown-policy-key'],
  [
    file({ policies: policy(',"definition":{⟦"consumer-timeout"⟧:1}') }),
    'refused/unknown-policy-key',
    '3.10',
  ],
  [
    file({ policies: policy(',"definition":{⟦"delayed-retry-type"⟧:"all"}') }),
    'refused/policy-key-needs-other',
  ],
  [
    file({ policies: policy(',"definition":{⟦"queue-master-locator"⟧:"random"}') }),
    'refused/unknown-policy-key',
  ],
  [file({ policies: policy(',"definition":{"expires":⟦"1"⟧}') }), 'refused/policy-value-type'],
  [file({ policies: policy(',"definition":{"expires":⟦0⟧}') }), 'refused/policy-value'],
  [
    file({ policies: policy(',"definition":{⟦"federation-upstream-set"⟧:"all"}') }),
    'refused/plugin-policy-key',
  ],
  [file({ policies: policy(',"definition":{"expires":1},"priority":⟦"1"⟧') }), 'refused/wrong-type'],
  [file({ policies: policy(',"definition":{"expires":1},"apply-to":⟦"queue"⟧') }), 'refused/wrong-value'],
  [
    file({ policies: policy(',"definition":{"expires":1},"apply-to":⟦"streams"⟧') }),
    'refused/wrong-value',
    '3.10',
  ],
  [
    file({ policies: '{"name":"p","vhost":"/","pattern":⟦"(a"⟧,"definition":{"expires":1}}' }),
    'refused/bad-pattern',
  ],

  // The type of a queue, and queues that are never made.
  [file({ queues: queue('"type":⟦"quorum"⟧') }), 'surprise/type-ignored'],
  [
    file({ queues: queue('"type":⟦"classic"⟧,"arguments":{"x-queue-type":"stream"}') }),
    'surprise/type-ignored',
  ],
  [withArguments('"x-queue-type":⟦"Quorum"⟧'), 'refused/unknown-queue-type'],
  [
    file({ queues: '{"name":"q","vhost":"/","durable":⟦false⟧,"arguments":{"x-queue-type":"quorum"}}' }),
    'surprise/queue-not-created',
  ],
  [
    file({ queues: '{"name":"q","vhost":"/","auto_delete":⟦true⟧,"arguments":{"x-queue-type":"stream"}}' }),
    'surprise/queue-not-created',
  ],
  [withArguments('"x-queue-type":"stream","x-stream-filter-size-bytes":⟦8⟧'), 'surprise/queue-not-created'],
  [withArguments('⟦"x-queue-master-locator"⟧:"client-local"'), 'surprise/queue-not-created'],
  [file({ queues: queue('"exclusive":⟦true⟧') }), 'surprise/exclusive-ignored'],
  [file({ queues: '{"name":"q","vhost":"/","durable":⟦false⟧}' }), 'advice/transient-queue'],

  // Arguments.
  [withArguments('"x-message-ttl":⟦"60000"⟧'), 'refused/argument-type'],
  [withArguments('"x-message-ttl":⟦60000.0⟧'), 'refused/argument-type'],
  [withArguments('"x-single-active-consumer":⟦"true"⟧'), 'refused/argument-type'],
  [withArguments('"x-dead-letter-exchange":⟦5⟧'), 'refused/argument-type'],
  [withArguments('"x-max-length":⟦-1⟧'), 'refused/argument-value'],
  [withArguments('"x-expires":⟦0⟧'), 'refused/argument-value'],
  [withArguments('"x-message-ttl":⟦315360000001⟧'), 'refused/argument-value'],
  [withArguments('"x-max-priority":⟦256⟧'), 'refused/argument-value'],
  [withArguments('"x-overflow":⟦"drop"⟧'), 'refused/argument-value'],
  [withArguments('"x-queue-version":⟦1⟧'), 'refused/argument-value'],
  [withArguments('"x-queue-mode":⟦"lasy"⟧'), 'refused/argument-value', '4.0'],
  [withArguments('"x-queue-master-locator":⟦"any"⟧'), 'refused/argument-value', '3.10'],
  [withArguments('"x-queue-type":"stream","x-max-age":⟦"7d"⟧'), 'refused/argument-value'],
  [withArguments('⟦"x-delivery-limit"⟧:5'), 'refused/argument-for-other-type'],
  [
    withArguments('"x-queue-type":"quorum","x-delivery-limit":-1,⟦"x-max-priority"⟧:5'),
    'refused/argument-for-other-type',
  ],
  [withArguments('"x-queue-type":"stream",⟦"x-message-ttl"⟧:5'), 'refused/argument-for-other-type'],
  [withArguments('⟦"x-consumer-timeout"⟧:5'), 'refused/argument-for-other-type'],
  [withArguments('⟦"x-queue-leader-locator"⟧:"balanced"'), 'refused/argument-for-other-type', '3.13'],
  [withArguments('⟦"x-dead-letter-routing-key"⟧:"a"'), 'refused/argument-needs-other'],
  [withArguments('⟦"x-mesage-ttl"⟧:5'), 'likely/misspelt-argument'],
  [withArguments('⟦"max-length"⟧:5'), 'likely/misspelt-argument'],
  [withArguments('⟦"x-max-retries"⟧:5'), 'likely/unknown-argument'],
  [withArguments('"x-dead-letter-exchange":⟦"dlx"⟧'), 'likely/undeclared-dead-letter-exchange'],
  [
    file({ exchanges: exchange('"type":"topic","arguments":{"alternate-exchange":⟦"y"⟧}') }),
    'likely/undeclared-alternate-exchange',
  ],

  // Bindings.
  [bound(binding().replace('"x"', '⟦"y"⟧')), 'refused/undeclared-exchange'],
  [bound(binding().replace('"q"', '⟦"r"⟧')), 'refused/undeclared-queue'],
  [bound(binding().replace('"q"', '⟦"r"⟧')), 'surprise/binding-dropped', '3.10'],
  [bound(binding().replace('"x"', '⟦"q"⟧')), 'refused/undeclared-exchange'],
  [bound(binding().replace('"source":"x",', '').replace('{', '⟦{⟧')), 'refused/missing-field'],
  [bound(binding().replace('"q"', '⟦5⟧')), 'refused/wrong-type'],
  [bound(binding().replace('"queue"', '⟦"Queue"⟧')), 'refused/wrong-value'],
  [bound(binding().replace('"x"', '⟦""⟧')), 'surprise/default-exchange-binding'],
  [bound(binding('', '').replace('{', '⟦{⟧'), 'topic'), 'refused/missing-field'],
  [bound(binding('', '').replace('{', '⟦{⟧')), 'surprise/made-up-routing-key'],
  [bound(binding('', '"routing_key":⟦5⟧')), 'refused/wrong-type'],
  [bound(binding('', '"routing_key":⟦5⟧')), 'surprise/made-up-routing-key', '4.0'],
  [bound(binding('', '"routing_key":⟦"#.a.#.b.#"⟧'), 'topic'), 'refused/invalid-binding'],
  [bound(binding('"arguments":{"x-match":⟦"some"⟧}'), 'headers'), 'refused/invalid-binding'],
  [bound(binding('"arguments":{"x-match":⟦"some"⟧}'), 'headers'), 'surprise/binding-dropped', '3.10'],
  [bound(binding('', '"routing_key":⟦"k"⟧'), 'x-local-random'), 'refused/invalid-binding'],
  [bound(`${binding()},${binding().replace('"x"', '⟦"x"⟧')}`), 'likely/repeated-declaration'],

  // The same name twice.
  [
    file({ queues: `${queue()},${queue('"arguments":{"x-max-length":1}', '⟦"q"⟧')}` }),
    'surprise/duplicate-declaration',
  ],
  [file({ queues: `${queue()},${queue('', '⟦"q"⟧')}` }), 'likely/repeated-declaration'],
];

/** Files that the target takes as written: each is what a row above turns into a finding, done right. */
export const cleanRows: readonly (readonly [string, Target?])[] = [
  [file({ exchanges: exchange('"type":"topic"', '"amq.topic"') })],
  ['{"vhosts":[{"name":"/","metadata":{"default_queue_type":"Quorum"}}]}', '4.0'],
  ['{}'],
  [limits('{"max-queues":-5,"max-connections":0}')],
  [limits('[]')],
  [operatorPolicy('{"pattern":"a","definition":{"expires":1},"priority":1.5,"apply-to":"exchanges"}')],
  [file({ vhosts: '{"name":"/","tags":"a,b","metadata":{"tags":null}}' })],
  ['{"queues":[],"something_else":{"a":null},"queuez":5}'],
  ['{"rabbitmq_definition_format":"single_virtual_host","queues":[{"name":"q"}],"bindings":[]}'],
  ['{"original_vhost_name":"shop","queues":[{"name":"q"}],"bindings":[]}'],
  ['{"exchanges":[{"name":"amq.topic","type":"topic","durable":true}]}', '3.10'],
  [file({ queues: queue() }), '3.10'],
  [file({ queues: queue('"arguments":[]') }), '3.10'],
  [file({ queues: '{"name":"q","vhost":"/"}' })],
  [file({ exchanges: '{"name":"x","vhost":"/","type":"topic"}' })],
  [file({ exchanges: exchange('"type":"x-modulus-hash"') })],
  [file({ exchanges: exchange('"type":"x-local-random"') }), '4.0'],
  [file({ exchanges: exchange('"type":"direct"', '""') })],
  [file({ exchanges: exchange('"type":"direct"', '"amq.direct"') })],
  [file({ exchanges: exchange('"type":"topic","arguments":{"alternate-exchange":"amq.fanout"}') })],
  [file({ queues: queue('', `"${'é'.repeat(127)}"`) })],
  [file({ queues: queue('"type":"classic"') })],
  [file({ queues: queue('"type":"quorum","arguments":{"x-queue-type":"quorum","x-delivery-limit":-1}') })],
  [
    file({
      vhosts: '{"name":"/","metadata":{"default_queue_type":"quorum"}}',
      queues: queue('"type":"quorum","arguments":{"x-delivery-limit":-1}'),
    }),
  ],
  [file({ vhosts: '{"name":"/","default_queue_type":"quorum"}' })],
  [file({ vhosts: '{"name":"shop"}', queues: '{"name":"q","vhost":"shop"}' })],
  [file({ users: user(',"tags":"a,b","password_hash":""') })],
  [file({ users: user(',"tags":[],"password_hash":"9/1i+jKFRpbTRV1PtRnzFFYibT3cEpP92JeZ8YKGtflf4e/u"') })],
  [file({ users: user(',"administrator":true,"password_hash":""') })],
  [file({ permissions: permission(',"configure":".*","write":"^(a|b)\\\\.","read":""') })],
  [file({ topic_permissions: permission(',"exchange":".*","write":"","read":""') }), '4.0'],
  [file({ vhosts: '{"name":"/","metadata":{"default_queue_type":"undefined"}}', queues: queue() })],
  [file({ policies: policy(',"definition":{"delayed-retry-type":"disabled"}') })],
  [file({ topic_permissions: permission(',"exchange":"amq.topic","write":"","read":"(?i)^a++"') })],
  [file({ policies: policy(',"definition":{"delivery-limit":-1},"priority":1.5,"apply-to":"queues"') })],
  [file({ policies: policy(',"definition":{"max-length":5},"apply-to":"quorum_queues"') }), '4.0'],
  [withArguments('"x-queue-type":"quorum","x-delivery-limit":-1,"x-message-ttl":0,"x-max-length":5')],
  [withArguments('"x-queue-type":"stream","x-max-age":"7D","x-max-length-bytes":5000000000')],
  [withArguments('"x-max-priority":10,"x-queue-version":2'), '4.0'],
  [withArguments('"x-message-ttl":315360000000,"x-expires":1,"x-overflow":"reject-publish-dlx"')],
  [withArguments('"x-consumer-timeout":"5"'), '4.0'],
  [withArguments('"x-queue-leader-locator":"balanced"'), '4.0'],
  [withArguments('"x-quorum-target-group-size":3,"com.example":"mine"')],
  [bound(binding())],
  [bound(binding('"arguments":[]')), '3.10'],
  [file({ queues: queue(), bindings: binding().replace('"x"', '"amq.topic"') })],
  [bound(binding().replace('"x"', '""').replace('"k"', '"q"'))],
  [bound(binding('', '"routing_key":"#.a.#.b.#"'), 'topic'), '4.0'],
  [bound(binding('"arguments":{"x-match":"any-with-x","n":1}'), 'headers')],
  [bound(`${binding()},${binding('', '"routing_key":"l"')}`)],
  [bound(`${binding()},${binding('"arguments":{"n":1}')}`)],
  [file({ queues: `${queue()},${queue('', '"r"')}` })],
];
