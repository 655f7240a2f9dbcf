import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { jsonMeaning, sortedJson } from '../../../src/core/base/jsonText';
import { readJson } from '../../../src/core/base/jsonTree';
import type { DefinitionsEntry } from '../../../src/core/topology/definitionsEntry';
import { exportedEntry } from '../../../src/core/topology/definitionsEntry';
import type { DefinitionsSection } from '../../../src/core/topology/definitionsFile';
import { definitionsSections } from '../../../src/core/topology/definitionsFile';
import { definitionsText } from '../../../src/core/topology/definitionsText';
import { parseDocument } from '../../../src/core/topologyFile/document';
import { formatForReview } from '../../../src/core/topologyFile/formatForReview';

function entry(json: unknown): DefinitionsEntry {
  const read = readJson(typeof json === 'string' ? json : JSON.stringify(json));
  assert.ok('node' in read && read.node.kind === 'object');
  return read.node;
}

const name = fc.oneof(fc.constantFrom('a', 'b', '/', '%2F', ''), fc.string({ unit: 'grapheme' }));
const table = fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }));
/** Whatever a broker may list, with fields that no export has. */
const anyEntry = fc
  .record({
    name,
    vhost: name,
    user: name,
    exchange: name,
    component: name,
    source: name,
    destination: name,
    destination_type: fc.constantFrom('queue', 'exchange'),
    routing_key: name,
    arguments: fc.oneof(table, fc.constant([])),
    definition: table,
    value: fc.jsonValue({ maxDepth: 2 }),
    metadata: table,
    priority: fc.double({ noNaN: true, noDefaultInfinity: true }),
    node: name,
  })
  .map(entry);

describe('the text of an export', () => {
  it('is in the order of "Format for Review", whatever the broker holds and in whatever order it lists it', () => {
    const sections = fc.array(
      fc.tuple(fc.constantFrom(...definitionsSections), fc.array(anyEntry, { maxLength: 5 })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(sections, fc.boolean(), (listed, isSingle) => {
        const written = (
          order: (entries: readonly DefinitionsEntry[]) => readonly DefinitionsEntry[],
        ): string =>
          definitionsText(
            [['rabbitmq_version', '4.3.6']],
            new Map<DefinitionsSection, readonly DefinitionsEntry[]>(
              listed.map(([section, entries]) => [
                section,
                order(entries.map((each) => exportedEntry(section, each, isSingle ? ['vhost'] : []))),
              ]),
            ),
          );
        const text = written((entries) => entries);
        assert.doesNotThrow(() => JSON.parse(text));
        assert.equal(formatForReview(parseDocument(text)), undefined);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of a list, nor on that of fields and arguments', () => {
    const queues = [
      '{"name":"b","vhost":"/","arguments":{"x-b":1,"x-a":{"d":1,"c":2.0}},"durable":true}',
      '{"durable":true,"vhost":"/","name":"a","arguments":{}}',
      '{"name":"a","vhost":"-","arguments":[],"durable":true}',
    ].map((json) => exportedEntry('queues', entry(json)));
    const text = definitionsText([], new Map([['queues', queues]]));
    assert.equal(definitionsText([], new Map([['queues', queues.toReversed()]])), text);
    assert.deepEqual(
      (JSON.parse(text) as { queues: { vhost: string; name: string }[] }).queues.map(
        (each) => each.vhost + each.name,
      ),
      ['-a', '/a', '/b'],
    );
    assert.match(text, /"x-a": \{\n {10}"c": 2\.0,\n {10}"d": 1\n/);
  });

  it('writes numbers as they came: 2.0 is no 2, and nothing is rounded', () => {
    const json =
      '{"name":"q","arguments":{"a":2.0,"b":9007199254740993,"c":1.0e100,"d":123456789012345678901234567890}}';
    const text = definitionsText([], new Map([['queues', [exportedEntry('queues', entry(json))]]]));
    for (const number of ['2.0', '9007199254740993', '1.0e100', '123456789012345678901234567890'])
      assert.ok(text.includes(`: ${number}`), number);
  });

  it('keeps every field that an export has, and no other', () => {
    const all = entry({
      name: 'q',
      vhost: '/',
      durable: true,
      auto_delete: false,
      arguments: { a: 1 },
      exclusive: false,
      type: 'classic',
    });
    const kept = exportedEntry('queues', all);
    assert.deepEqual(
      kept.entries.map((each) => each.name),
      ['name', 'vhost', 'durable', 'auto_delete', 'arguments'],
    );
  });
});

describe('the meaning of JSON to a broker', () => {
  it('does not hang on order or spelling, but on integer or fraction', () => {
    const same = (a: string, b: string): boolean =>
      jsonMeaning(entry(`{"v":${a}}`)) === jsonMeaning(entry(`{"v":${b}}`));
    assert.ok(same('{"a":1,"b":[1,2]}', '{"b":[1,2],"a":1}'));
    assert.ok(same('2.0', '2.00'));
    assert.ok(same('1.5e10', '15000000000.0'));
    assert.ok(!same('2', '2.0'));
    assert.ok(!same('9007199254740993', '9007199254740992'));
    assert.ok(!same('[1,2]', '[2,1]'));
    assert.ok(!same('"1"', '1'));
  });

  it('survives any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readJson(JSON.stringify(value));
        assert.ok('node' in read);
        assert.equal(jsonMeaning(sortedJson(read.node)), jsonMeaning(read.node));
      }),
    );
  });
});
