import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { assertClean, assertFindings, findingsOf } from '../../support/markedDefinitions';
import { syntaxRows } from '../../support/topologySyntaxCases';

describe('topology file syntax', () => {
  for (const [source, codes, target = '4.3'] of syntaxRows) {
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
