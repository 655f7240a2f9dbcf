import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import type { Target } from '../../../src/core/topologyFile/target';
import { largeDefinitions } from '../../support/largeDefinitions';
import { assertClean, findingsOf } from '../../support/markedDefinitions';

function fixture(name: string): string {
  return readFileSync(`test/fixtures/definitions/${name}.definitions.json`, 'utf8');
}

function codesOf(name: string, target?: Target): string[] {
  return findingsOf(fixture(name), { target }).map((finding) => finding.code);
}

describe('definitions files as brokers write them', function () {
  this.timeout(20_000);
  for (const [name, advice] of [
    ['shop-3.10', ['mirroring-removed']],
    ['shop-4.0', []],
    ['shop-4.3', []],
    ['shop-vhost', []],
  ] as const) {
    it(`${name} has no fault for its own version`, () => {
      assert.deepEqual(
        codesOf(name),
        advice.map((code) => `advice/${code}`),
      );
    });
  }

  it('judges by the version in the file, unless told otherwise', () => {
    assert.deepEqual(new Set(codesOf('shop-3.10', '4.3')), new Set(['refused/unknown-policy-key']));
    assert.deepEqual(codesOf('shop-4.0', '3.13'), []);
  });

  it('finds each fault of a broken one', () => {
    assert.deepEqual(codesOf('broken'), [
      'surprise/type-ignored',
      'likely/undeclared-dead-letter-exchange',
      'refused/argument-type',
      'refused/argument-for-other-type',
      'surprise/queue-not-created',
      'refused/undeclared-exchange',
      'refused/undeclared-queue',
    ]);
  });

  it('says once that a damaged file is damaged', () => {
    assert.deepEqual(codesOf('truncated'), ['refused/truncated']);
    assert.deepEqual(codesOf('empty'), ['likely/empty-file']);
    assert.deepEqual(codesOf('not-an-object'), ['refused/not-an-object']);
    assert.deepEqual(codesOf('commented'), ['refused/comment']);
  });

  it('takes a valid file of 5 MB without a finding', () => {
    const text = largeDefinitions(10_000, 20_000);
    assert.ok(text.length > 5_000_000);
    assertClean(text);
  });

  it('bounds what it says of a file that is wrong everywhere', () => {
    const text = largeDefinitions(2000, 20_000).replaceAll('"source":"exchange.', '"source":"exchang.');
    const service = createTopologyFileService();
    const found = service.diagnostics(service.parse(text), { limit: 500 });
    assert.equal(found.length, 501);
    assert.equal(found[0]?.code, 'advice/more-findings');
    assert.equal(found[1]?.code, 'refused/undeclared-exchange');
  });
});
