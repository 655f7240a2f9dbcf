import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import { applyEdits } from '../../../src/core/topologyFile/textEdit';
import { binding, bound, exchange, file, queue, withArguments } from '../../support/definitionsPieces';
import { atCursor, withMarks } from '../../support/cursor';

const service = createTopologyFileService();

/** A place with the cursor `|` in it, and every place of the same name between marks. */
const places: readonly (readonly [what: string, cursor: string, marked: string])[] = [
  ['a queue and its binding', bound(binding()).replace('"q"', '"|q"'), marks(bound(binding()), '"q"')],
  [
    'an exchange and its binding',
    bound(binding()).replace('"source":"x', '"source":"x|'),
    marks(bound(binding()), '"x"'),
  ],
  [
    'a dead-letter exchange',
    file({ exchanges: exchange(), queues: queue('"arguments":{"x-dead-letter-exchange":"|x"}') }),
    marks(
      file({ exchanges: exchange(), queues: queue('"arguments":{"x-dead-letter-exchange":"x"}') }),
      '"x"',
    ),
  ],
  [
    'the queue that dead letters go to through the default exchange',
    withArguments('"x-dead-letter-exchange":"","x-dead-letter-routing-key":"|q"'),
    marks(withArguments('"x-dead-letter-exchange":"","x-dead-letter-routing-key":"q"'), '"q"'),
  ],
  [
    'a routing key of dead letters to an exchange, which names no queue',
    withArguments('"x-dead-letter-exchange":"x","x-dead-letter-routing-key":"|q"'),
    withArguments('"x-dead-letter-exchange":"x","x-dead-letter-routing-key":"q"'),
  ],
  [
    'an alternate exchange',
    file({ exchanges: exchange('"type":"topic","arguments":{"alternate-exchange":"|x"}') }),
    marks(file({ exchanges: exchange('"type":"topic","arguments":{"alternate-exchange":"x"}') }), '"x"'),
  ],
  [
    'the exchanges of a policy',
    '{"exchanges":[{"name":"x","vhost":"/"}],"policies":[{"vhost":"/","definition":{"dead-letter-exchange":"x","alternate-exchange":"x|"}}]}',
    '{"exchanges":[{"name":"⟦x⟧","vhost":"/"}],"policies":[{"vhost":"/","definition":{"dead-letter-exchange":"⟦x⟧","alternate-exchange":"⟦x⟧"}}]}',
  ],
  [
    'only those of the same virtual host',
    '{"queues":[{"name":"q|","vhost":"a"},{"name":"q","vhost":"b"}],"bindings":[{"source":"x","destination":"q","destination_type":"queue","vhost":"a"}]}',
    '{"queues":[{"name":"⟦q⟧","vhost":"a"},{"name":"q","vhost":"b"}],"bindings":[{"source":"x","destination":"⟦q⟧","destination_type":"queue","vhost":"a"}]}',
  ],
  [
    'an exchange and a queue of one name apart',
    '{"queues":[{"name":"n"}],"exchanges":[{"name":"n|"}],"bindings":[{"source":"n","destination":"n","destination_type":"queue"}]}',
    '{"queues":[{"name":"n"}],"exchanges":[{"name":"⟦n⟧"}],"bindings":[{"source":"⟦n⟧","destination":"n","destination_type":"queue"}]}',
  ],
  [
    'a virtual host',
    '{"vhosts":[{"name":"v"}],"queues":[{"name":"v","vhost":"|v"}],"permissions":[{"user":"v","vhost":"v"}]}',
    '{"vhosts":[{"name":"⟦v⟧"}],"queues":[{"name":"v","vhost":"⟦v⟧"}],"permissions":[{"user":"v","vhost":"⟦v⟧"}]}',
  ],
  [
    'a user',
    '{"users":[{"name":"u"}],"permissions":[{"user":"|u","vhost":"v"}],"topic_permissions":[{"vhost":"v","user":"u"}]}',
    '{"users":[{"name":"⟦u⟧"}],"permissions":[{"user":"⟦u⟧","vhost":"v"}],"topic_permissions":[{"vhost":"v","user":"⟦u⟧"}]}',
  ],
  [
    'the exchange of a topic permission',
    '{"exchanges":[{"name":"x","vhost":"v"}],"topic_permissions":[{"user":"u","vhost":"v","exchange":"x|"}]}',
    '{"exchanges":[{"name":"⟦x⟧","vhost":"v"}],"topic_permissions":[{"user":"u","vhost":"v","exchange":"⟦x⟧"}]}',
  ],
  [
    'the ends of a shovel that are in this broker',
    '{"queues":[{"name":"q","vhost":"a b"},{"name":"q","vhost":"/"}],"parameters":[{"component":"shovel","vhost":"/","value":{"src-uri":"amqp:///a%20b","src-queue":"q|","dest-uri":["amqp://far"],"dest-queue":"q"}}]}',
    '{"queues":[{"name":"⟦q⟧","vhost":"a b"},{"name":"q","vhost":"/"}],"parameters":[{"component":"shovel","vhost":"/","value":{"src-uri":"amqp:///a%20b","src-queue":"⟦q⟧","dest-uri":["amqp://far"],"dest-queue":"q"}}]}',
  ],
  [
    'the key of a binding that repeats the default exchange',
    bound(binding('', '"routing_key":"|q"').replace('"x"', '""')),
    marks(bound(binding('', '"routing_key":"q"').replace('"x"', '""')), '"q"'),
  ],
  [
    'a name written with escapes',
    '{"queues":[{"name":"a\\u0062"}],"bindings":[{"destination":"ab|","destination_type":"queue"}]}',
    '{"queues":[{"name":"⟦a\\u0062⟧"}],"bindings":[{"destination":"⟦ab⟧","destination_type":"queue"}]}',
  ],
  [
    'names in a file that ends in the middle',
    '{"queues":[{"name":"q|"}],"bindings":[{"destination_type":"queue","destination":"q',
    '{"queues":[{"name":"⟦q⟧"}],"bindings":[{"destination_type":"queue","destination":"⟦q⟧',
  ],
  ['what is no name', bound(binding()).replace('"routing_key":"k', '"routing_key":"k|'), bound(binding())],
  ['the default exchange', file({ exchanges: exchange('', '"|"') }), file({ exchanges: exchange('', '""') })],
];

function marks(text: string, name: string): string {
  return text.replaceAll(name, `"⟦${name.slice(1, -1)}⟧"`);
}

describe('names in a topology file', () => {
  for (const [what, cursor, marked] of places) {
    it(`are found all over: ${what}`, () => {
      const { document, position } = atCursor(cursor);
      assert.equal(withMarks(document, service.references(document, position, true)), marked);
      assert.equal(
        withMarks(
          document,
          service.highlights(document, position).map(({ range }) => range),
        ),
        marked,
      );
    });
  }

  it('leads from a reference to the entry that declares it', () => {
    const { document, position } = atCursor(
      bound(binding()).replace('"destination":"q', '"destination":"q|'),
    );
    const [found, ...others] = service.definitions(document, position);
    assert.ok(found && others.length === 0);
    assert.equal(withMarks(document, [found.name]), bound(binding()).replace('"q"', '"⟦q⟧"'));
    assert.equal(withMarks(document, [found.entry]), bound(binding()).replace(queue(), `⟦${queue()}⟧`));
  });

  it('finds every declaration of what is declared twice, and none of what is not declared', () => {
    const twice = atCursor('{"queues":[{"name":"q"},{"name":"q|"}]}');
    assert.equal(service.definitions(twice.document, twice.position).length, 2);
    const never = atCursor('{"bindings":[{"source":"x|"}]}');
    assert.deepEqual(service.definitions(never.document, never.position), []);
  });

  it('lists references without the declaration when asked', () => {
    const { document, position } = atCursor(bound(binding()).replace('"q"', '"|q"'));
    assert.equal(service.references(document, position, false).length, 1);
  });
});

describe('renaming in a topology file', () => {
  const renamed = (source: string, name: string): string => {
    const { document, position } = atCursor(source);
    const edits = service.rename(document, position, name);
    return 'refusal' in edits ? edits.refusal : applyEdits(document.text, edits);
  };

  for (const [, cursor, marked] of places) {
    if (!marked.includes('⟦')) continue;
    it(`changes every place and nothing else: ${marked.slice(0, 120)}`, () => {
      // A truncated string gets its closing quote.
      const expected = marked.replace(/⟦[^⟧]*⟧(?=$)/, 'new"').replace(/⟦[^⟧]*⟧/g, 'new');
      assert.equal(renamed(cursor, 'new'), expected);
    });
  }

  it('escapes what JSON wants escaped', () => {
    assert.equal(renamed('{"queues":[{"name":"q|"}]}', 'a"\\\tü'), '{"queues":[{"name":"a\\"\\\\\\tü"}]}');
  });

  it('offers the name itself, not its escapes', () => {
    const { document, position } = atCursor('{"queues":[{"name":"a\\u00|62"}]}');
    const start = service.prepareRename(document, position);
    assert.ok('name' in start);
    assert.deepEqual(start, { start: 20, end: 27, name: 'ab' });
  });

  const refusals: readonly (readonly [source: string, name: string, says: RegExp])[] = [
    ['{"bindings":[{"source":"amq.|topic"}]}', 'x', /belong to the broker/],
    ['{"exchanges":[{"name":"|"}]}', 'x', /not the name/],
    ['{"queues":[{"na|me":"q"}]}', 'x', /not the name/],
    ['{"queues":[{"name":"q|"},{"name":"r"}]}', 'r', /declares another queue "r" already/],
    [
      '{"queues":[{"name":"q|"}],"bindings":[{"destination":"r","destination_type":"queue"}]}',
      'r',
      /refers to a queue "r" in 1 place/,
    ],
    ['{"queues":[{"name":"q|"}]}', '', /needs a name/],
    ['{"queues":[{"name":"q|"}]}', 'amq.gen-1', /left out of the import/],
    ['{"queues":[{"name":"q|"}]}', 'é'.repeat(128), /at most 255 bytes and this one has 256/],
    ['{"queues":[{"name":"q|"}]}', 'a\nb', /line breaks/],
    ['{"queues":[{"name":"q|"}]}', '\ud800', /Unicode/],
  ];
  for (const [source, name, says] of refusals) {
    it(`says why not: ${source} to ${JSON.stringify(name).slice(0, 30)}`, () => {
      assert.match(renamed(source, name), says);
    });
  }

  it('takes a name that is taken in another virtual host or by an exchange', () => {
    const text =
      '{"queues":[{"name":"|q","vhost":"a"},{"name":"r","vhost":"b"}],"exchanges":[{"name":"r","vhost":"a"}]}';
    assert.match(renamed(text, 'r'), /^\{"queues":\[\{"name":"r"/);
  });
});
