import type { TopologyDocument } from '../core/topologyFile/document';
import type { Finding } from '../core/topologyFile/finding';
import type { Grading } from '../core/topologyFile/grading';
import type { TopologyFileService } from '../core/topologyFile/service';
import type { EffectiveTarget } from '../core/topologyFile/target';
import { effectiveTarget } from '../core/topologyFile/target';
import type { IgnoreList } from './check/ignoreLists';
import { filePath } from './filePath';
import type { ResourceSettings } from './resourceSettings';

/** The Problems panel stalls on many thousands; the gravest come first. */
const mostFindings = 1000;

/** What is wrong with a file, as the settings and the ignore list nearest to it want to have it. */
export class Judge {
  constructor(
    private readonly service: TopologyFileService,
    private readonly settings: ResourceSettings,
    private readonly listFor: (file: string) => Promise<IgnoreList | undefined>,
  ) {}

  async findings(uri: string, document: TopologyDocument): Promise<Finding[]> {
    const { target } = await this.settings.of(uri);
    const gradings = await this.gradings(uri);
    // VS Code's JSON service reports the syntax itself; ours says the consequence, once.
    return this.service.diagnostics(document, { target, syntax: 'once', limit: mostFindings, gradings });
  }

  /** The last that says something counts: a list is about fewer files than a setting. */
  async gradings(uri: string): Promise<readonly Grading[]> {
    const { grading } = await this.settings.of(uri);
    const file = filePath(uri);
    const list = file === undefined ? undefined : await this.listFor(file);
    return list ? [grading, list.grading] : [grading];
  }

  async target(uri: string, document: TopologyDocument): Promise<EffectiveTarget> {
    const { target } = await this.settings.of(uri);
    return effectiveTarget(document.table, target);
  }
}
