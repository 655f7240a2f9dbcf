import { startProcess } from './processes';
import type { StartOptions } from './processes';

export interface RunOptions extends Pick<StartOptions, 'cwd' | 'env'> {
  /** How many of its last lines an error quotes; 12 by default. */
  readonly linesOnFailure?: number;
}

/** Runs a program to its end and returns its standard output; rejects with the last lines it said when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  { linesOnFailure = 12, ...options }: RunOptions = {},
): Promise<string> {
  let output = '';
  let everything = '';
  const started = await startProcess(command, args, {
    ...options,
    onOutput: (text, stream) => {
      everything = (everything + text).slice(-64_000);
      if (stream === 'stdout') output += text;
    },
  });
  const { code, signal } = await started.exited;
  if (code === 0) return output;
  const last = everything.trim().split('\n').slice(-linesOnFailure).join('\n');
  throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${last}`);
}

/** Tries again after a pause what the network may have spoiled. */
export async function retrying<T>(times: number, action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (attempt >= times) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 2000));
    }
  }
}
