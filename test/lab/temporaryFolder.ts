import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tellReaper } from './reaper';

/** A folder of its own below the system's temporary one, gone at the latest when this process is. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
  /** Leaves it in place when this process ends, so that somebody can look inside. */
  keep(): void;
}

const folders = new Set<string>();
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(purpose: string): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `amqp-workbench-${purpose}-`));
  folders.add(folder);
  tellReaper('d', folder);
  const forget = (): void => {
    folders.delete(folder);
    tellReaper('k', folder);
  };
  return {
    path: folder,
    remove: async () => {
      // Ending processes may still be writing for a moment.
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      forget();
    },
    keep: forget,
  };
}
