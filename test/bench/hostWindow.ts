import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startBrowser } from '../lab/browser';
import { inRepository } from '../lab/paths';
import { waitUntil } from '../lab/ready';
import { temporaryFolder } from '../lab/temporaryFolder';
import { startVscodeServer } from '../lab/vscodeServer';
import type { ProbeTasks } from './hostProbe';

/** A VS Code whose windows run our probe inside a fresh extension host each. */
export interface HostWindows {
  /** Opens a new window, lets the probe do this there and gives what it found. */
  visit<K extends keyof ProbeTasks>(task: K): Promise<ProbeTasks[K]>;
  close(): Promise<void>;
}

export interface HostWindowsOptions {
  readonly userSettings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The extension's folder. */
  readonly developmentPath: string;
}

const patienceMs = 5 * 60_000;

export async function openHostWindows(options: HostWindowsOptions): Promise<HostWindows> {
  const folder = temporaryFolder('bench-host');
  const taskFile = path.join(folder.path, 'task.json');
  const resultFile = path.join(folder.path, 'result.json');
  const server = await startVscodeServer({
    ...(options.userSettings && { userSettings: options.userSettings }),
    env: { ...options.env, AMQP_BENCH_TASK: taskFile, AMQP_BENCH_RESULT: resultFile },
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const address = server.url({
    folder: folder.path,
    developmentPath: options.developmentPath,
    testsPath: inRepository('out', 'lab', 'hostProbe.js'),
  });
  return {
    visit: async <K extends keyof ProbeTasks>(task: K) => {
      await rm(resultFile, { force: true });
      await writeFile(taskFile, task);
      await page.goto(address);
      if (!(await waitUntil(() => Promise.resolve(existsSync(resultFile)), patienceMs)))
        throw new Error('The extension host found nothing.');
      const found = JSON.parse(await readFile(resultFile, 'utf8')) as ProbeTasks[K] | { error: string };
      if (typeof found === 'object' && 'error' in found)
        throw new Error(`The extension host found nothing: ${found.error}`);
      return found;
    },
    close: async () => {
      await browser.close();
      await server.stop();
      await folder.remove();
    },
  };
}
