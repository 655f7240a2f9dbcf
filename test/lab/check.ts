// Every check of the source that needs no run: npm run check. All of them run, also after one has failed.
import path from 'node:path';
import { checkLayers, complaints } from './layers';
import { repository } from './paths';
import { run } from './run';
import { wordsOf } from './say';

interface Check {
  readonly name: string;
  /** Resolves when all is well, rejects with what is wrong. */
  readonly run: () => Promise<unknown>;
}

const checks: readonly Check[] = [
  { name: 'types of host, core and tests', run: () => tool('tsc', '-p', 'tsconfig.json') },
  { name: 'types of webviews', run: () => tool('tsc', '-p', 'webview/tsconfig.json') },
  { name: 'lint', run: () => tool('eslint', '.') },
  { name: 'layers', run: layers },
  { name: 'format', run: () => tool('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'unused exports and dependencies', run: () => tool('knip') },
];

/** A program of the project's own node_modules. */
function tool(name: string, ...args: string[]): Promise<string> {
  return run(path.join(repository, 'node_modules', '.bin', name), args, {
    cwd: repository,
    linesOnFailure: 200,
  });
}

async function layers(): Promise<void> {
  const words = complaints(await checkLayers(repository));
  if (words.length > 0) throw new Error(words.join('\n'));
}

async function main(): Promise<number> {
  let failed = 0;
  for (const check of checks) {
    const started = Date.now();
    const outcome = await check.run().then(
      () => undefined,
      (error: unknown) => wordsOf(error),
    );
    console.log(
      `${outcome === undefined ? 'ok    ' : 'FAILED'}  ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
    );
    if (outcome !== undefined) {
      failed++;
      console.log(outcome);
    }
  }
  console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${checks.length} checks failed.`);
  return failed === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
