import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isManifestContent, isYamlName } from '../../core/topology/manifestFile';
import { isKustomizationName, patchFiles } from '../../core/topologyFile/manifests/kustomization';
import type { ManifestFile } from '../../core/topologyFile/manifests/readManifests';
import { longestManifest } from '../../core/topologyFile/manifests/readYaml';
import type { ManifestService } from '../../core/topologyFile/manifests/service';

/** The manifests of a folder as they are on disk. */
export interface DiskFolder {
  /** By absolute path, in the order of their names. */
  readonly files: ReadonlyMap<string, ManifestFile>;
  /** Absolute paths of files that hold parts of resources only. */
  readonly patches: ReadonlySet<string>;
  /** False when there was more than is read, or something could not be. */
  readonly isComplete: boolean;
}

const mostFiles = 2_000;
/** Of all files together, in bytes. */
const mostBytes = 30_000_000;

interface Kept {
  readonly changed: number;
  readonly size: number;
  /** `undefined` for YAML that is no manifest. */
  readonly file: ManifestFile | undefined;
}

/** Reads folders; of a file that has not changed the last parse is kept. */
export class FolderReader {
  private readonly kept = new Map<string, Map<string, Kept>>();

  constructor(private readonly service: ManifestService) {}

  async read(folder: string): Promise<DiskFolder> {
    const before = this.kept.get(folder) ?? new Map<string, Kept>();
    const now = new Map<string, Kept>();
    const files = new Map<string, ManifestFile>();
    const patches = new Set<string>();
    const names = await readdir(folder).catch(() => []);
    const yaml = names.filter((name) => isYamlName(name) || isKustomizationName(name)).sort();
    let isComplete = yaml.length <= mostFiles;
    let left = mostBytes;
    for (const name of yaml.slice(0, mostFiles)) {
      const file = path.join(folder, name);
      try {
        const { size, mtimeMs, isFile } = await status(file);
        if (!isFile) continue;
        left -= size;
        if (size > longestManifest || left < 0) {
          isComplete = false;
          continue;
        }
        if (isKustomizationName(name)) {
          for (const patch of patchFiles(await readFile(file, 'utf8'))) patches.add(path.join(folder, patch));
          continue;
        }
        const known = before.get(file);
        const kept =
          known?.changed === mtimeMs && known.size === size ? known : await this.parse(file, mtimeMs, size);
        now.set(file, kept);
        if (kept.file) files.set(file, kept.file);
      } catch {
        isComplete = false;
      }
    }
    this.kept.set(folder, now);
    return { files, patches, isComplete };
  }

  forget(folder: string): void {
    this.kept.delete(folder);
  }

  private async parse(file: string, changed: number, size: number): Promise<Kept> {
    const text = await readFile(file, 'utf8');
    return { changed, size, file: isManifestContent(text) ? this.service.parse(text) : undefined };
  }
}

async function status(
  file: string,
): Promise<{ readonly size: number; readonly mtimeMs: number; readonly isFile: boolean }> {
  const found = await stat(file);
  return { size: found.size, mtimeMs: found.mtimeMs, isFile: found.isFile() };
}
