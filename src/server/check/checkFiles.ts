import { readFile, stat } from 'node:fs/promises';
import type { Finding } from '../../core/topologyFile/finding';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { Target } from '../../core/topologyFile/target';

/** A finding with its file, as named on the command line. */
export interface FileFinding {
  readonly file: string;
  readonly finding: Finding;
}

export interface CheckOutcome {
  readonly findings: readonly FileFinding[];
  /** One sentence for each path that could not be checked. */
  readonly unreadable: readonly string[];
}

/** Checks every file, also after one that cannot be read. */
export async function checkFiles(
  service: TopologyFileService,
  files: readonly string[],
  target: Target | undefined,
): Promise<CheckOutcome> {
  const findings: FileFinding[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    try {
      if ((await stat(file)).isDirectory()) {
        unreadable.push(`${file} is a folder: name the files in it.`);
        continue;
      }
      // Not a TextDecoder: that would drop a byte order mark, and some brokers refuse one.
      const text = (await readFile(file)).toString('utf8');
      const found = service.diagnostics(service.parse(text), { target, syntax: 'every' });
      findings.push(...found.map((finding) => ({ file, finding })));
    } catch (error) {
      unreadable.push(`${file} cannot be read: ${reason(error)}`);
    }
  }
  return { findings, unreadable };
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EACCES') return 'permission is denied.';
  return error instanceof Error ? error.message : String(error);
}
