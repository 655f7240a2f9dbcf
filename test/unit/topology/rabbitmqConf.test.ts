import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { definitionsReferences } from '../../../src/core/topology/rabbitmqConf';

const cases: readonly [string, readonly (readonly [string, 'path' | 'url'])[]][] = [
  ['load_definitions = /etc/rabbitmq/definitions.json', [['/etc/rabbitmq/definitions.json', 'path']]],
  ['management.load_definitions=defs.json\r\n', [['defs.json', 'path']]],
  ['  definitions.local.path = conf.d/defs.json   # ours', [['conf.d/defs.json', 'path']]],
  ["load_definitions = 'with # hash.json' # why", [['with # hash.json', 'path']]],
  ['load_definitions = "C:\\rabbit\\defs.json"', [['C:\\rabbit\\defs.json', 'path']]],
  ['definitions.https.url = https://host/defs.json', [['https://host/defs.json', 'url']]],
  ['# load_definitions = a.json\nload_definitions = b.json', [['b.json', 'path']]],
  ['load_definitions = my file.json', [['my file.json', 'path']]],
  ['load_definitions =', []],
  ['load_definitions', []],
  ["load_definitions = ''", []],
  ['definitions.import_backend = local_filesystem', []],
  ['listeners.tcp.1 = 127.0.0.1:5672', []],
  ['constructor = x', []],
];

describe('rabbitmq.conf', () => {
  for (const [text, expected] of cases) {
    it(`loads definitions from where it says: ${JSON.stringify(text)}`, () => {
      const found = definitionsReferences(text);
      assert.deepEqual(
        found.map(({ value, kind }) => [value, kind]),
        expected,
      );
      for (const { start, end, value } of found) assert.equal(text.slice(start, end), value);
    });
  }

  it('is read whatever it holds', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string().map((value) => `load_definitions = ${value}`),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        for (const { start, end, value } of definitionsReferences(text))
          assert.equal(text.slice(start, end), value);
      }),
    );
  });
});
