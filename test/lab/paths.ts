import path from 'node:path';

/** The repository: bundles of the lab and of the rings both lie two folders below it (`out/lab`, `out/rings`). */
export const repository = path.resolve(__dirname, '..', '..');

/** A file or folder of the repository. */
export function inRepository(...parts: string[]): string {
  return path.join(repository, ...parts);
}
