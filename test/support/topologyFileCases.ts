import { accessRows } from './accessCases';
import type { Target } from '../../src/core/topologyFile/target';
import {
  binding,
  bound,
  exchange,
  file,
  limits,
  operatorPolicy,
  parameter,
  policy,
  queue,
  withArguments,
} from './definitionsPieces';

/** A file with marks, the codes expected at them, the target (4.3 unless told), and what is fine instead. */
export type Row = readonly [source: string, codes: string | readonly string[], target?: Target];

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

  [
    file({
      exchanges: `${exchange('"type":"direct"', '""')},${exchange('"type":"topic"', '"amq.topic"')}`,
    }).replace('{', '{⟦"lavinmq_version"⟧:"2.4.1",'),
    'advice/lavinmq-file',
  ],

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
  [
    parameter('⟦"shovel"⟧', '{"src-uri":"amqp://","src-queue":"a","dest-uri":"amqp://","dest-queue":"b"}'),
    'likely/plugin-parameter',
  ],
  [
    parameter('⟦"shovel"⟧', '⟦{⟧"src-uri":"amqp://","dest-uri":"amqp://"}'),
    ['likely/plugin-parameter', 'refused/missing-field'],
  ],
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

  ...accessRows,

  // Policies.
  [
    file({
      policies: `{"name":"p","vhost":"/","pattern":⟦"${'a'.repeat(1025)}"⟧,"definition":{"expires":1}}`,
    }),
    'refused/bad-pattern',
  ],
  [
    file({ policies: '{"name":"p","vhost":"/","pattern":⟦"(?<!dead.*)$"⟧,"definition":{"expires":1}}' }),
    'refused/bad-pattern',
    '4.0',
  ],
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

  [
    file({ exchanges: exchange('"type":⟦"x-consistent-hash"⟧,"arguments":{"hash-header":⟦5⟧}') }),
    ['likely/plugin-exchange-type', 'refused/argument-type'],
  ],
  [
    file({ exchanges: exchange('"type":⟦"x-consistent-hash"⟧,"arguments":{"hash-property":⟦"type"⟧}') }),
    ['likely/plugin-exchange-type', 'refused/argument-value'],
  ],
  [
    file({
      exchanges: exchange(
        '"type":⟦"x-consistent-hash"⟧,"arguments":{"hash-header":"h","hash-property":⟦"timestamp"⟧}',
      ),
    }),
    ['likely/plugin-exchange-type', 'refused/argument-value'],
  ],
  [file({ exchanges: exchange('"type":"topic","arguments":⟦["a"]⟧') }), 'likely/wrong-type'],

  // Bindings.
  [
    bound(binding().replace('"x"', '⟦"amq.mine"⟧')).replace('"name":"x"', '"name":⟦"amq.mine"⟧'),
    ['surprise/reserved-name', 'refused/undeclared-exchange'],
  ],
  [
    bound(binding().replace('"x"', '⟦"amq.rabbitmq.log"⟧')).replace(
      '"name":"x"',
      '"name":"amq.rabbitmq.log"',
    ),
    'refused/undeclared-exchange',
  ],
  [
    bound(binding('', '"routing_key":""').replace('"q"', '⟦"q"⟧'), 'x-local-random').replace(
      '"auto_delete":false',
      '"auto_delete":false,"arguments":{"x-queue-type":"stream"}',
    ),
    'refused/invalid-binding',
    '4.0',
  ],
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
