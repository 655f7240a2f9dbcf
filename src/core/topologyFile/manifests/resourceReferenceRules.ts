import { shown } from '../ruleContext';
import { nearestName } from '../spelling';
import type { ManifestFindings } from './manifestFinding';
import type { ManifestFile } from './readManifests';
import type { Member } from './toDefinitions';
import { textAt, valueAt } from './yamlTree';

/** References to virtual hosts and users that the folder does not declare. They may be elsewhere: warnings. */
export function resourceReferenceRules(members: readonly Member[], findings: ManifestFindings): void {
  checkVhosts(members, findings);
  checkUsers(members, findings);
}

/** Of one name a file gets one finding: all its resources tend to be in the same virtual host. */
function checkVhosts(members: readonly Member[], findings: ManifestFindings): void {
  const declared = new Set(['/']);
  for (const { resource } of members)
    if (resource.kind.kind === 'Vhost') declared.add(textAt(resource.spec?.value, 'name') ?? '/');
  const said = new Map<ManifestFile, Set<string>>();
  for (const { file, resource } of members) {
    const node = valueAt(resource.spec?.value, 'vhost');
    const name = textAt(resource.spec?.value, 'vhost');
    if (!node || name === undefined || resource.kind.kind === 'Vhost' || declared.has(name)) continue;
    let names = said.get(file);
    if (!names) said.set(file, (names = new Set<string>()));
    if (names.has(name)) continue;
    names.add(name);
    const meant = nearestName(name, [...declared].slice(0, 200), 2);
    const hint =
      meant === undefined || meant === '/' ? 'it may be declared elsewhere' : `did you mean ${shown(meant)}?`;
    const message = `Nothing in this folder declares the virtual host ${shown(name)} (${hint}): declare it or correct the name.`;
    findings.reporter(file)('likely/not-in-folder', node, message);
  }
}

function checkUsers(members: readonly Member[], findings: ManifestFindings): void {
  const declared = new Set<string>();
  for (const { resource } of members)
    if (resource.kind.kind === 'User' && resource.resourceName !== undefined)
      declared.add(resource.resourceName);
  for (const { file, resource } of members) {
    const node = valueAt(resource.spec?.value, 'userReference', 'name');
    const name = textAt(resource.spec?.value, 'userReference', 'name');
    if (!node || name === undefined || declared.has(name)) continue;
    const meant = nearestName(name, [...declared].slice(0, 200), 2);
    const hint = meant === undefined ? 'it may be declared elsewhere' : `did you mean ${shown(meant)}?`;
    const message = `No User resource in this folder has the metadata.name ${shown(name)} (${hint}): add one or correct the name.`;
    findings.reporter(file)('likely/not-in-folder', node, message);
  }
}
