import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from './lock';
import { cacheFolder } from './cache';
import { retrying, run } from './run';
import { say, wordsOf } from './say';

/** The full path of a program on the PATH, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  for (const folder of [...folders, '/usr/bin', '/usr/sbin']) {
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** The first of `names` on the PATH; else installs `packages` where that is allowed; else says what is missing. */
export async function requireProgram(names: readonly string[], packages: readonly string[]): Promise<string> {
  const find = (): string | undefined => names.map(findProgram).find((found) => found !== undefined);
  const found = find() ?? (await aptInstall(packages), find());
  if (found) return found;
  throw new Error(`Installing ${packages.join(', ')} did not bring ${names.join(' or ')}.`);
}

/** Installs Debian packages; only root may, and only on Debian and what descends from it. */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new Error(
      `${packages.join(', ')} is missing here: install it and try again (on Debian: apt-get install ${packages.join(' ')}).`,
    );
  }
  const mine = await lock(path.join(cacheFolder(), 'apt-install.lock'), () =>
    say('waiting for another run that installs packages'),
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', '-q'];
  try {
    say(`installing ${packages.join(', ')} with apt-get`);
    await retrying(3, async () => {
      // A machine may list other sources that are down; only the install decides.
      await run('apt-get', [...patient, 'update'], { env }).catch((error: unknown) => say(wordsOf(error)));
      await run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...packages], { env });
    });
  } finally {
    mine.release();
  }
}

/** The fields of /etc/os-release; empty elsewhere than Linux. */
export async function osRelease(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const pairs = [...text.matchAll(/^([A-Z_]+)="?([^"\n]*)"?$/gm)];
  return new Map(pairs.map(([, key, value]) => [key ?? '', value ?? '']));
}
