import type { Finding } from '../finding';
import type { Grading } from '../grading';
import { gradedByName } from '../grading';
import type { ManifestFile } from './readManifests';
import { textAt } from './yamlTree';

/** The findings of a file as its gradings want them; an ignored name is that of the broker's object or the resource. */
export function gradedManifest(
  findings: readonly Finding[],
  file: ManifestFile,
  gradings: readonly Grading[],
): Finding[] {
  const nameOf = ({ range }: Pick<Finding, 'range'>): string | undefined => {
    const offset = file.lines.offset(range.start);
    const resource = file.resources.find(({ root }) => root.start <= offset && offset < root.end);
    return textAt(resource?.spec?.value, 'name') ?? resource?.resourceName;
  };
  return gradedByName(findings, () => nameOf, gradings);
}
