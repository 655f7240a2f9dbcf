import { nearestName } from '../spelling';
import { shown } from '../ruleContext';
import { kindRule } from './kindLookup';
import { kindRules } from './kindTable';
import type { Report } from './manifestFinding';
import type { ManifestFile, StrangeResource } from './readManifests';
import type { YamlProblem } from './readYaml';
import { textOf } from './yamlTree';

/** What keeps a file or a resource from being judged at all. */
export function fileRules(file: ManifestFile, report: Report): void {
  if (file.template !== undefined) {
    const at = { start: file.template, end: file.template + 2 };
    report('advice/template', at, 'This is a template: it can be checked after it has been filled in.');
    return;
  }
  // One mistake makes a parser report many: the first says where to begin.
  const [first] = file.problems;
  if (first) reportProblem(file, first, report);
  for (const stranger of file.strangers) checkKind(stranger, report);
  reportRepeated(file, report);
}

function reportProblem(file: ManifestFile, problem: YamlProblem, report: Report): void {
  const at = {
    start: problem.start,
    end: Math.max(problem.end, Math.min(problem.start + 1, file.text.length)),
  };
  switch (problem.kind) {
    case 'tooLarge':
      report('likely/too-large', at, 'The file is larger or nested deeper than what is checked: split it.');
      return;
    case 'alias':
      report(
        'refused/yaml-syntax',
        at,
        'Kubernetes does not get this file, because in YAML a value that begins with * refers to an anchor and there is none of that name: put it in quotes.',
      );
      return;
    case 'tab':
      report(
        'refused/yaml-syntax',
        at,
        'Kubernetes does not get this file, because YAML cannot be indented with tabs: use spaces.',
      );
      return;
    case 'syntax':
      report(
        'refused/yaml-syntax',
        at,
        `Kubernetes does not get this file, because it is no YAML from here on: ${cureOf(file, problem)}`,
      );
  }
}

function cureOf({ text }: ManifestFile, { start }: YamlProblem): string {
  const char = text[start] ?? '';
  if ('*&!|>%@`[{"\''.includes(char) && char !== '') return 'put the value in quotes.';
  return 'look at the indentation, the colons and the quotes around this place.';
}

function checkKind({ apiVersion, kind }: StrangeResource, report: Report): void {
  const word = textOf(kind);
  const version = textOf(apiVersion) ?? '';
  if (kind === undefined || word === undefined) return;
  const rule = kindRule(word);
  if (rule) {
    const message = `The topology operator has ${shown(word)} in rabbitmq.com/${rule.version} and not in ${shown(version)}: write "rabbitmq.com/${rule.version}".`;
    report('likely/unknown-kind', apiVersion, message);
    return;
  }
  const meant = nearestName(
    word,
    kindRules.map((one) => one.kind),
    2,
  );
  if (meant === undefined) return;
  report(
    'likely/unknown-kind',
    kind,
    `RabbitMQ's operators have no kind ${shown(word)}: did you mean "${meant}"?`,
  );
}

/** Of two resources with one name in one file the second overwrites the first, or is refused as a change of it. */
function reportRepeated(file: ManifestFile, report: Report): void {
  const seen = new Set<string>();
  for (const { kind, resourceName, namespace, root, head, isWhole } of file.resources) {
    if (resourceName === undefined || !isWhole) continue;
    const key = JSON.stringify([kind.kind, namespace, resourceName]);
    if (seen.has(key)) {
      const metadata = root.entries.find((entry) => entry.key === 'metadata')?.value;
      const node =
        metadata?.kind === 'map' ? metadata.entries.find((entry) => entry.key === 'name')?.value : undefined;
      const message = `Another ${kind.kind} in this file has the metadata.name ${shown(resourceName)} already, and Kubernetes takes the second for a change of the first: give it another.`;
      report('likely/repeated-resource', node ?? head, message);
    }
    seen.add(key);
  }
}
