import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findingCodes } from '../../../src/core/topologyFile/findingCodes';
import { assertClean, assertFindings } from '../../support/markedDefinitions';
import { cleanRows } from '../../support/cleanTopologyFiles';
import { manifestCodes } from '../../support/manifestCases';
import { ruleRows } from '../../support/topologyFileCases';
import { lintRows } from '../../support/topologyLintCases';
import { unlintedRows } from '../../support/topologyUnlintedCases';

const allRows = [...ruleRows, ...lintRows];

describe('topology file rules', () => {
  for (const [source, codes, target = '4.3'] of allRows) {
    const expected = typeof codes === 'string' ? [codes] : codes;
    it(`${target}: ${expected.join(', ')} in ${source.slice(0, 160)}`, () => {
      assertFindings(source, expected, { target });
    });
  }

  it('has a row here or in the syntax tests for every code', () => {
    const elsewhere = new Set<string>(['likely/too-large', 'advice/more-findings', ...manifestCodes]);
    const seen = new Set(allRows.flatMap(([, codes]) => codes));
    const syntax =
      /^(refused\/(json-syntax|truncated|trailing-comma|comment|byte-order-mark|template-placeholder|blank-file)|likely\/(empty-file|lax-json|nested-too-deep))$/;
    const missing = Object.keys(findingCodes).filter(
      (code) => !seen.has(code) && !elsewhere.has(code) && !syntax.test(code),
    );
    assert.deepEqual(missing, []);
  });
});

describe('topology files without a fault', () => {
  for (const [text, target = '4.3'] of [...cleanRows, ...unlintedRows]) {
    it(`${target}: ${text.slice(0, 160)}`, () => assertClean(text, { target }));
  }
});
