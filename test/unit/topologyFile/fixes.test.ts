import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { FindingCode } from '../../../src/core/topologyFile/findingCodes';
import { isMistake } from '../../../src/core/topologyFile/fixes/findFixes';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import type { Target } from '../../../src/core/topologyFile/target';
import { applyEdits } from '../../../src/core/topologyFile/textEdit';
import { findingsOf, marked } from '../../support/markedDefinitions';
import { binding, bound, exchange, file, queue, withArguments } from '../../support/definitionsPieces';
import { ruleRows } from '../../support/topologyFileCases';
import { syntaxRows } from '../../support/topologySyntaxCases';

const service = createTopologyFileService();

/** What each fix of a file is called, and the file after it. */
function fixesOf(text: string, target?: Target): (readonly [title: string, result: string])[] {
  const fixes = service.fixes(service.parse(text), 0, text.length, { target });
  return fixes.map(({ title, edits }) => [title, applyEdits(text, edits)]);
}

function codesOf(text: string, target?: Target): string[] {
  return findingsOf(text, { target }).map(({ code }) => code);
}

/** The mistakes of the first without one of each of the second: advice may follow from what is right at last. */
function without(codes: readonly string[], others: readonly string[]): string[] {
  const rest = codes.filter((code) => isMistake({ code: code as FindingCode }));
  for (const code of others) {
    const at = rest.indexOf(code);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}

describe('a quick fix for a topology file', () => {
  const policies = (definition: string): string =>
    `{"policies":[{"name":"p","vhost":"/","pattern":"^a","definition":{${definition}}}]}`;
  const rows: readonly (readonly [source: string, title: string, result: string, target?: Target])[] = [
    // Names.
    [bound(binding().replace('"x"', '"xx"')), 'Change to "x"', bound(binding())],
    [
      file({ queues: queue(), bindings: binding().replace('"x"', '"amq.topic"').replace('"q"', '"other"') }),
      'Declare the queue "other"',
      file({
        queues: `${queue()},{"name":"other","vhost":"/","durable":true,"auto_delete":false,"arguments":{}}`,
        bindings: binding().replace('"x"', '"amq.topic"').replace('"q"', '"other"'),
      }),
    ],
    [
      file({ queues: queue(), bindings: binding('', '"routing_key":"a.*"') }),
      'Declare the exchange "x"',
      `{"queues":[${queue()}],"bindings":[${binding('', '"routing_key":"a.*"')}],"exchanges":[{"name":"x","vhost":"/","type":"topic","durable":true,"auto_delete":false,"internal":false,"arguments":{}}]}`,
    ],
    [
      '{"queues":[{"name":"q","vhost":"shop"}]}',
      'Declare the virtual host "shop"',
      '{"queues":[{"name":"q","vhost":"shop"}],"vhosts":[{"name":"shop"}]}',
    ],
    [
      '{\n  "queues": [\n    {\n      "name": "q",\n      "vhost": "shop"\n    }\n  ],\n  "vhosts": []\n}',
      'Declare the virtual host "shop"',
      '{\n  "queues": [\n    {\n      "name": "q",\n      "vhost": "shop"\n    }\n  ],\n  "vhosts": [\n    {\n      "name": "shop"\n    }\n  ]\n}',
    ],
    [
      bound(binding())
        .replace('"durable":true', '"durable":false')
        .replace('"auto_delete":false}', '"arguments":{"x-queue-type":"quorum"}}'),
      'Correct the queue "q", so that it is made',
      bound(binding()).replace('"auto_delete":false}', '"arguments":{"x-queue-type":"quorum"}}'),
    ],
    // The type of a queue.
    [
      file({ queues: queue('"type":"quorum"') }),
      'Add "x-queue-type": "quorum"',
      file({ queues: queue('"type":"quorum","arguments":{"x-queue-type":"quorum"}') }),
    ],
    [
      '{"queues":[{"name":"q","durable":false,"type":"quorum","arguments":{}}]}',
      'Add "x-queue-type": "quorum"',
      '{"queues":[{"name":"q","durable":true,"type":"quorum","arguments":{"x-queue-type":"quorum"}}]}',
    ],
    [
      '{"queues":[{"name":"q","vhost":"/","durable":false,"arguments":{"x-queue-type":"quorum"}}]}',
      'Set "durable" to true',
      '{"queues":[{"name":"q","vhost":"/","durable":true,"arguments":{"x-queue-type":"quorum"}}]}',
    ],
    // Values.
    [withArguments('"x-message-ttl":60000.0'), 'Write 60000', withArguments('"x-message-ttl":60000')],
    [withArguments('"x-message-ttl":"60000"'), 'Write 60000', withArguments('"x-message-ttl":60000')],
    [withArguments('"x-queue-type":"Quorum"'), 'Write "quorum"', withArguments('"x-queue-type":"quorum"')],
    [
      withArguments('"x-queue-type":"stream","x-max-age":"7d"'),
      'Write "7D"',
      withArguments('"x-queue-type":"stream","x-max-age":"7D"'),
    ],
    [withArguments('"x-overflow":"drop"'), 'Write "drop-head"', withArguments('"x-overflow":"drop-head"')],
    ['{"queues":[{"name":"q","durable":"True"}]}', 'Write true', '{"queues":[{"name":"q","durable":true}]}'],
    [
      file({ exchanges: exchange('"type":"tpic"') }),
      'Write "topic"',
      file({ exchanges: exchange('"type":"topic"') }),
    ],
    ['{"queues":{}}', 'Write []', '{"queues":[]}'],
    // Mistakes that one mistake hides.
    [withArguments('"x-mesage-ttl":"6"'), 'Change to "x-message-ttl"', withArguments('"x-message-ttl":6')],
    // Keys.
    [withArguments('"x-mesage-ttl":5'), 'Change to "x-message-ttl"', withArguments('"x-message-ttl":5')],
    [withArguments('"max-length":5'), 'Change to "x-max-length"', withArguments('"x-max-length":5')],
    [policies('"max-lenght":1'), 'Change to "max-length"', policies('"max-length":1')],
    [policies('"ha-mode":"all","max-length":1'), 'Remove "ha-mode"', policies('"max-length":1')],
    [policies('"ha-mode":"all"'), 'Remove the policy "p"', '{"policies":[]}'],
    [
      withArguments('"x-max-length":5,"x-delivery-limit":5'),
      'Remove "x-delivery-limit"',
      withArguments('"x-max-length":5'),
    ],
    [withArguments('"x-expires":null'), 'Remove "x-expires"', withArguments('')],
    // What is there twice, or not at all.
    [file({ queues: `${queue()}, ${queue()}` }), 'Remove the queue "q"', file({ queues: queue() })],
    [bound(`${binding()},${binding()}`), 'Remove this binding', bound(binding())],
    [
      '{"users":[{"name":"u","password":"x"}]}',
      'Add "tags": []',
      '{"users":[{"name":"u","password":"x","tags":[]}]}',
    ],
    [
      bound('{"source":"x","vhost":"/","destination":"q","routing_key":""}'),
      'Add "destination_type": "queue"',
      bound('{"source":"x","vhost":"/","destination":"q","routing_key":"","destination_type":"queue"}'),
    ],
    [
      '{"vhosts":[{"name":"/"}],"queues":[{"name":"q"}]}',
      'Add "vhost": "/"',
      '{"vhosts":[{"name":"/"}],"queues":[{"name":"q","vhost":"/"}]}',
    ],
    ['{"queues":[{"name":"q"}]}', 'Add "durable": true', '{"queues":[{"name":"q","durable":true}]}', '3.10'],
    // Syntax.
    ['{"queues":[],}', 'Remove the comma', '{"queues":[]}'],
    ["{'queues':[]}", 'Put it in double quotes', '{"queues":[]}'],
    ['{"queues":[{"name":"q","durable":True}]}', 'Write true', '{"queues":[{"name":"q","durable":true}]}'],
    ['{queues:[]}', 'Put it in quotes', '{"queues":[]}'],
    ['{"queues":[] "users":[]}', 'Put in a comma', '{"queues":[] ,"users":[]}'],
  ];
  for (const [source, title, result, target] of rows) {
    it(`${title} in ${source.slice(0, 150)}`, () => {
      const fixes = fixesOf(source, target);
      const found = fixes.find(([name]) => name === title);
      assert.equal(found?.[1], result, fixes.map(([name]) => name).join(', '));
    });
  }

  it('removes its finding and adds none, whatever the finding', () => {
    let tried = 0;
    for (const [source, , target] of [...ruleRows, ...syntaxRows]) {
      const { text } = marked(source);
      const before = codesOf(text, target);
      for (const fix of service.fixes(service.parse(text), 0, text.length, { target })) {
        const after = codesOf(applyEdits(text, fix.edits), target);
        assert.deepEqual(without(after, before), [], `${fix.title} in ${text}`);
        const gone = (codes: readonly string[]): number =>
          codes.filter((code) => code === fix.finding.code).length;
        assert.ok(gone(after) < gone(before), `${fix.title} in ${text}`);
        tried += 1;
      }
    }
    assert.ok(tried > 80, `${tried} fixes`);
  });

  it('is offered where its finding is, and nowhere else', () => {
    const text = withArguments('"x-mesage-ttl":5,"x-expires":null');
    const at = text.indexOf('null');
    const titles = service.fixes(service.parse(text), at, at).map(({ title }) => title);
    assert.deepEqual(titles, ['Remove "x-expires"']);
  });
});

describe('fixing all that has one right answer in a topology file', () => {
  const fixed = (text: string, target?: Target): string => {
    const edit = service.fixAll(service.parse(text), { target });
    return edit ? applyEdits(text, [edit]) : text;
  };

  it('goes on until nothing certain is left', () => {
    const before =
      '{"policies":[{"name":"p","vhost":"/","pattern":"a","definition":{"ha-mode":"all","ha-sync-mode":"automatic"}}],"queues":[{"name":"q","vhost":"/","durable":"true","type":"quorum","arguments":{"x-mesage-ttl":6e4,"x-expires":null}},{"name":"r","vhost":"/","durable":false,"arguments":{"x-queue-type":"Quorum"}},],}';
    assert.equal(
      fixed(before),
      '{"policies":[],"queues":[{"name":"q","vhost":"/","durable":true,"type":"quorum","arguments":{"x-message-ttl":60000,"x-queue-type":"quorum"}},{"name":"r","vhost":"/","durable":true,"arguments":{"x-queue-type":"quorum"}}]}',
    );
  });

  it('leaves what could be meant in two ways', () => {
    const text = bound(binding().replace('"q"', '"other"'));
    assert.equal(service.fixAll(service.parse(text)), undefined);
  });

  it('never makes a file worse, and has nothing to do the second time', () => {
    for (const [source, , target] of [...ruleRows, ...syntaxRows]) {
      const { text } = marked(source);
      const after = fixed(text, target);
      assert.deepEqual(without(codesOf(after, target), codesOf(text, target)), [], text);
      assert.equal(fixed(after, target), after);
    }
  });

  it('never makes a file worse that has several mistakes', () => {
    const mistakes = ruleRows
      .filter(([source]) => source.startsWith('{"queues":[{'))
      .map(([source]) => marked(source).text);
    const entries = mistakes.map((text) => text.slice('{"queues":['.length, -2));
    fc.assert(
      fc.property(fc.subarray(entries, { minLength: 2, maxLength: 6 }), (chosen) => {
        const text = `{"vhosts":[{"name":"/"}],"queues":[${chosen.join(',')}]}`;
        assert.deepEqual(without(codesOf(fixed(text)), codesOf(text)), [], text);
      }),
      { numRuns: 40 },
    );
  });
});

describe('sorting and formatting a topology file for review', () => {
  const formatted = (text: string): string => {
    const edit = service.formatForReview(service.parse(text));
    return edit ? applyEdits(text, [edit]) : text;
  };

  it('puts sections, entries and fields in one order and keeps every value as it is written', () => {
    const text =
      '{"bindings":[],"queues":[{"arguments":{"x-b":1.50,"x-a":12345678901234567890},"name":"b","extra":[1,{}],"vhost":"/"},{"name":"a\\u0062","vhost":"/"},{"vhost":"-","name":"z"}],"rabbit_version":"4.0.5","vhosts":[5,{"name":"/"}]}';
    assert.equal(
      formatted(text),
      `{
  "rabbit_version": "4.0.5",
  "vhosts": [
    5,
    {
      "name": "/"
    }
  ],
  "queues": [
    {
      "name": "z",
      "vhost": "-"
    },
    {
      "name": "a\\u0062",
      "vhost": "/"
    },
    {
      "name": "b",
      "vhost": "/",
      "arguments": {
        "x-a": 12345678901234567890,
        "x-b": 1.50
      },
      "extra": [
        1,
        {}
      ]
    }
  ],
  "bindings": []
}`,
    );
  });

  it('keeps the order of entries that only their place tells apart', () => {
    const policy = (pattern: string): string =>
      `{"name":"p","vhost":"/","pattern":"${pattern}","definition":{"expires":1}}`;
    const document = service.parse(formatted(`{"policies":[${policy('b')},${policy('a')}]}`));
    assert.ok(document.text.indexOf('"b"') < document.text.indexOf('"a"'));
  });

  it('says the same thing, and has nothing to do the second time', () => {
    for (const name of ['shop-3.10', 'shop-4.0', 'shop-4.3', 'shop-vhost']) {
      const text = readFileSync(`test/fixtures/definitions/${name}.definitions.json`, 'utf8');
      const once = formatted(text);
      assert.equal(formatted(once), once);
      assert.deepEqual(canonical(JSON.parse(once)), canonical(JSON.parse(text)));
      assert.deepEqual(codesOf(once).sort(), codesOf(text).sort());
    }
  });

  it('leaves alone what is not JSON', () => {
    for (const text of ['{"queues":[],}', '// a\n{}', '[]', '', '{"a":'])
      assert.equal(service.formatForReview(service.parse(text)), undefined, text);
  });
});

/** Without the order of lists and keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .map(canonical)
      .map((item) => JSON.stringify(item))
      .sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
