import { linkSync, mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Held by one process at a time; a lock whose owner died is free again. */
export interface Lock {
  release(): void;
}

const held = new Set<string>();
process.on('exit', () => {
  for (const file of held) removeQuietly(file);
});

/** Takes the lock, or returns undefined while a living process (this one included) holds it. */
export function tryLock(file: string): Lock | undefined {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!take(file)) {
    if (!isStale(file)) return undefined;
    breakStale(file);
    if (!take(file)) return undefined;
  }
  held.add(file);
  return {
    release: () => {
      if (held.delete(file)) removeQuietly(file);
    },
  };
}

/** Waits for the lock; `waiting` is called once when somebody else has it. */
export async function lock(file: string, waiting: () => void): Promise<Lock> {
  for (let round = 0; ; round++) {
    const mine = tryLock(file);
    if (mine) return mine;
    if (round === 0) waiting();
    await sleep(200);
  }
}

/** `link` makes the name and its content appear in one step, so that nobody ever reads a lock without an owner. */
function take(file: string): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, identity(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    removeQuietly(draft);
  }
}

function isStale(file: string): boolean {
  try {
    const owner = readFileSync(file, 'utf8');
    return owner !== identity(Number.parseInt(owner, 10));
  } catch {
    return false;
  }
}

/** Two finders of the same stale lock must not both remove it: the second would remove the first one's new lock. */
function breakStale(file: string): void {
  const breaking = `${file}.breaking`;
  try {
    mkdirSync(breaking);
  } catch {
    if (ageOf(breaking) > 10_000) rmdirQuietly(breaking);
    return;
  }
  if (isStale(file)) removeQuietly(file);
  rmdirQuietly(breaking);
}

/** The pid and, where the system tells, the time it started at: pids are used again. Empty for a dead process. */
function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${startTime}`;
  } catch {
    return process.platform !== 'linux' && isAlive(pid) ? `${pid}` : '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Somebody else was faster, which is as good.
  }
}

function rmdirQuietly(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else was faster, which is as good.
  }
}
