import path from 'node:path';
import { isManifestContent, isYamlName } from '../../core/topology/manifestFile';
import type { FolderFile, ManifestFolder } from '../../core/topologyFile/manifests/manifestFolder';
import type { ManifestFile } from '../../core/topologyFile/manifests/readManifests';
import type { ManifestService } from '../../core/topologyFile/manifests/service';
import { pathToFileURL } from 'node:url';
import { filePath } from '../filePath';
import type { OpenDocuments } from '../openDocuments';
import type { DiskFolder } from './folderReader';
import { FolderReader } from './folderReader';

/** A manifest and the folder it is in; ids in the folder are URIs. */
export interface PlacedManifest {
  readonly file: ManifestFile;
  readonly folder: ManifestFolder;
}

interface KnownFolder {
  readonly disk: Promise<DiskFolder>;
  /** The folder as it was last put together, and of what. */
  made?: { readonly from: string; readonly folder: ManifestFolder };
}

/** The open manifests, with what stands beside them on disk. Texts that are open count as they are in the editor. */
export class ManifestDocuments {
  private readonly parsed = new Map<string, { version: number; file: ManifestFile | undefined }>();
  private readonly folders = new Map<string, KnownFolder>();
  private readonly reader: FolderReader;
  private isWatching = false;

  constructor(
    private readonly open: OpenDocuments,
    private readonly service: ManifestService,
    /** Called once, when the first manifest is seen: from then on changes on disk matter. */
    private readonly watch: () => void,
  ) {
    this.reader = new FolderReader(service);
    open.texts.onDidClose(({ document }) => this.parsed.delete(document.uri));
  }

  /** The open manifest as it is now; `undefined` for one that is not open or is none. */
  fileOf(uri: string): ManifestFile | undefined {
    const text = this.open.texts.get(uri);
    if (!text || !(text.languageId === 'yaml' || isYamlName(uri))) return undefined;
    const known = this.parsed.get(uri);
    if (known?.version === text.version) return known.file;
    const content = text.getText();
    const file = isManifestContent(content) ? this.service.parse(content) : undefined;
    this.parsed.set(uri, { version: text.version, file });
    return file;
  }

  async get(uri: string): Promise<PlacedManifest | undefined> {
    const file = this.fileOf(uri);
    if (!file) return undefined;
    const place = folderPath(uri);
    // A text that is nowhere on this machine has no neighbours.
    return { file, folder: place === undefined ? alone(uri, file) : await this.folderAt(place) };
  }

  /** The same for a file that may be open or only on disk. */
  async find(uri: string): Promise<PlacedManifest | undefined> {
    const [own, place] = [filePath(uri), folderPath(uri)];
    if (this.open.texts.get(uri) || own === undefined || place === undefined) return await this.get(uri);
    const folder = await this.folderAt(place);
    const found = folder.files.find(({ id }) => filePath(id) === own);
    return found && { file: found.file, folder };
  }

  /** Folders are read anew when they are next asked for; files that have not changed are not parsed again. */
  startOver(): void {
    this.folders.clear();
  }

  /** Reads the folder anew when it is next asked for; files that have not changed are not parsed again. */
  changedOnDisk(uri: string): boolean {
    const file = filePath(uri);
    return (
      file !== undefined && /\.ya?ml$|kustomization$/i.test(file) && this.folders.delete(path.dirname(file))
    );
  }

  /** The open manifests of the folder that a file is in. */
  openBeside(uri: string): string[] {
    const folder = folderPath(uri);
    return this.open.texts
      .all()
      .map((text) => text.uri)
      .filter(
        (other) =>
          (other === uri || (folder !== undefined && folderPath(other) === folder)) && this.fileOf(other),
      );
  }

  private async folderAt(place: string): Promise<ManifestFolder> {
    let known = this.folders.get(place);
    if (!known) {
      if (!this.isWatching) this.watch();
      this.isWatching = true;
      this.folders.set(place, (known = { disk: this.reader.read(place) }));
    }
    const disk = await known.disk;
    const inEditor = new Map<
      string,
      { readonly uri: string; readonly file: ManifestFile | undefined; readonly version: number }
    >();
    for (const text of this.open.texts.all()) {
      const own = filePath(text.uri);
      if (own !== undefined && path.dirname(own) === place && isYamlName(own))
        inEditor.set(own, { uri: text.uri, file: this.fileOf(text.uri), version: text.version });
    }
    const from = JSON.stringify([...inEditor].map(([own, { version }]) => [own, version]));
    if (known.made?.from === from) return known.made.folder;
    const files: FolderFile[] = [];
    for (const own of [...new Set([...disk.files.keys(), ...inEditor.keys()])].sort()) {
      const edited = inEditor.get(own);
      const content = edited ? edited.file : disk.files.get(own);
      if (!content) continue;
      files.push({
        name: path.basename(own),
        id: edited?.uri ?? pathToFileURL(own).toString(),
        file: content,
        isPatch: disk.patches.has(own),
      });
    }
    const folder = { files, isComplete: disk.isComplete };
    known.made = { from, folder };
    return folder;
  }
}

const loners = new WeakMap<ManifestFile, ManifestFolder>();

function alone(uri: string, file: ManifestFile): ManifestFolder {
  const known = loners.get(file);
  if (known) return known;
  const folder = { files: [{ name: path.basename(uri), id: uri, file }], isComplete: true };
  loners.set(file, folder);
  return folder;
}

function folderPath(uri: string): string | undefined {
  const file = filePath(uri);
  return file === undefined ? undefined : path.dirname(file);
}
