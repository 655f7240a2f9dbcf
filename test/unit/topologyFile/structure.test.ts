import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { OutlineItem } from '../../../src/core/topologyFile/outline';
import { tokenModifiers, tokenTypes } from '../../../src/core/topologyFile/semanticTokens';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import { atCursor, textIn } from '../../support/cursor';

const service = createTopologyFileService();
const shop = readFileSync('test/fixtures/definitions/shop-4.3.definitions.json', 'utf8');

function tree(items: readonly OutlineItem[]): unknown[] {
  return items.map(({ name, children }) => (children.length > 0 ? [name, tree(children)] : name));
}

describe('the outline of a topology file', () => {
  it('groups by virtual host where there are several', () => {
    const text =
      '{"queues":[{"name":"a","vhost":"/"},{"name":"b","vhost":"shop"},{"name":"c","vhost":"/"}],"users":[{"name":"u"}],"exchanges":[{"name":"x","vhost":"/"}]}';
    assert.deepEqual(tree(service.outline(service.parse(text))), [
      [
        'queues',
        [
          ['/', ['a', 'c']],
          ['shop', ['b']],
        ],
      ],
      ['users', ['u']],
      ['exchanges', ['x']],
    ]);
  });

  it('gives a group the whole run of its entries, or only the first where others stand between', () => {
    const group = (order: readonly string[]): string => {
      const queues = order.map((vhost, index) => ({ name: String(index), vhost }));
      const document = service.parse(JSON.stringify({ queues }));
      const [first] = service.outline(document)[0]?.children ?? [];
      assert.ok(first);
      return textIn(document, first.range);
    };
    assert.equal(group(['a', 'a', 'b']), '{"name":"0","vhost":"a"},{"name":"1","vhost":"a"}');
    assert.equal(group(['a', 'b', 'a']), '{"name":"0","vhost":"a"}');
  });
});

describe('folding a topology file', () => {
  it('folds what spans lines and leaves the closing bracket in sight', () => {
    const text = '{\n  "queues": [\n    {\n      "name": "q",\n      "arguments": {}\n    }\n  ]\n}\n';
    assert.deepEqual(service.foldingRanges(service.parse(text)), [
      { startLine: 0, endLine: 6 },
      { startLine: 1, endLine: 5 },
      { startLine: 2, endLine: 4 },
    ]);
  });

  it('keeps the sections when there is more to fold than an editor takes', () => {
    const document = service.parse(shop);
    const sections = shop.split('\n').flatMap((line, index) => (/^ {2}"\w+": \[$/.test(line) ? [index] : []));
    const starts = new Set(service.foldingRanges(document, 20).map(({ startLine }) => startLine));
    assert.ok(sections.length > 5);
    assert.deepEqual(
      sections.filter((line) => !starts.has(line)),
      [],
    );
  });
});

describe('expanding the selection in a topology file', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [
      '{"queues":[{"name":"or|ders"}]}',
      [
        'orders',
        '"orders"',
        '"name":"orders"',
        '{"name":"orders"}',
        '[{"name":"orders"}]',
        '"queues":[{"name":"orders"}]',
        '{"queues":[{"name":"orders"}]}',
      ],
    ],
    [
      '{"queues":[{"durable":tr|ue,"a":1}]}',
      [
        'true',
        '"durable":true',
        '"durable":true,"a":1',
        '{"durable":true,"a":1}',
        '[{"durable":true,"a":1}]',
        '"queues":[{"durable":true,"a":1}]',
        '{"queues":[{"durable":true,"a":1}]}',
      ],
    ],
    ['|', []],
  ];
  for (const [source, expected] of rows) {
    it(source, () => {
      const { document, position } = atCursor(source);
      assert.deepEqual(
        service.selectionRanges(document, position).map((range) => textIn(document, range)),
        expected,
      );
    });
  }
});

describe('colours of names in a topology file', () => {
  const text =
    '{"vhosts":[{"name":"v"}],\n"queues":[{"name":"q","vhost":"v",\n"arguments":{"x-dead-letter-exchange":"amq.topic"}}],"permissions":[{"user":"u"}]}';

  function tokens(data: readonly number[]): string[] {
    const lines = text.split('\n');
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
      line += down;
      character = down > 0 ? right : character + right;
      const modifiers = tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
      const word = lines[line]?.slice(character, character + length) ?? '';
      found.push([word, tokenTypes[type], ...modifiers].join(' '));
    }
    return found;
  }

  it('tell what each refers to', () => {
    assert.deepEqual(tokens(service.semanticTokens(service.parse(text))), [
      'v namespace declaration',
      'q variable declaration',
      'v namespace',
      'amq.topic class defaultLibrary',
      'u parameter',
    ]);
  });

  it('can be had for the lines in view', () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    assert.deepEqual(tokens(service.semanticTokens(service.parse(text), range)), [
      'q variable declaration',
      'v namespace',
    ]);
  });
});
