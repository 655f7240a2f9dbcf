import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isDefinitionsContent } from '../../../src/core/topology/definitionsFile';
import { scanJson } from '../../../src/core/topologyFile/json/scanJson';
import { stringValue } from '../../../src/core/topologyFile/json/jsonRead';
import type { JsonTable, NodeId } from '../../../src/core/topologyFile/json/jsonTable';
import { absent, jsonKind } from '../../../src/core/topologyFile/json/jsonTable';
import type { TopologyDocument } from '../../../src/core/topologyFile/document';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import { targets } from '../../../src/core/topologyFile/target';
import { applyEdits } from '../../../src/core/topologyFile/textEdit';

const service = createTopologyFileService();
const seed = JSON.stringify(
  JSON.parse(readFileSync('test/fixtures/definitions/shop-4.3.definitions.json', 'utf8')),
);
const compact = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  "'",
  '{{',
  '}}',
  '${',
  '/*',
  '//',
  '\n',
  '-1.',
  'null',
  '\uFEFF',
];

/** Every feature, on a text that may be anything: nothing throws, every range lies in the text, answers are bounded. */
function survives(text: string): void {
  isDefinitionsContent(text);
  const document = service.parse(text);
  const lines = text.split(/\r\n|\r|\n/);
  const target = targets[text.length % targets.length];
  for (const { range } of service.diagnostics(document, { target })) {
    for (const { line, character } of [range.start, range.end]) {
      assert.ok(line < lines.length && character <= (lines[line] ?? '').length + 1, text);
    }
  }
  service.outline(document);
  assert.ok(service.foldingRanges(document).length <= 5000);
  assert.equal(service.semanticTokens(document).length % 5, 0);
  service.codeLenses(document);
  const reviewed = service.formatForReview(document);
  if (reviewed) assert.doesNotThrow(() => void JSON.parse(applyEdits(text, [reviewed])));
  const at = Math.floor(text.length / 2);
  for (const { edits } of service.fixes(document, at, at + 40, { target })) applyEdits(text, edits);
  if (text.length % 5 === 0) service.fixAll(document, { target });
  for (const share of [0, 0.3, 0.6, 1]) survivesAt(document, Math.floor(text.length * share));
}

/** The features that are asked at the cursor; `offset` is anywhere. */
function survivesAt(document: TopologyDocument, offset: number): void {
  const position = document.lines.position(offset);
  service.definitions(document, position);
  service.highlights(document, position);
  service.hover(document, position);
  const { items } = service.completions(document, position);
  assert.ok(items.length <= 500);
  for (const { edit } of items) assert.ok(edit.start <= offset && offset <= edit.end, document.text);
  const ranges = service.selectionRanges(document, position);
  for (const range of ranges) {
    const [start, end] = [document.lines.offset(range.start), document.lines.offset(range.end)];
    assert.ok(start <= offset && offset <= end, document.text);
  }
  const edits = service.rename(document, position, 'renamed');
  if ('refusal' in edits) assert.match(edits.refusal, /\.$/);
  else applyEdits(document.text, edits);
}

describe('the topology file service survives', function () {
  this.timeout(20_000);
  const anywhere = fc.nat(seed.length);

  it('a truncated file', () => {
    fc.assert(
      fc.property(anywhere, (length) => survives(seed.slice(0, length))),
      { numRuns: 60 },
    );
  });

  it('a file with pieces cut out, put in and swapped', () => {
    const edit = fc.record({ at: anywhere, remove: fc.nat(40), insert: fc.constantFrom(...compact, '') });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = seed;
        for (const { at, remove, insert } of edits)
          text = text.slice(0, at) + insert + text.slice(at + remove);
        survives(text);
      }),
      { numRuns: 60 },
    );
  });

  it('a file with values of every kind in every place', () => {
    const value = fc.constantFrom('null', 'true', '5', '-1.5', '""', '"x"', '[]', '{}', '[{}]', '{"a":null}');
    const places = [...seed.matchAll(/:("[^"]*"|true|false|\d+|\[\]|\{\})/g)].map(({ index, 1: old }) => ({
      from: index + 1,
      to: index + 1 + (old ?? '').length,
    }));
    fc.assert(
      fc.property(fc.constantFrom(...places), value, ({ from, to }, replacement) =>
        survives(seed.slice(0, from) + replacement + seed.slice(to)),
      ),
      { numRuns: 100 },
    );
  });

  it('random text', () => {
    const token = fc.constantFrom(
      ...compact,
      'a',
      '0',
      ' ',
      '"queues"',
      '"bindings":',
      '"vhost":"/"',
      '{"name":"q"}',
    );
    const noise = fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join(''));
    fc.assert(fc.property(fc.oneof(noise, fc.string({ unit: 'binary' })), survives), { numRuns: 60 });
  });
});

describe('the JSON scanner', function () {
  this.timeout(20_000);
  it('reads what JSON.parse reads, without a problem', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const value: unknown = JSON.parse(json);
        const { table, problems } = scanJson(JSON.stringify(value, undefined, space));
        assert.deepEqual(problems, []);
        assert.deepEqual(valueOf(table, 0), value);
      }),
      { numRuns: 200 },
    );
  });

  it('takes a quote and a colon inside a value for a part of it', () => {
    for (const json of ['{"a":"\\":","b":1}', '{"a":"x\\" : \\"","b":1}', '{"a":"\\\\"}']) {
      const { table, problems } = scanJson(json);
      assert.deepEqual([problems, valueOf(table, 0)], [[], JSON.parse(json)]);
    }
  });

  it('finds a problem exactly where JSON.parse does', () => {
    const edit = fc.record({ at: fc.nat(600), remove: fc.nat(3), insert: fc.constantFrom(...compact, '') });
    fc.assert(
      fc.property(edit, ({ at, remove, insert }) => {
        const text = seed.slice(0, at) + insert + seed.slice(at + remove);
        assert.equal(scanJson(text).problems.length > 0, !isJson(text), text);
      }),
      { numRuns: 60 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function valueOf(table: JsonTable, node: NodeId): unknown {
  switch (table.kind(node)) {
    case jsonKind.object: {
      const entries: [string, unknown][] = [];
      for (let key = node + 1; key < table.next(node); key = table.next(key + 1)) {
        entries.push([stringValue(table, key) ?? '', valueOf(table, key + 1)]);
      }
      return Object.fromEntries(entries);
    }
    case jsonKind.array: {
      const items: unknown[] = [];
      for (let item = node + 1; item < table.next(node); item = table.next(item))
        items.push(valueOf(table, item));
      return items;
    }
    case jsonKind.string:
      return stringValue(table, node);
    default:
      return node === absent ? undefined : JSON.parse(table.text.slice(table.start(node), table.end(node)));
  }
}
