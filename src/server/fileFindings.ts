import { readFile, stat } from 'node:fs/promises';
import { isYamlName } from '../core/topology/manifestFile';
import type { TopologyDocument } from '../core/topologyFile/document';
import type { Finding } from '../core/topologyFile/finding';
import type { TopologyFileService } from '../core/topologyFile/service';
import { beginningOf } from './check/findFiles';
import { reasonOf } from './check/reasonOf';
import { filePath } from './filePath';
import type { Judge } from './judge';
import type { ManifestDocuments } from './manifests/manifestDocuments';
import type { ManifestJudge } from './manifests/manifestJudge';
import type { OpenDocuments } from './openDocuments';

/** A larger file is no use to an editor; its check would block the others. */
const mostBytes = 20 * 1024 * 1024;

/** What is wrong with a file of either kind, whether it is open or only on disk. */
export class FileFindings {
  constructor(
    private readonly open: OpenDocuments,
    private readonly service: TopologyFileService,
    private readonly judge: Judge,
    private readonly manifests: ManifestDocuments,
    private readonly manifestJudge: ManifestJudge,
  ) {}

  /** Whatever was read from disk before is looked at again. */
  startOver(): void {
    this.manifests.startOver();
  }

  /** `undefined` for a file that is none of ours or, which is told as a problem, cannot be read. */
  async of(uri: string, problem: (sentence: string) => void): Promise<Finding[] | undefined> {
    if (isYamlName(uri)) {
      const manifest = await this.manifests.find(uri);
      return manifest && (await this.manifestJudge.findings(uri, manifest));
    }
    const isOpen = this.open.texts.get(uri) !== undefined;
    const document = isOpen ? this.open.get(uri) : await this.read(uri, problem);
    return document && (await this.judge.findings(uri, document));
  }

  private async read(
    uri: string,
    problem: (sentence: string) => void,
  ): Promise<TopologyDocument | undefined> {
    const file = filePath(uri);
    if (file === undefined) {
      problem(`${uri} is on a file system that cannot be read without opening it.`);
      return undefined;
    }
    try {
      if (!this.open.isNamedSo(uri) && !this.open.isTopologyFile(uri, await beginningOf(file)))
        return undefined;
      const { size } = await stat(file);
      if (size > mostBytes) {
        problem(`${file} is larger than 20 MB and was not checked.`);
        return undefined;
      }
      return this.service.parse(await readFile(file, 'utf8'));
    } catch (error) {
      problem(`${file} cannot be read: ${reasonOf(error)}`);
      return undefined;
    }
  }
}
