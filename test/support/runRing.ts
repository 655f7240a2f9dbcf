// Runs one ring's bundle in this process: node out/lab/runRing.js RING RESULT-FILE [--bundle FILE] [--claims FOLDER]
// Processes with one folder for their claims share the ring: each suite runs in the one that comes to it first.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
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

async function main(args: string[]): Promise<void> {
  const options = { bundle: { type: 'string' }, claims: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [ring, resultFile] = positionals;
  if (ring === undefined || resultFile === undefined)
    throw new Error('usage: node out/lab/runRing.js RING RESULT-FILE [--bundle FILE] [--claims FOLDER]');
  const { bundle, claims } = values;
  process.exitCode = 1;
  const result = await runBundle({
    ring,
    bundle: bundle ?? inRepository('out', 'rings', `${ring}.js`),
    timeoutMs: timeouts[ring] ?? 10_000,
    ...(claims !== undefined && { claim: (place) => claimed(path.join(claims, String(place))) }),
    print: (line) => console.log(line),
  });
  writeFileSync(path.resolve(resultFile), JSON.stringify(result));
  if (stillRunning().length > 0)
    console.log(`  note    processes left to the lab's clean-up: ${stillRunning().join(', ')}`);
  // Not left to the event loop: a forgotten socket must not hold the ring up. The lab's exit handlers end what still runs.
  process.exit(result.failed === 0 ? 0 : 1);
}

/** Whether this process is the first to ask: of those that make a folder one succeeds. */
function claimed(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

void main(process.argv.slice(2));
