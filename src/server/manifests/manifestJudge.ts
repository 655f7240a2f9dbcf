import type { Finding } from '../../core/topologyFile/finding';
import type { ManifestService } from '../../core/topologyFile/manifests/service';
import type { Judge } from '../judge';
import type { ResourceSettings } from '../resourceSettings';
import type { PlacedManifest } from './manifestDocuments';

const mostFindings = 1000;

/** What is wrong with a manifest, as the settings and the ignore list nearest to it want to have it. */
export class ManifestJudge {
  constructor(
    private readonly service: ManifestService,
    private readonly settings: ResourceSettings,
    private readonly judge: Judge,
  ) {}

  async findings(uri: string, { file, folder }: PlacedManifest): Promise<Finding[]> {
    const { target } = await this.settings.of(uri);
    const gradings = await this.judge.gradings(uri);
    const found = this.service.diagnostics(folder, file, { target });
    return this.service.graded(found, file, gradings).slice(0, mostFindings);
  }
}
