import { fileURLToPath } from 'node:url';

/** The path of a file on this machine; `undefined` for other file systems and for texts that were never saved. */
export function filePath(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
