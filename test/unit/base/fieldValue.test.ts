import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tableFromJson, tableToJson } from '../../../src/core/base/fieldJson';
import { field, integerField, tableOf, textField } from '../../../src/core/base/fieldValue';
import type { FieldTable } from '../../../src/core/base/fieldValue';

describe('an arguments table', () => {
  const table = tableOf({ 'x-queue-type': 'quorum', 'x-max-length': 5, ratio: 0.5, lazy: true });

  it('finds values by name and type', () => {
    assert.equal(textField(table, 'x-queue-type'), 'quorum');
    assert.equal(integerField(table, 'x-max-length'), 5);
    assert.equal(textField(table, 'x-max-length'), undefined);
    assert.equal(integerField(table, 'x-queue-type'), undefined);
    assert.equal(field(table, 'nothing'), undefined);
    assert.equal(field(undefined, 'nothing'), undefined);
  });

  it('does not round an integer that a JavaScript number cannot hold', () => {
    const big: FieldTable = [{ name: 'n', value: { type: 'long', value: '9007199254740993' } }];
    assert.equal(integerField(big, 'n'), undefined);
    assert.deepEqual({ ...tableToJson(big) }, { n: '9007199254740993' });
  });

  it('comes back from the JSON of the management API with the types that JSON can tell', () => {
    assert.deepEqual(tableFromJson({ a: 1, b: 'x', c: true, d: null, e: [0.5], f: { g: 2 } }), [
      { name: 'a', value: { type: 'long', value: '1' } },
      { name: 'b', value: { type: 'longstr', value: 'x' } },
      { name: 'c', value: { type: 'bool', value: true } },
      { name: 'd', value: { type: 'void' } },
      { name: 'e', value: { type: 'array', value: [{ type: 'double', value: 0.5 }] } },
      { name: 'f', value: { type: 'table', value: [{ name: 'g', value: { type: 'long', value: '2' } }] } },
    ]);
  });

  for (const odd of [null, undefined, [], 'text', 5]) {
    it(`is empty where the API sends ${JSON.stringify(odd)} in its place`, () => {
      assert.deepEqual(tableFromJson(odd), []);
    });
  }

  it('keeps a header named __proto__', () => {
    const json = tableToJson(tableFromJson(JSON.parse('{"__proto__":1}')));
    assert.deepEqual(Object.entries(json), [['__proto__', 1]]);
  });
});
