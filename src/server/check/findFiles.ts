import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDefinitionsContent, isDefinitionsName, sniffLength } from '../../core/topology/definitionsFile';
import { isManifestContent, isYamlName } from '../../core/topology/manifestFile';
import { matchesGlob } from '../../core/topology/glob';

export interface FoundFiles {
  /** As named, or below the folder that was named; each once, a folder's in the order of their names. */
  readonly files: readonly string[];
  /** One sentence for each path that leads to no file. */
  readonly problems: readonly string[];
}

/** Folders that hold other people's files or none that a person wrote. */
const passedOver: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

/**
 * What the words on the command line mean: a file is taken whatever it is; of a folder or a glob only what is a
 * topology file by its name or its content, so that `check .` costs nobody a finding about package.json.
 */
export async function findFiles(words: readonly string[]): Promise<FoundFiles> {
  const files = new Set<string>();
  const problems: string[] = [];
  for (const word of words) {
    const kind = await kindOf(word);
    if (kind === 'folder') {
      const found = await topologyFilesBelow(word);
      if (found.length === 0) problems.push(`${word} holds no topology file.`);
      for (const file of found) files.add(file);
    } else if (kind === 'nothing' && isGlob(word)) {
      const found = await topologyFilesMatching(word);
      if (found.length === 0) problems.push(`${word} matches no topology file.`);
      for (const file of found) files.add(file);
    } else files.add(word);
  }
  return { files: [...files], problems };
}

async function kindOf(word: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(word)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

function isGlob(word: string): boolean {
  return /[*?{]/.test(word);
}

async function topologyFilesMatching(glob: string): Promise<string[]> {
  const slashed = glob.replace(/\\/g, '/');
  const fixed = slashed.slice(0, slashed.search(/[*?{]/));
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  const below = slashed.slice(folder.length);
  // A glob without a slash means the folder itself here, as a shell reads it, and not every folder below.
  const fits = (file: string): boolean => {
    const relative = path.relative(folder === '' ? '.' : folder, file).replace(/\\/g, '/');
    return matchesGlob(`/${relative}`, `/${below}`);
  };
  return await topologyFilesBelow(folder === '' ? '.' : folder, fits);
}

async function topologyFilesBelow(folder: string, fits = (_file: string) => true): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = folder === '.' ? entry.name : path.join(folder, entry.name);
    // Links to folders are not followed: they may lead in a circle.
    if (entry.isDirectory()) {
      if (!passedOver.has(entry.name)) found.push(...(await topologyFilesBelow(file, fits)));
    } else if (fits(file) && (await isTopologyFile(file))) found.push(file);
  }
  return found;
}

async function isTopologyFile(file: string): Promise<boolean> {
  if (isYamlName(file)) return isManifestContent(await beginningOf(file));
  if (!file.toLowerCase().endsWith('.json')) return false;
  return isDefinitionsName(file) || isDefinitionsContent(await beginningOf(file));
}

export async function beginningOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffLength), 0, sniffLength, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
