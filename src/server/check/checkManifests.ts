import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../core/topologyFile/finding';
import type { Grading } from '../../core/topologyFile/grading';
import type { FolderFile, ManifestFolder } from '../../core/topologyFile/manifests/manifestFolder';
import type { ManifestService } from '../../core/topologyFile/manifests/service';
import type { Target } from '../../core/topologyFile/target';
import { FolderReader } from '../manifests/folderReader';

/** Checks manifests: each is judged together with the others of its folder, whether those are named or not. */
export class ManifestCheck {
  private readonly reader: FolderReader;
  private readonly folders = new Map<string, Promise<ManifestFolder>>();

  constructor(private readonly service: ManifestService) {
    this.reader = new FolderReader(service);
  }

  /** Rejects for a file that cannot be read. */
  async check(file: string, target: Target | undefined, gradings: readonly Grading[]): Promise<Finding[]> {
    const absolute = path.resolve(file);
    const place = path.dirname(absolute);
    let reading = this.folders.get(place);
    if (!reading) this.folders.set(place, (reading = this.readFolder(place)));
    const folder = await reading;
    const known = folder.files.find(({ id }) => id === absolute);
    // A file that was named is checked whatever it holds, which comes to nothing if it is no manifest.
    const manifest = known?.file ?? this.service.parse(await readFile(absolute, 'utf8'));
    return this.service.graded(this.service.diagnostics(folder, manifest, { target }), manifest, gradings);
  }

  private async readFolder(place: string): Promise<ManifestFolder> {
    const { files, patches, isComplete } = await this.reader.read(place);
    const all = [...files].map(([file, manifest]): FolderFile => ({
      name: path.basename(file),
      id: file,
      file: manifest,
      isPatch: patches.has(file),
    }));
    return { files: all, isComplete };
  }
}
