// Runs the rings: node out/lab/testAll.js [RING...]; all of them without an argument. Ends with the line `N passed, N failed`.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { brokenRing } from '../support/ringResult';
import type { RingResult } from '../support/ringResult';
import { inRepository } from './paths';
import { startProcess } from './processes';
import { wordsOf } from './say';
import { temporaryFolder } from './temporaryFolder';

/** What runs tests and writes a result. */
interface Stage {
  readonly ring: string;
  readonly name: string;
  readonly script: string;
  readonly argument: string;
  /** How many processes share it; 1 unless said. */
  readonly processes?: number;
  readonly limitMinutes: number;
}

const stages: readonly Stage[] = [
  { ring: 'unit', name: 'unit', script: 'runRing.js', argument: 'unit', processes: 2, limitMinutes: 5 },
  {
    ring: 'integration',
    name: 'integration',
    script: 'runRing.js',
    argument: 'integration',
    processes: 2,
    limitMinutes: 30,
  },
  { ring: 'host', name: 'host (trusted)', script: 'hostRing.js', argument: 'trusted', limitMinutes: 10 },
  { ring: 'host', name: 'host (untrusted)', script: 'hostRing.js', argument: 'untrusted', limitMinutes: 10 },
  { ring: 'webview', name: 'webview', script: 'runRing.js', argument: 'webview', limitMinutes: 10 },
  { ring: 'e2e', name: 'e2e', script: 'runRing.js', argument: 'e2e', limitMinutes: 20 },
];

async function main(wanted: readonly string[]): Promise<number> {
  const known = new Set(stages.map((stage) => stage.ring));
  const unknown = wanted.filter((ring) => !known.has(ring));
  if (unknown.length > 0)
    throw new Error(`No such ring: ${unknown.join(', ')}. There are ${[...known].join(', ')}.`);
  const results: { result: RingResult; seconds: number }[] = [];
  const folder = temporaryFolder('results');
  for (const stage of stages.filter(({ ring }) => wanted.length === 0 || wanted.includes(ring))) {
    console.log(`\n${stage.name}`);
    const started = Date.now();
    const result = await runStage(stage, path.join(folder.path, stage.argument));
    results.push({ result, seconds: (Date.now() - started) / 1000 });
  }
  await folder.remove();
  return summarise(results);
}

async function runStage(stage: Stage, folder: string): Promise<RingResult> {
  const claims = path.join(folder, 'claims');
  await mkdir(claims, { recursive: true });
  const { processes = 1 } = stage;
  const sharing = processes > 1 ? ['--claims', claims] : [];
  const parts = await Promise.all(
    Array.from({ length: processes }, (_, number) =>
      runProcess(stage, path.join(folder, `${number}.json`), sharing),
    ),
  );
  const sum = (count: (part: RingResult) => number): number =>
    parts.reduce((total, part) => total + count(part), 0);
  return {
    ring: stage.name,
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    failures: parts.flatMap(({ failures }) => failures),
  };
}

/** A process that is killed, crashes or says nothing counts as one failure: a ring that cannot run fails, it does not skip. */
async function runProcess(
  { name, script, argument, limitMinutes }: Stage,
  resultFile: string,
  more: readonly string[],
): Promise<RingResult> {
  const child = await startProcess(
    process.execPath,
    [inRepository('out', 'lab', script), argument, resultFile, ...more],
    { output: 'inherit' },
  );
  const late = new AbortController();
  const limit = setTimeout(() => {
    late.abort();
    void child.stop(20_000);
  }, limitMinutes * 60_000);
  const exit = await child.exited;
  clearTimeout(limit);
  if (late.signal.aborted) return brokenRing(name, `It was stopped after ${limitMinutes} minutes.`);
  try {
    const result = JSON.parse(await readFile(resultFile, 'utf8')) as RingResult;
    if (exit.code === 0 || result.failed > 0) return result;
    const failures = [{ title: name, message: `Its process ended with ${exit.code ?? exit.signal}.` }];
    return { ring: name, passed: result.passed, failed: 1, failures };
  } catch {
    return brokenRing(name, `It ended with ${exit.code ?? exit.signal} and without a result.`);
  }
}

function summarise(results: readonly { result: RingResult; seconds: number }[]): number {
  let passed = 0;
  let failed = 0;
  console.log('');
  for (const { result } of results) {
    for (const { title, message } of result.failures)
      console.log(`FAILED ${result.ring}: ${title}\n  ${message.split('\n')[0] ?? ''}`);
  }
  for (const { result, seconds } of results) {
    passed += result.passed;
    failed += result.failed;
    console.log(
      `${result.ring.padEnd(18)} ${result.passed} passed, ${result.failed} failed, ${seconds.toFixed(1)} s`,
    );
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.log(`${wordsOf(error)}\n0 passed, 1 failed`);
    process.exit(1);
  },
);
