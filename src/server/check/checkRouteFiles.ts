import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LineIndex } from '../../core/topologyFile/lineIndex';
import { checkRoutes } from '../../core/topologyFile/routes/checkRoutes';
import { documentTopology } from '../../core/topologyFile/routes/documentTopology';
import type { RouteFile } from '../../core/topologyFile/routes/routeAssertions';
import { readRouteFile } from '../../core/topologyFile/routes/routeAssertions';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { TopologyFileService } from '../../core/topologyFile/service';
import { targetFor } from '../../core/topologyFile/target';
import type { Target } from '../../core/topologyFile/target';
import { reasonOf } from './reasonOf';
import type { PlacedFinding } from './placedFinding';

export const routeCodes = {
  'routes/fails': 'A message does not reach exactly the queues that the file says.',
  'routes/unknown': 'Where a message goes cannot be foretold.',
  'routes/file': 'The file of assertions cannot be understood.',
} as const;

export interface RoutesOutcome {
  readonly findings: readonly PlacedFinding[];
  readonly problems: readonly string[];
  readonly holding: number;
}

/** Checks the assertions of each file against its topology; a topology is read once. */
export async function checkRouteFiles(
  service: TopologyFileService,
  files: readonly string[],
  target: Target | undefined,
): Promise<RoutesOutcome> {
  const findings: PlacedFinding[] = [];
  const problems: string[] = [];
  let holding = 0;
  const topologies = new Map<string, Promise<TopologyDocument>>();
  const read = async (file: string): Promise<TopologyDocument> => {
    const known = topologies.get(file) ?? readFile(file, 'utf8').then((text) => service.parse(text));
    topologies.set(file, known);
    return await known;
  };
  for (const file of files) {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      problems.push(`${file} cannot be read: ${reasonOf(error)}`);
      continue;
    }
    const lines = new LineIndex(text);
    const report = (
      code: keyof typeof routeCodes,
      severity: PlacedFinding['severity'],
      message: string,
      { start, end }: { start: number; end: number },
    ): void => {
      findings.push({
        file,
        code,
        severity,
        message,
        range: { start: lines.position(start), end: lines.position(end) },
      });
    };
    const routes = readRouteFile(text);
    for (const problem of routes.problems) report('routes/file', 'error', problem.message, problem);
    if (routes.assertions.length === 0) continue;
    const topologyFile = topologyOf(file, routes);
    let document: TopologyDocument;
    try {
      document = await read(topologyFile);
    } catch (error) {
      problems.push(`${topologyFile}, which ${file} is about, cannot be read: ${reasonOf(error)}`);
      continue;
    }
    const series = targetFor(document.table, target);
    for (const { assertion, verdict, message } of checkRoutes(routes.assertions, (vhost) =>
      documentTopology(document, vhost, series),
    )) {
      const named = assertion.name === undefined ? message : `${assertion.name}: ${message}`;
      if (verdict === 'holds') holding += 1;
      else if (verdict === 'fails') report('routes/fails', 'error', named, assertion);
      else report('routes/unknown', 'warning', named, assertion);
    }
  }
  return { findings, problems, holding };
}

/** `shop.routes.json` is about `shop.definitions.json`, `routes.json` about `definitions.json`, unless it says otherwise. */
function topologyOf(file: string, { topology }: RouteFile): string {
  const folder = path.dirname(file);
  return path.join(folder, topology ?? path.basename(file).replace(/routes\.json$/, 'definitions.json'));
}
