import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { tellReaper } from './reaper';

/** How a process ended. */
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process (and its group) that never outlives this one. */
export interface LabProcess {
  readonly pid: number;
  /** Resolves, never rejects, once the process is gone. */
  readonly exited: Promise<Exit>;
  readonly running: boolean;
  /** Asks by SIGTERM, insists by SIGKILL after `graceMs`, and resolves when the process is gone. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL to the whole group; resolves when the process is gone. */
  kill(): Promise<void>;
}

export interface StartOptions {
  readonly cwd?: string;
  /** The complete environment; this process's own when left out. */
  readonly env?: Record<string, string | undefined>;
  /** A file that collects both outputs, a pipe (read it from `child`), this process's own outputs, or nothing. */
  readonly output?: { readonly file: string } | 'inherit' | 'ignore';
  /** Gets each piece of standard output and error; wins over `output`. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
}

const running = new Map<number, ChildProcess>();
let watching = false;

/** Starts a program in a process group of its own. Rejects with the system's words when it cannot be started. */
export async function startProcess(
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<LabProcess> {
  watchOwnEnd();
  const file = typeof options.output === 'object' ? openSync(options.output.file, 'a') : undefined;
  const sink = options.onOutput ? 'pipe' : (file ?? (options.output === 'inherit' ? 'inherit' : 'ignore'));
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', sink, sink],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  if (file !== undefined) closeSync(file);
  const { pid } = child;
  if (pid === undefined) return new Promise((_resolve, reject) => child.once('error', reject));
  running.set(pid, child);
  tellReaper('+', pid);
  child.on('error', () => undefined);
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => options.onOutput?.(text, stream));
  }
  const exited = new Promise<Exit>((resolve) => {
    const gone = (code: number | null, signal: NodeJS.Signals | null): void => {
      // What the leader started may still be there; its group ends with it.
      signalGroup(pid, 'SIGKILL');
      running.delete(pid);
      tellReaper('-', pid);
      resolve({ code, signal });
    };
    // With pipes wait for `close`, so that all output has been seen; but not for ever: a stranger may hold the pipe.
    child.once('exit', (code, signal) => {
      if (!options.onOutput) {
        gone(code, signal);
        return;
      }
      signalGroup(pid, 'SIGKILL');
      const patience = setTimeout(() => gone(code, signal), 1000);
      child.once('close', () => {
        clearTimeout(patience);
        gone(code, signal);
      });
    });
  });
  return {
    pid,
    exited,
    get running() {
      return running.has(pid);
    },
    stop: async (graceMs = 5000) => {
      if (running.has(pid)) signalGroup(pid, 'SIGTERM');
      const insist = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
      await exited;
      clearTimeout(insist);
    },
    kill: async () => {
      if (running.has(pid)) signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}

/** The pids of everything started here that still runs. */
export function stillRunning(): readonly number[] {
  return [...running.keys()];
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** Last started first: a broker would start its name server again if that went before it. */
function killAllNow(): void {
  for (const pid of [...running.keys()].reverse()) signalGroup(pid, 'SIGKILL');
}

/** `exit` also comes after an uncaught exception; for signals we make it come. SIGKILL is the reaper's. */
function watchOwnEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', killAllNow);
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.on(signal, () => {
      killAllNow();
      process.exit(128 + number);
    });
  }
}
