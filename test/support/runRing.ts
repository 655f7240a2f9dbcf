// Runs one ring's bundle in this process: node out/lab/runRing.js RING RESULT-FILE [BUNDLE]
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../lab/paths';
import { stillRunning } from '../lab/processes';
import { runBundle } from './mochaRun';

/** Time for one test: brokers and browsers need their seconds, pure code does not. */
const timeouts: Readonly<Record<string, number>> = {
  unit: 5_000,
  webview: 30_000,
  integration: 90_000,
  e2e: 120_000,
};

async function main(ring?: string, resultFile?: string, bundle?: string): Promise<void> {
  if (ring === undefined || resultFile === undefined)
    throw new Error('usage: node out/lab/runRing.js RING RESULT-FILE [BUNDLE]');
  process.exitCode = 1;
  const result = await runBundle({
    ring,
    bundle: bundle ?? inRepository('out', 'rings', `${ring}.js`),
    timeoutMs: timeouts[ring] ?? 10_000,
    print: (line) => console.log(line),
  });
  writeFileSync(path.resolve(resultFile), JSON.stringify(result));
  if (stillRunning().length > 0)
    console.log(`  note    processes left to the lab's clean-up: ${stillRunning().join(', ')}`);
  // Not left to the event loop: a forgotten socket must not hold the ring up. The lab's exit handlers end what still runs.
  process.exit(result.failed === 0 ? 0 : 1);
}

void main(...process.argv.slice(2));
