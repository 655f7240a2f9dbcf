import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { lock } from './lock';
import { say } from './say';

/** Where installed brokers and servers are kept between runs: the user's cache folder. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'amqp-workbench');
}

/**
 * The folder `name` of the cache, installed once. `install` fills `stage`, which becomes `final` by one rename when it succeeds;
 * a folder that exists is therefore complete. Two runs at once install one after the other, and the second finds the work done.
 * Put everything that changes what is installed (a version, a recipe number) into the name.
 */
export async function cached(
  name: string,
  install: (stage: string, final: string) => Promise<void>,
): Promise<string> {
  const final = path.join(cacheFolder(), name);
  if (existsSync(final)) return final;
  await mkdir(cacheFolder(), { recursive: true });
  const mine = await lock(`${final}.lock`, () => say(`waiting for another run that installs ${name}`));
  try {
    if (existsSync(final)) return final;
    await removeAbandonedStages(name);
    const stage = `${final}.stage-${process.pid}`;
    await mkdir(stage);
    const started = Date.now();
    say(`installing ${name} into ${final}`);
    try {
      await install(stage, final);
      await rename(stage, final);
    } catch (error) {
      await rm(stage, { recursive: true, force: true });
      throw error;
    }
    say(`installed ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return final;
  } finally {
    mine.release();
  }
}

/** Only called under the lock: whatever stage is there belongs to a run that was killed. */
async function removeAbandonedStages(name: string): Promise<void> {
  for (const entry of await readdir(cacheFolder())) {
    if (entry.startsWith(`${name}.stage-`))
      await rm(path.join(cacheFolder(), entry), { recursive: true, force: true });
  }
}
