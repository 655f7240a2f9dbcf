// Runs the host ring inside a real extension host: VS Code calls `run` there, in the server of the lab as on a desktop.
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runBundle } from '../support/mochaRun';
import { brokenRing } from '../support/ringResult';

/** Where the result goes; the lab and test:desktop set it in the environment, which extension hosts inherit. */
const resultFile = process.env['AMQP_WORKBENCH_RING_RESULT'];

export async function run(): Promise<void> {
  const ring = process.env['AMQP_WORKBENCH_RING'] ?? 'host';
  const lines = resultFile === undefined ? undefined : `${resultFile}.lines`;
  const print = (line: string): void =>
    lines === undefined ? console.log(line) : appendFileSync(lines, `${line}\n`);
  const result = await runBundle({
    ring,
    bundle: path.resolve(__dirname, '..', 'rings', 'host.js'),
    timeoutMs: 30_000,
    print,
  }).catch((error: unknown) => brokenRing(ring, String(error)));
  if (resultFile !== undefined) {
    // In one step: somebody waits for the file to appear.
    writeFileSync(`${resultFile}.draft`, JSON.stringify(result));
    renameSync(`${resultFile}.draft`, resultFile);
  }
  // VS Code on a desktop takes the rejection for the exit code.
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}
