import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inRepository } from '../lab/paths';
import { run } from '../lab/run';
import type { Result } from './result';

const budgets: readonly { file: string; most: number }[] = [
  { file: 'extension.js', most: 200_000 },
  { file: 'languageClient.js', most: 500_000 },
];

/** How large what users download is; a kB is 1,000 bytes. */
export async function benchSizes(): Promise<Result[]> {
  const bundles = await Promise.all(
    budgets.map(async ({ file, most }) => size(file, (await stat(inRepository('dist', file))).size, most)),
  );
  const others = ['worker.js', 'server.js', 'cli.js', 'webview/messages.js', 'webview/publish.js'];
  const unbounded = await Promise.all(
    others.map(async (file) => size(file, (await stat(inRepository('dist', file))).size)),
  );
  await run(process.execPath, [inRepository('out', 'lab', 'package.js')], {});
  const vsix = (await readdir(inRepository())).find((name) => name.endsWith('.vsix'));
  if (vsix === undefined) throw new Error('npm run package left no VSIX.');
  return [
    ...bundles,
    ...unbounded,
    size('VSIX', (await stat(path.join(inRepository(), vsix))).size, 3_000_000),
  ];
}

function size(name: string, bytes: number, most?: number): Result {
  const value = Math.ceil(bytes / 1_000);
  if (most === undefined) return { name: `size of ${name}`, value, unit: 'kB', ok: 'yes' };
  return {
    name: `size of ${name}`,
    value,
    unit: 'kB',
    budget: `at most ${most / 1_000} kB`,
    ok: bytes <= most ? 'yes' : 'no',
  };
}
