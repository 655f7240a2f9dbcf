import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { CompletionOptions } from '../../../src/core/topologyFile/completion/complete';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import { applyEdits } from '../../../src/core/topologyFile/textEdit';
import { atCursor } from '../../support/cursor';
import { largeDefinitions } from '../../support/largeDefinitions';

const service = createTopologyFileService();

function labelsAt(source: string, options: CompletionOptions = {}): string[] {
  const { document, position } = atCursor(source);
  return service.completions(document, position, options).items.map(({ label }) => label);
}

/** The text after that item has been taken; tab stops stay in it as they are. */
function taken(source: string, label: string): string {
  const { text, document, offset, position } = atCursor(source);
  const item = service.completions(document, position).items.find((one) => one.label === label);
  assert.ok(item, `${label} is offered in ${source}, where there is: ${labelsAt(source).join(', ')}`);
  assert.ok(item.edit.start <= offset && offset <= item.edit.end, 'the edit is around the cursor');
  const before = text.slice(item.edit.start, offset);
  assert.ok(isSubsequence(before, item.filter), `${before} fits ${item.filter}`);
  return applyEdits(text, [item.edit]);
}

function isSubsequence(typed: string, word: string): boolean {
  let at = 0;
  for (const char of typed) at = word.indexOf(char, at) + 1 || Infinity;
  return at !== Infinity;
}

describe('completion in a topology file writes', () => {
  const rows: readonly (readonly [source: string, label: string, result: string])[] = [
    // Sections.
    ['{|}', 'queues', '{"queues": [\n\t$1\n]}'],
    ['{"|"}', 'queues', '{"queues": [\n\t$1\n]}'],
    ['{que|}', 'queues', '{"queues": [\n\t$1\n]}'],
    ['{"users":[],|"queues":[]}', 'bindings', '{"users":[],"bindings": [\n\t$1\n],"queues":[]}'],
    ['{"que|":[]}', 'queues', '{"queues":[]}'],
    ['{"que|', 'queues', '{"queues": [\n\t$1\n]'],
    // Fields.
    ['{"queues":[{|}]}', 'name', '{"queues":[{"name": "$1"}]}'],
    ['{"queues":[{"name":"q","|"}]}', 'durable', '{"queues":[{"name":"q","durable": ${1:true}}]}'],
    [
      '{"queues":[{"name":"q",\n"du|\n"vhost":"/"}]}',
      'durable',
      '{"queues":[{"name":"q",\n"durable": ${1:true},\n"vhost":"/"}]}',
    ],
    ['{"queues":[{"name":"q",|', 'arguments', '{"queues":[{"name":"q","arguments": {$1}'],
    [
      '{"queues":[{"name":"q", | ],"bindings":[]}',
      'durable',
      '{"queues":[{"name":"q", "durable": ${1:true} ],"bindings":[]}',
    ],
    [
      '{"policies":[{"|"}]}',
      'apply-to',
      '{"policies":[{"apply-to": "${1|all,queues,exchanges,classic_queues,quorum_queues,streams|}"}]}',
    ],
    // Arguments.
    [
      '{"queues":[{"arguments":{"x-mess|"}}]}',
      'x-message-ttl',
      '{"queues":[{"arguments":{"x-message-ttl": ${1:1}}}]}',
    ],
    [
      '{"queues":[{"arguments":{"x-max-length":5,"|"',
      'x-overflow',
      '{"queues":[{"arguments":{"x-max-length":5,"x-overflow": "${1|drop-head,reject-publish,reject-publish-dlx|}"',
    ],
    // Values.
    ['{"queues":[{"durable":|}]}', 'true', '{"queues":[{"durable":true}]}'],
    ['{"queues":[{"durable": f|}]}', 'false', '{"queues":[{"durable": false}]}'],
    ['{"queues":[{"durable":|\n"name":"q"}]}', 'true', '{"queues":[{"durable":true,\n"name":"q"}]}'],
    [
      '{"queues":[{"arguments":{"x-queue-type":"|"}}]}',
      'quorum',
      '{"queues":[{"arguments":{"x-queue-type":"quorum"}}]}',
    ],
    [
      '{"queues":[{"arguments":{"x-queue-type":|}}]}',
      'stream',
      '{"queues":[{"arguments":{"x-queue-type":"stream"}}]}',
    ],
    [
      '{"queues":[{"arguments":{"x-queue-type":"cl|',
      'classic',
      '{"queues":[{"arguments":{"x-queue-type":"classic"',
    ],
    [
      '{"queues":[{"arguments":{"x-queue-type":"cla|ssic"}}]}',
      'classic',
      '{"queues":[{"arguments":{"x-queue-type":"classic"}}]}',
    ],
    ['{"users":[{"tags":["man|"]}]}', 'management', '{"users":[{"tags":["management"]}]}'],
    [
      '{"users":[{"tags":[|"management"]}]}',
      'monitoring',
      '{"users":[{"tags":["monitoring","management"]}]}',
    ],
    ['{"queues":[{"durable":| true,"name":"q"}]}', 'false', '{"queues":[{"durable":false,"name":"q"}]}'],
    ['{"queues":[{"vhost":|"/"}]}', '/', '{"queues":[{"vhost":"/"}]}'],
    // Names.
    [
      '{"queues":[{"name":"a\\"b","vhost":"/"}],"bindings":[{"vhost":"/","destination_type":"queue","destination":"|"}]}',
      'a"b',
      '{"queues":[{"name":"a\\"b","vhost":"/"}],"bindings":[{"vhost":"/","destination_type":"queue","destination":"a\\"b"}]}',
    ],
    // Entries.
    [
      '{"vhosts":[{"name":"}$"}],"vhosts":[|]}',
      'virtual host',
      '{"vhosts":[{"name":"}$"}],"vhosts":[{\n\t"name": "$1"\n}]}',
    ],
    [
      '{"vhosts":[{"name":"}$"}],"permissions":[|]}',
      'permission',
      '{"vhosts":[{"name":"}$"}],"permissions":[{\n\t"user": "$1",\n\t"vhost": "${2:\\}\\$}",\n\t"configure": "${3:.*}",\n\t"write": "${4:.*}",\n\t"read": "${5:.*}"\n}]}',
    ],
    [
      '{"queues":[{"name":"a"},|{"name":"b"}]}',
      'stream',
      '{"queues":[{"name":"a"},{\n\t"name": "$1",\n\t"durable": true,\n\t"auto_delete": false,\n\t"arguments": { "x-queue-type": "stream", "x-max-age": "${3:7D}" }\n},{"name":"b"}]}',
    ],
    [
      '|',
      'RabbitMQ definitions',
      '{\n\t"vhosts": [\n\t\t$1\n\t],\n\t"exchanges": [\n\t\t$2\n\t],\n\t"queues": [\n\t\t$3\n\t],\n\t"bindings": [\n\t\t$4\n\t]\n}',
    ],
  ];
  for (const [source, label, result] of rows) {
    it(`${label} in ${source}`, () => assert.equal(taken(source, label), result));
  }
});

describe('completion in a topology file offers', () => {
  const names =
    '"vhosts":[{"name":"shop"}],"users":[{"name":"bob"}],"queues":[{"name":"orders","vhost":"/"},{"name":"parcels","vhost":"shop"}],"exchanges":[{"name":"events","vhost":"/","type":"topic"},{"name":"router","vhost":"shop","type":"headers"}]';
  const rows: readonly (readonly [
    what: string,
    source: string,
    offered: readonly string[],
    notOffered?: readonly string[],
  ])[] = [
    [
      'only fields that are not there',
      '{"vhosts":[],"bindings":[{"source":"x","|"}]}',
      ['vhost', 'destination', 'destination_type', 'routing_key', 'arguments'],
      ['source'],
    ],
    [
      'no virtual host in a file of one',
      '{"queues":[{"name":"q","|"}]}',
      ['durable', 'auto_delete', 'arguments'],
      ['vhost', 'type', 'exclusive'],
    ],
    [
      'arguments of the type of queue',
      '{"queues":[{"arguments":{"x-queue-type":"stream","|"}}]}',
      ['x-max-age', 'x-max-length-bytes'],
      ['x-message-ttl', 'x-delivery-limit', 'x-queue-type'],
    ],
    [
      'arguments of the default type',
      '{"vhosts":[{"name":"/","metadata":{"default_queue_type":"quorum"}}],"queues":[{"vhost":"/","arguments":{"|"}}]}',
      ['x-delivery-limit', 'x-consumer-timeout'],
      ['x-max-priority', 'x-queue-master-locator'],
    ],
    [
      'arguments that the target knows',
      '{"rabbitmq_version":"3.12.1","queues":[{"arguments":{"x-queue-type":"quorum","|"}}]}',
      ['x-delivery-limit'],
      ['x-consumer-timeout'],
    ],
    [
      'policy keys that the target knows',
      '{"policies":[{"definition":{"|"}}]}',
      ['max-length', 'delayed-retry-type', 'federation-upstream-set'],
      ['ha-mode', 'queue-master-locator'],
    ],
    [
      'policy keys of old brokers',
      '{"rabbit_version":"3.8.9","policies":[{"definition":{"|"}}]}',
      ['ha-mode', 'max-length'],
      ['consumer-timeout'],
    ],
    [
      'keys of operator policies',
      '{"parameters":[{"component":"operator_policy","value":{"definition":{"|"}}}]}',
      ['max-length', 'expires'],
      ['dead-letter-exchange'],
    ],
    [
      'settings of a shovel',
      '{"parameters":[{"component":"shovel","value":{"|"}}]}',
      ['src-uri', 'dest-queue'],
      ['pattern'],
    ],
    [
      'arguments of an exchange',
      '{"exchanges":[{"type":"x-delayed-message","arguments":{"|"}}]}',
      ['alternate-exchange', 'x-delayed-type'],
      ['hash-header'],
    ],
    [
      'queues of the virtual host',
      `{${names},"bindings":[{"vhost":"shop","destination_type":"queue","destination":"|"}]}`,
      ['parcels'],
      ['orders', 'events', 'router'],
    ],
    [
      'exchanges of the virtual host',
      `{${names},"bindings":[{"vhost":"/","source":"|"}]}`,
      ['events', 'amq.topic'],
      ['router', 'orders'],
    ],
    [
      'names of all virtual hosts while there is none',
      `{${names},"bindings":[{"destination":"|"}]}`,
      ['orders', 'parcels'],
    ],
    [
      'exchanges as destinations of exchanges',
      `{${names},"bindings":[{"vhost":"/","destination_type":"exchange","destination":"|"}]}`,
      ['events'],
      ['orders'],
    ],
    [
      'exchanges for dead letters',
      `{${names},"queues":[{"vhost":"/","arguments":{"x-dead-letter-exchange":"|"}}]}`,
      ['amq.fanout'],
    ],
    [
      'queues for dead letters through the default exchange',
      `{${names},"policies":[{"vhost":"/","definition":{"dead-letter-exchange":"","dead-letter-routing-key":"|"}}]}`,
      ['orders'],
      ['parcels'],
    ],
    [
      'keys that an exchange is bound with',
      '{"bindings":[{"source":"x","routing_key":"a.b"},{"source":"y","routing_key":"c"},{"source":"x","routing_key":"|"}]}',
      ['a.b'],
      ['c'],
    ],
    [
      'x-match for headers exchanges',
      `{${names},"bindings":[{"vhost":"shop","source":"router","arguments":{"|"}}]}`,
      ['x-match'],
    ],
    ['virtual hosts', `{${names},"permissions":[{"vhost":"|"}]}`, ['shop', '/']],
    ['users', `{${names},"permissions":[{"user":"|"}]}`, ['bob', 'guest']],
    ['types of exchange', '{"exchanges":[{"type":"|"}]}', ['topic', 'x-local-random', 'x-consistent-hash']],
    ['what fits what is typed', '{"exchanges":[{"type":"top|"}]}', ['topic'], ['direct']],
  ];
  for (const [what, source, offered, notOffered = []] of rows) {
    it(what, () => {
      const labels = labelsAt(source);
      assert.deepEqual(
        offered.filter((label) => !labels.includes(label)),
        [],
        labels.join(', '),
      );
      assert.deepEqual(
        notOffered.filter((label) => labels.includes(label)),
        [],
      );
    });
  }

  it('fields in a usable order: the name first', () => {
    assert.deepEqual(labelsAt('{"vhosts":[],"queues":[{|}]}'), [
      'name',
      'vhost',
      'durable',
      'auto_delete',
      'arguments',
    ]);
  });

  it('nothing where nothing can be written', () => {
    for (const source of [
      '{"queues":[{"arguments":|{}}]}',
      '{"queues":[{"name":"q"|}]}',
      '{"queues":[{"name":"|"}]}',
      '{"queues":[]|,"x":1}',
      '{} |',
      '{// a|\n}',
      '[|]',
      '{"other":{"|"}}',
    ])
      assert.deepEqual(labelsAt(source), [], source);
  });

  it('names of a connected broker, after those of the file', () => {
    const known = { origin: 'on shop', names: () => ['far', 'orders'] };
    const source = `{${names},"bindings":[{"vhost":"/","destination_type":"queue","destination":"|"}]}`;
    assert.deepEqual(labelsAt(source, { known }), ['orders', 'far']);
  });

  it('a bounded number, and says that there are more', () => {
    const large = largeDefinitions(2000, 1);
    const source = large.replace('"destination":"', '"destination":"|');
    const { document, position } = atCursor(source.replace(/\|[^"]*"/, '|"'));
    const { items, isIncomplete } = service.completions(document, position);
    assert.deepEqual([items.length, isIncomplete], [500, true]);
  });
});

describe('an accepted completion in a topology file', () => {
  it('leaves no more wrong with the syntax than there was', () => {
    const shop = readFileSync('test/fixtures/definitions/shop-4.3.definitions.json', 'utf8');
    const seeds = [shop, JSON.stringify(JSON.parse(shop))];
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.nat(shop.length),
        fc.constantFrom('', '"', '""', 'x'),
        (seed, place, written) => {
          const at = place % seed.length;
          const text = seed.slice(0, at) + written + seed.slice(at);
          const document = service.parse(text);
          const cursor = document.lines.position(at + Math.min(written.length, 1));
          for (const { edit, isSnippet } of service.completions(document, cursor).items.slice(0, 5)) {
            const after = applyEdits(text, [isSnippet ? { ...edit, text: filledIn(edit.text) } : edit]);
            assert.ok(service.parse(after).problems.length <= document.problems.length, after);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** A snippet with the first choice or the usual value at each tab stop. */
function filledIn(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
