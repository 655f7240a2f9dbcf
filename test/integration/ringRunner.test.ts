import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'mocha';
import { inRepository } from '../lab/paths';
import { startProcess } from '../lab/processes';
import { temporaryFolder } from '../lab/temporaryFolder';
import type { RingResult } from '../support/ringResult';

interface Planted {
  readonly what: string;
  readonly code: string;
  readonly passed: number;
  readonly failed: number;
}

const planted: readonly Planted[] = [
  { what: 'a good test', code: `it('a', () => {});`, passed: 1, failed: 0 },
  { what: 'a failing test', code: `it('a', () => { throw new Error('x'); });`, passed: 0, failed: 1 },
  { what: 'a skipped test', code: `it('a', () => {}); it.skip('b', () => {});`, passed: 1, failed: 1 },
  { what: 'a test without a body', code: `it('a', () => {}); it('b');`, passed: 1, failed: 1 },
  { what: 'a test that skips itself', code: `it('a', function () { this.skip(); });`, passed: 0, failed: 1 },
  { what: 'no test', code: ``, passed: 0, failed: 1 },
  { what: 'an empty suite', code: `describe('a', () => {});`, passed: 0, failed: 1 },
  { what: 'a crash while loading', code: `it('a', () => {}); throw new Error('x');`, passed: 0, failed: 1 },
  {
    what: 'a failing hook',
    code: `before(() => { throw new Error('x'); }); it('a', () => {});`,
    passed: 0,
    failed: 1,
  },
  {
    what: 'a rejection nobody handles in the last test',
    code: `it('a', () => { setImmediate(() => Promise.reject(new Error('x'))); });`,
    passed: 1,
    failed: 1,
  },
  {
    what: 'a rejection nobody handles during a test',
    code: `it('a', (done) => { Promise.reject(new Error('x')); setTimeout(done, 200); });`,
    passed: 0,
    failed: 1,
  },
  {
    what: 'an exception nobody catches during a test',
    code: `it('a', (done) => { setTimeout(() => { throw new Error('x'); }, 10); setTimeout(done, 200); });`,
    passed: 0,
    failed: 1,
  },
];

describe('the runner of rings counts', () => {
  for (const { what, code, passed, failed } of planted) {
    it(`${what}: ${passed} passed, ${failed} failed`, async () => {
      const { result, exitCode } = await runPlanted(code);
      assert.deepEqual({ passed: result.passed, failed: result.failed }, { passed, failed });
      assert.equal(result.failures.length, failed);
      assert.equal(exitCode, failed === 0 ? 0 : 1);
    });
  }

  it('a test marked `only` as a failure', async () => {
    const { result, exitCode } = await runPlanted(`it('a', () => {}); it.only('b', () => {});`);
    assert.ok(result.failed > 0);
    assert.equal(exitCode, 1);
  });

  it('each test once, whichever process of two comes to it', async () => {
    const claims = temporaryFolder('claims');
    const suites = Array.from(
      { length: 6 },
      (_, number) => `describe('${number}', () => { it('a', (done) => { setTimeout(done, 100); }); });`,
    );
    const fails = `describe('x', () => { it('a', () => { throw new Error('x'); }); });`;
    const code = [...suites, fails].join('\n');
    const sharing = ['--claims', claims.path];
    const both = await Promise.all([runPlanted(code, sharing), runPlanted(code, sharing)]);
    await claims.remove();
    const [one, other] = [both[0].result, both[1].result];
    assert.deepEqual(both.map(({ exitCode }) => exitCode).sort(), [0, 1]);
    assert.equal(one.passed + other.passed, 6);
    assert.deepEqual(
      [...one.failures, ...other.failures].map(({ title }) => title),
      ['x a'],
    );
    assert.ok(one.passed > 0 && other.passed > 0, 'both had something to do');
  });
});

async function runPlanted(
  code: string,
  more: readonly string[] = [],
): Promise<{ result: RingResult; exitCode: number | null }> {
  const folder = temporaryFolder('ring');
  const bundle = path.join(folder.path, 'planted.js');
  const resultFile = path.join(folder.path, 'result.json');
  const mocha = JSON.stringify(inRepository('node_modules', 'mocha'));
  await writeFile(bundle, `const { describe, it, before } = require(${mocha});\n${code}\n`);
  const child = await startProcess(process.execPath, [
    inRepository('out', 'lab', 'runRing.js'),
    'planted',
    resultFile,
    '--bundle',
    bundle,
    ...more,
  ]);
  const exit = await child.exited;
  const result = JSON.parse(await readFile(resultFile, 'utf8')) as RingResult;
  await folder.remove();
  return { result, exitCode: exit.code };
}
