import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import type { Target } from '../../../src/core/topologyFile/target';
import { assertClean, assertFindings, findingsOf } from './marked';

const rows: readonly (readonly [string, string | readonly string[], Target?])[] = [
  ['⟦⟧', 'likely/empty-file'],
  ['⟦ \n⟧', 'refused/blank-file'],
  ['{"queues":[⟦⟧', 'refused/truncated'],
  ['{"queues":[{"name":⟦"a⟧⟦⟧', ['refused/json-syntax', 'refused/truncated']],
  ['{"queues":[]⟦,⟧}', 'refused/trailing-comma'],
  ['{"queues":[]⟦,⟧}', 'likely/lax-json', '3.10'],
  ['⟦// why⟧\n{}', 'refused/comment'],
  ['{⟦/* why */⟧}', 'refused/comment', '3.13'],
  ['{⟦/* why */⟧}', 'likely/lax-json', '3.10'],
  ['⟦\uFEFF⟧{}', 'refused/byte-order-mark', '4.0'],
  ['⟦\uFEFF⟧{}', 'likely/lax-json'],
  ['{"queues": ⟦{{ queues }}⟧}', 'refused/template-placeholder'],
  ['{"queues":[],⟦{% if x %}⟧"users":[]}', 'refused/template-placeholder'],
  ['{"queues": ⟦${QUEUES}⟧}', 'refused/template-placeholder'],
  ['{⟦queues⟧:[]}', 'refused/json-syntax'],
  ["{⟦'⟧queues':[]}", 'refused/json-syntax'],
  ["{⟦'⟧queues':[]}", 'likely/lax-json', '3.10'],
  ['{"queues":⟦True⟧}', 'refused/json-syntax'],
  ['{"queues":⟦⟧}', 'refused/json-syntax'],
  ['{"queues"⟦⟧[]}', 'refused/json-syntax'],
  ['{"queues":[] ⟦"⟧users":[]}', 'refused/json-syntax'],
  ['{"queues":[⟦}⟧', 'refused/json-syntax'],
  ['{"x":⟦01⟧}', 'refused/json-syntax'],
  ['{"x":⟦1.⟧}', 'refused/json-syntax'],
  ['{"x":"a⟦\\x⟧"}', 'refused/json-syntax'],
  ['{"x":"a⟦\n⟧b","y":1}', 'refused/json-syntax'],
  ['{"x":⟦"a⟧\n,"y":1}', 'refused/json-syntax'],
  ['{} ⟦x⟧', 'refused/json-syntax'],
];

describe('topology file syntax', () => {
  for (const [source, codes, target = '4.3'] of rows) {
    const expected = typeof codes === 'string' ? [codes] : codes;
    it(`${target}: ${expected.join(', ')} in ${JSON.stringify(source)}`, () => {
      assertFindings(source, expected, { target });
    });
  }

  it('takes every kind of white space, escape and number', () => {
    assertClean('\r\n\t {"a": ["\\u00e9\\n\\"", -0.5e+10, 0, -1, 1E5, true, false, null, {}, []]}\n');
  });

  it('bounds nesting and says so', () => {
    const deep = '['.repeat(100_000);
    const [finding, ...others] = findingsOf(`{"x":${deep}`);
    assert.equal(finding?.code, 'likely/nested-too-deep');
    assert.deepEqual(others, []);
  });

  it('says only the gravest syntax problem once where an editor reports syntax itself', () => {
    const text = '{"queues":[{"name":"a",}],"users":[,]}';
    assert.deepEqual(
      findingsOf(text, { syntax: 'once' }).map((finding) => finding.code),
      ['refused/missing-vhost', 'refused/trailing-comma'],
    );
  });

  it('concludes nothing from declarations that a damaged part may hold', () => {
    const text =
      '{"exchanges":[],"bindings":[{"source":"x","vhost":"/","destination":"q","destination_type":"queue","routing_key":""}]';
    assert.deepEqual(
      findingsOf(text).map((finding) => finding.code),
      ['refused/truncated'],
    );
  });
});
