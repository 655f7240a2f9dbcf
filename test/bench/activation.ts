import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRepository } from '../lab/paths';
import { temporaryFolder } from '../lab/temporaryFolder';
import type { TemporaryFolder } from '../lab/temporaryFolder';
import { openHostWindows } from './hostWindow';
import { resultOf } from './result';
import type { Budget, Result } from './result';

/** In milliseconds, of one fresh extension host. */
export interface ActivationTimes {
  /** `require` of the bundle. */
  readonly load: number;
  /** The call of `activate` until it returns: it awaits nothing. */
  readonly call: number;
}

const windows = 7;

const budget: Budget = {
  words: 'at most 50 ms synchronous, module load included',
  about: 'value',
  holds: (ms) => ms <= 50,
};

/**
 * What activation costs the thread that all extensions share, in fresh extension hosts. VS Code's own marks go by the
 * clock on the wall and count the other extensions that start meanwhile; so a script around ours measures the two
 * calls that VS Code makes, which nothing can interrupt.
 */
export async function benchActivation(): Promise<Result[]> {
  const folder = await measuredExtension();
  const vscode = await openHostWindows({ developmentPath: folder.path });
  try {
    const found: ActivationTimes[] = [];
    for (let window = 0; window < windows; window++) found.push(await vscode.visit('activation'));
    const load = found.map((times) => times.load);
    return [
      resultOf({ name: 'loading dist/extension.js in a fresh window', unit: 'ms', measured: load }),
      resultOf({
        name: 'activation in a fresh window, synchronous part',
        unit: 'ms',
        measured: found.map((times) => times.load + times.call),
        budget,
      }),
    ];
  } finally {
    await vscode.close();
    await folder.remove();
  }
}

/** The extension as it is, but for a `main` that measures. */
async function measuredExtension(): Promise<TemporaryFolder> {
  const folder = temporaryFolder('bench-activation');
  const manifest = JSON.parse(await readFile(inRepository('package.json'), 'utf8')) as object;
  await writeFile(
    path.join(folder.path, 'package.json'),
    JSON.stringify({ ...manifest, main: './measured.js' }),
  );
  for (const name of ['dist', 'media', 'package.nls.json'])
    await symlink(inRepository(name), path.join(folder.path, name));
  await writeFile(path.join(folder.path, 'measured.js'), measured);
  return folder;
}

const measured = `
const started = performance.now();
const extension = require('./dist/extension.js');
const loaded = performance.now();
exports.activate = (context) => {
  const called = performance.now();
  const api = extension.activate(context);
  globalThis.amqpActivation = { load: loaded - started, call: performance.now() - called };
  return api;
};
exports.deactivate = () => extension.deactivate();
`;
