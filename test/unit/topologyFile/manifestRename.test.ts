import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ManifestFolder } from '../../../src/core/topologyFile/manifests/manifestFolder';
import { createManifestService } from '../../../src/core/topologyFile/manifests/service';
import { resource } from '../../support/manifestCases';
import { folderOf } from '../../support/markedManifests';

const service = createManifestService();
const queue = resource('Queue', ['name: orders', 'durable: true']);
const queueOf = (name: string): string => resource('Queue', [`name: ${name}`, 'durable: true']);
const binding = (destination: string): string =>
  resource('Binding', ['source: amq.topic', `destination: ${destination}`, 'destinationType: queue']);

/** Renames at `|` of the first file; gives the files afterwards, or why not. */
function renamed(texts: Readonly<Record<string, string>>, newName: string): Record<string, string> | string {
  const [name, source] = Object.entries(texts)[0] ?? [];
  assert.ok(name !== undefined && source !== undefined);
  const folder = folderOf({ ...texts, [name]: source.replace('|', '') });
  return applied(folder, source.indexOf('|'), newName);
}

function applied(folder: ManifestFolder, offset: number, newName: string): Record<string, string> | string {
  const [first] = folder.files;
  assert.ok(first);
  const edits = service.rename(folder, first.file, first.file.lines.position(offset), newName);
  if ('refusal' in edits) return edits.refusal;
  return Object.fromEntries(
    folder.files.map(({ id, file: { text, lines } }) => {
      const here = edits
        .filter((edit) => edit.id === id)
        .map(({ range, text: put }) => ({
          start: lines.offset(range.start),
          end: lines.offset(range.end),
          put,
        }))
        .sort((a, b) => b.start - a.start);
      return [id, here.reduce((so, { start, end, put }) => so.slice(0, start) + put + so.slice(end), text)];
    }),
  );
}

describe('renaming in manifests', () => {
  it('reaches every file of the folder, with the quotes that stand there', () => {
    const policy = resource('Policy', ['name: p', 'pattern: ^orders$', 'definition: {expires: 5}']);
    assert.deepEqual(
      renamed(
        { 'b.yaml': binding('or|ders'), 'q.yaml': queue, 'c.yaml': binding('"orders"'), 'p.yaml': policy },
        'sales',
      ),
      {
        'b.yaml': binding('sales'),
        'q.yaml': queueOf('sales'),
        'c.yaml': binding('"sales"'),
        'p.yaml': policy,
      },
    );
  });

  it('leaves what has the same name and is something else', () => {
    const exchange = resource('Exchange', ['name: orders', 'type: topic', 'durable: true']);
    const elsewhere = resource('Queue', ['name: orders', 'durable: true', 'vhost: other']);
    assert.deepEqual(
      renamed({ 'q.yaml': queueOf('or|ders'), 'x.yaml': exchange, 'o.yaml': elsewhere }, 'sales'),
      {
        'q.yaml': queueOf('sales'),
        'x.yaml': exchange,
        'o.yaml': elsewhere,
      },
    );
  });

  const asWritten: readonly (readonly [newName: string, old: string, expected: string])[] = [
    ['a.b-c/d', 'orders', 'a.b-c/d'],
    ['yes', 'orders', '"yes"'],
    ['1', 'orders', '"1"'],
    ['a: b', 'orders', '"a: b"'],
    ['a #b', "'orders'", "'a #b'"],
    ["it's", "'orders'", "'it''s'"],
    ['a"b', '"orders"', '"a\\"b"'],
    ['größe', "'orders'", '"größe"'],
  ];
  for (const [newName, old, expected] of asWritten) {
    it(`writes ${newName} in place of ${old} as ${expected}, which reads back as the name`, () => {
      const files = renamed({ 'q.yaml': queueOf(old.replace('orders', 'or|ders')) }, newName);
      assert.deepEqual(files, { 'q.yaml': queueOf(expected) });
      const [first] = service.outline(service.parse(queueOf(expected)));
      assert.equal(first?.name, newName);
    });
  }

  const refusals: readonly (readonly [
    what: string,
    texts: Record<string, string>,
    newName: string,
    words: RegExp,
  ])[] = [
    ['no name', { 'q.yaml': queue.replace('durable', 'dur|able') }, 'x', /^This is not the name/],
    [
      'a name of the broker',
      { 'b.yaml': binding('q').replace('amq.topic', 'amq.|topic') },
      'x',
      /belong to the broker/,
    ],
    ['a name for the broker', { 'q.yaml': queueOf('or|ders') }, 'amq.x', /belong to the broker/],
    ['nothing', { 'q.yaml': queueOf('or|ders') }, '', /needs a name/],
    [
      'a queue that is there',
      { 'q.yaml': queueOf('or|ders'), 'r.yaml': queueOf('sales') },
      'sales',
      /declares a queue "sales" already/,
    ],
    [
      'a queue that is spoken of',
      { 'q.yaml': queueOf('or|ders'), 'b.yaml': binding('sales') },
      'sales',
      /refers to a queue "sales" already/,
    ],
    [
      'the usual virtual host',
      { 'q.yaml': resource('Queue', ['name: q', 'vhost: "|/"']) },
      'x',
      /cannot be renamed/,
    ],
    [
      'a user, to what no resource can be called',
      { 'u.yaml': resource('User', [], 'v1beta1', 'bil|ling') },
      'Billing',
      /small letters/,
    ],
    ['a name in two lines', { 'q.yaml': queueOf('"or|ders\n    late"') }, 'x', /several lines/],
    [
      'a name shared by an alias',
      { 'q.yaml': resource('Queue', ['name: &n or|ders', 'arguments: {x-dead-letter-exchange: *n}']) },
      'x',
      /By an alias .* an exchange "orders"/,
    ],
  ];
  for (const [what, texts, newName, words] of refusals) {
    it(`says why not: ${what}`, () => {
      const outcome = renamed(texts, newName);
      assert.ok(typeof outcome === 'string', JSON.stringify(outcome));
      assert.match(outcome, words);
    });
  }

  it('does not begin where files are missing', () => {
    const folder = { ...folderOf({ 'q.yaml': queue }), isComplete: false };
    const outcome = applied(folder, queue.indexOf('orders'), 'x');
    assert.ok(typeof outcome === 'string');
    assert.match(outcome, /^Not all files/);
  });

  it('changes nothing but the name: back again gives the files as they were', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((one) => !/[\r\n]|^amq\.|^orders$/.test(one));
    fc.assert(
      fc.property(name, (newName) => {
        const before = { 'q.yaml': queue, 'b.yaml': binding('orders') };
        const at = queue.indexOf('orders') + 1;
        const there = applied(folderOf(before), at, newName);
        if (typeof there === 'string') return;
        const back = applied(folderOf(there), at, 'orders');
        assert.ok(typeof back !== 'string', `${newName}: ${JSON.stringify(back)}`);
        assert.deepEqual(
          Object.values(back).map((text) => text.replace(/["']orders["']/, 'orders')),
          Object.values(before),
        );
      }),
    );
  });
});
