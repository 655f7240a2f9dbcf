import { startProcess } from './processes';
import type { StartOptions } from './processes';

/** Runs a program to its end and returns its standard output; rejects with the last lines it said when it fails. */
export async function run(command: string, args: readonly string[], options: Pick<StartOptions, 'cwd' | 'env'> = {}): Promise<string> {
  let output = '';
  let everything = '';
  const started = await startProcess(command, args, {
    ...options,
    onOutput: (text, stream) => {
      everything = (everything + text).slice(-8000);
      if (stream === 'stdout') output += text;
    },
  });
  const { code, signal } = await started.exited;
  if (code === 0) return output;
  const last = everything.trim().split('\n').slice(-12).join('\n');
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
