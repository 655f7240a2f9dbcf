import { readFile, stat } from 'node:fs/promises';
import { isYamlName } from '../../core/topology/manifestFile';
import type { Finding, Severity } from '../../core/topologyFile/finding';
import type { Grading } from '../../core/topologyFile/grading';
import { graded } from '../../core/topologyFile/grading';
import type { ManifestService } from '../../core/topologyFile/manifests/service';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { Target } from '../../core/topologyFile/target';
import { ManifestCheck } from './checkManifests';
import type { IgnoreList } from './ignoreLists';
import { IgnoreLists } from './ignoreLists';
import type { PlacedFinding } from './placedFinding';
import { reasonOf } from './reasonOf';

export interface CheckOutcome {
  readonly findings: readonly PlacedFinding[];
  /** One sentence for each path that could not be checked, and for what makes no sense in an ignore list. */
  readonly problems: readonly string[];
  readonly filesChecked: number;
}

export interface CheckRequest {
  readonly files: readonly string[];
  readonly target: Target | undefined;
  /** The least severity to report. */
  readonly severity: Severity;
  /** In place of the lists beside the files. */
  readonly ignoreList: string | undefined;
}

const order: readonly Severity[] = ['error', 'warning', 'information'];

/** Checks every file, also after one that cannot be read. */
export async function checkFiles(
  service: TopologyFileService,
  manifests: ManifestService,
  request: CheckRequest,
): Promise<CheckOutcome> {
  const manifestCheck = new ManifestCheck(manifests);
  const lists = new IgnoreLists();
  const findings: PlacedFinding[] = [];
  const problems = new Set<string>();
  let filesChecked = 0;
  const grave = (severity: Severity): boolean => order.indexOf(severity) <= order.indexOf(request.severity);
  const given = await givenList(lists, request.ignoreList);
  if (given === 'missing') problems.add(`${request.ignoreList ?? ''} cannot be read: there is no such file.`);
  for (const file of request.files) {
    try {
      if ((await stat(file)).isDirectory()) {
        problems.add(`${file} is a folder.`);
        continue;
      }
      const list = given === 'missing' ? undefined : (given ?? (await lists.of(file)));
      for (const problem of list?.problems ?? []) problems.add(problem);
      const gradings = list ? [list.grading] : [];
      const found = isYamlName(file)
        ? await manifestCheck.check(file, request.target, gradings)
        : await checkDefinitions(service, file, request.target, gradings);
      findings.push(
        ...found.filter(({ severity }) => grave(severity)).map((finding) => ({ file, ...finding })),
      );
      filesChecked += 1;
    } catch (error) {
      problems.add(`${file} cannot be read: ${reasonOf(error)}`);
    }
  }
  return { findings, problems: [...problems], filesChecked };
}

async function checkDefinitions(
  service: TopologyFileService,
  file: string,
  target: Target | undefined,
  gradings: readonly Grading[],
): Promise<Finding[]> {
  // Not a TextDecoder: that would drop a byte order mark, and some brokers refuse one.
  const document = service.parse((await readFile(file)).toString('utf8'));
  return graded(service.diagnostics(document, { target, syntax: 'every' }), document, gradings);
}

async function givenList(
  lists: IgnoreLists,
  file: string | undefined,
): Promise<IgnoreList | 'missing' | undefined> {
  return file === undefined ? undefined : ((await lists.read(file)) ?? 'missing');
}
