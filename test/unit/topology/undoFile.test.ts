import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { definitionsSections, isDefinitionsContent } from '../../../src/core/topology/definitionsFile';
import { readUndoFile, undoItems, writeUndoFile } from '../../../src/core/topology/undoFile';
import type { UndoEntry, UndoRecord } from '../../../src/core/topology/undoFile';

const about = { connection: 'shop', broker: 'rabbit.example:5672', time: '2026-11-27T12:00:00.000Z' };

function record(created: readonly UndoEntry[], replaced: readonly UndoEntry[] = []): UndoRecord {
  return { ...about, created, replaced };
}

const anyEntry = fc.record({
  section: fc.constantFrom(...definitionsSections.filter((section) => !/users|parameters/.test(section))),
  vhost: fc.string({ unit: 'grapheme' }),
  json: fc
    .record({
      name: fc.string({ unit: 'grapheme' }),
      arguments: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
    })
    .map((entry) => JSON.stringify(entry)),
});

const few = fc.array(anyEntry, { maxLength: 4 });

describe('the undo file of an import', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(few, few, (created, replaced) => {
        const written = record(created, replaced);
        const read = readUndoFile(writeUndoFile(written));
        assert.deepEqual(read.problems, []);
        const plain = (entries: readonly UndoEntry[] = []): unknown =>
          entries.map(({ json, ...rest }) => ({ ...rest, json: JSON.parse(json) as unknown }));
        assert.deepEqual(
          { ...read.record, created: plain(read.record?.created), replaced: plain(read.record?.replaced) },
          { ...written, created: plain(created), replaced: plain(replaced) },
        );
      }),
    );
  });

  it('keeps the spelling of numbers', () => {
    const json = '{"name":"p","priority":1.0,"big":9007199254740993}';
    const { record: read } = readUndoFile(
      writeUndoFile(record([], [{ section: 'policies', vhost: '/', json }])),
    );
    assert.equal(read?.replaced[0]?.json, json);
  });

  it('holds no password, and of what was made no values of parameters', () => {
    const text = writeUndoFile(
      record([
        { section: 'users', vhost: '', json: '{"name":"u","password":"geheim","tags":[]}' },
        { section: 'users', vhost: '', json: '{"name":"v","password_hash":"geheim","tags":[]}' },
        {
          section: 'parameters',
          vhost: '/',
          json: '{"component":"shovel","name":"s","value":{"src-uri":"amqp://u:geheim@h"}}',
        },
      ]),
    );
    assert.doesNotMatch(text, /geheim/);
    assert.equal(readUndoFile(text).record?.created[2]?.json, '{"component":"shovel","name":"s"}');
  });

  it('is never taken for a definitions file', () => {
    fc.assert(
      fc.property(few, few, (created, replaced) => {
        assert.equal(isDefinitionsContent(writeUndoFile(record(created, replaced))), false);
      }),
    );
  });

  it('removes what stands in the way of others first and the last made before the first, then writes back', () => {
    const made = ['users', 'vhosts', 'exchanges', 'policies', 'parameters', 'queues', 'bindings'] as const;
    const created = made.flatMap((section) =>
      ['1', '2'].map((name) => ({ section, vhost: '/', json: `{"name":"${name}"}` })),
    );
    const { remove, restore } = undoItems(record(created, created));
    const said = (items: typeof remove): string[] =>
      items.map(({ section, json }) => `${section} ${(JSON.parse(json) as { name: string }).name}`);
    assert.deepEqual(said(remove), [
      'parameters 2',
      'parameters 1',
      'bindings 2',
      'bindings 1',
      'queues 2',
      'queues 1',
      'exchanges 2',
      'exchanges 1',
      'policies 2',
      'policies 1',
      'vhosts 2',
      'vhosts 1',
      'users 2',
      'users 1',
    ]);
    assert.deepEqual(
      said(restore),
      said(restore).toSorted((a, b) => order(a) - order(b)),
    );
    assert.deepEqual(
      remove.map(({ id }) => id),
      remove.map((_, index) => index),
    );
  });

  const unreadable: readonly (readonly [string, RegExp])[] = [
    ['', /not JSON/],
    ['{"queues":[],"vhosts":[]}', /not an undo file/],
    ['[]', /not an undo file/],
    ['{"amqp_workbench_undo":2}', /another version/],
    ['{"amqp_workbench_undo":"1"}', /another version/],
  ];
  for (const [text, words] of unreadable) {
    it(`says of ${text === '' ? 'an empty file' : text} what is wrong`, () => {
      const { record: read, problems } = readUndoFile(text);
      assert.equal(read, undefined);
      assert.match(problems.join(), words);
    });
  }

  it('skips what cannot be read and says so', () => {
    const { record: read, problems } = readUndoFile(
      '{"amqp_workbench_undo":1,"created":[{"section":"queues","vhost":"/","entry":{"name":"q"}},{"section":"x"},5]}',
    );
    assert.deepEqual(read?.created, [{ section: 'queues', vhost: '/', json: '{"name":"q"}' }]);
    assert.deepEqual(problems, [
      'Item 2 of `created` cannot be read and is skipped.',
      'Item 3 of `created` cannot be read and is skipped.',
      'The undo file has no list `replaced`.',
    ]);
  });

  it('takes any text, whole or cut', () => {
    const whole = writeUndoFile(record([{ section: 'queues', vhost: '/', json: '{"name":"q"}' }]));
    fc.assert(fc.property(fc.string(), (text) => void readUndoFile(text)));
    fc.assert(fc.property(fc.nat(whole.length), (cut) => void readUndoFile(whole.slice(0, cut))));
  });
});

function order(said: string): number {
  return definitionsSections.findIndex((section) => said.startsWith(`${section} `));
}
