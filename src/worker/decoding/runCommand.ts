import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Clock } from '../../core/base/clock';
import { utf8TextLossy } from '../../core/base/bytes';
import type { CommandResult } from '../../core/message/decode/bodyReader';
import { joinedBytes } from './joinedBytes';

export interface CommandCall {
  /** The program and its arguments. No shell reads them. */
  readonly command: readonly string[];
  readonly body: Uint8Array;
  readonly folder?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

const withinMs = 5_000;
const mostOutput = 4 * 1024 * 1024;
const mostComplaint = 4 * 1024;

/**
 * Gives a body to a program of the user's and takes what it writes. The program and what it started are killed when
 * it is done, after five seconds, beyond 4 MiB, or when nobody waits any more. Never rejects.
 */
export function runCommand(call: CommandCall, clock: Clock, signal: AbortSignal): Promise<CommandResult> {
  const [program = '', ...args] = call.command;
  return new Promise((resolve) => {
    const output: Uint8Array[] = [];
    const complaints: Uint8Array[] = [];
    let size = 0;
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(program, args, {
        cwd: call.folder,
        env: { ...call.environment },
        shell: false,
        windowsHide: true,
        // A group of its own, so that what the program starts ends with it.
        detached: process.platform !== 'win32',
      });
    } catch (thrown) {
      resolve({ problem: `The command ${program} could not be started: ${messageOf(thrown)}.` });
      return;
    }
    const finish = (result: CommandResult): void => {
      timer.dispose();
      signal.removeEventListener('abort', abort);
      kill(child);
      resolve(result);
    };
    const abort = (): void => {
      finish({ problem: `The command ${program} was cancelled.` });
    };
    const timer = clock.after(withinMs, () => {
      finish({ problem: `The command ${program} took longer than 5 seconds and was ended.` });
    });
    signal.addEventListener('abort', abort);
    child.on('error', (error) => {
      finish({ problem: `The command ${program} could not be started: ${error.message}.` });
    });
    child.stdout.on('data', (piece: Uint8Array) => {
      output.push(piece);
      size += piece.length;
      if (size > mostOutput)
        finish({ problem: `The command ${program} wrote more than 4 MiB and was ended.` });
    });
    child.stderr.on('data', (piece: Uint8Array) => {
      if (complaints.reduce((sum, { length }) => sum + length, 0) < mostComplaint) complaints.push(piece);
    });
    child.on('close', (code, by) => {
      if (code === 0) finish({ output: joinedBytes(output, size) });
      else finish({ problem: failed(program, code, by, complaints) });
    });
    // A program that does not read its input to the end has its reasons.
    child.stdin.on('error', () => undefined);
    child.stdin.end(call.body);
    if (signal.aborted) abort();
  });
}

function failed(
  program: string,
  code: number | null,
  by: NodeJS.Signals | null,
  complaints: readonly Uint8Array[],
): string {
  const how = code === null ? `was ended by ${by ?? 'a signal'}` : `ended with code ${code}`;
  const length = complaints.reduce((sum, piece) => sum + piece.length, 0);
  const first = utf8TextLossy(joinedBytes(complaints, length))
    .split('\n')
    .find((line) => line.trim() !== '');
  return first === undefined
    ? `The command ${program} ${how}.`
    : `The command ${program} ${how}: ${first.trim().slice(0, 300)}`;
}

/** The whole group where there are groups; it may be gone already. */
function kill(child: ChildProcessWithoutNullStreams): void {
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself, as most do.
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'it is not a program';
}
