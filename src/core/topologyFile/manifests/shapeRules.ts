import { nearestName } from '../spelling';
import { shown } from '../ruleContext';
import type { ManifestField, ManifestValue } from './kinds';
import type { Report } from './manifestFinding';
import type { ManifestFile, ManifestResource } from './readManifests';
import type { YamlEntry, YamlMap, YamlNode } from './yamlTree';
import { entryOf, isNull, nounOf } from './yamlTree';

/**
 * The schema of a resource, which the Kubernetes API holds it to (the CRDs of operator 1.20.1). A value of null counts
 * as not there; what the schema does not know is refused by `kubectl` and left out for other clients.
 */
export function shapeRules(file: ManifestFile, resource: ManifestResource, report: Report): void {
  const { kind, root, spec, head } = resource;
  checkKeys(root, ['apiVersion', 'kind', 'metadata', 'spec', 'status'], report);
  checkResourceName(resource, report);
  if (!spec) {
    report(
      'refused/missing-field',
      head,
      `This ${kind.kind} has no "spec", so Kubernetes refuses it: add one.`,
    );
    return;
  }
  if (spec.value.kind !== 'map') {
    report(
      'refused/wrong-type',
      spec.value,
      `"spec" is ${nounOf(spec.value)}, so Kubernetes refuses it: write the fields of the ${kind.kind}.`,
    );
    return;
  }
  checkFields(file, spec.value, kind.fields, spec, report);
}

function checkResourceName({ root, head, kind }: ManifestResource, report: Report): void {
  const metadata = entryOf(root, 'metadata')?.value;
  const name = entryOf(metadata, 'name')?.value;
  if (!name) {
    if (entryOf(metadata, 'generateName')) return;
    report(
      'refused/missing-field',
      head,
      `This ${kind.kind} has no metadata.name, so Kubernetes refuses it: add one.`,
    );
  } else if (name.kind !== 'scalar' || typeof name.value !== 'string') {
    report(
      'refused/wrong-type',
      name,
      `metadata.name is ${nounOf(name)}, so Kubernetes refuses it: write text, in quotes if need be.`,
    );
  } else if (!isResourceName(name.value)) {
    const message = `Kubernetes refuses ${shown(name.value)} as a metadata.name: use lower-case letters, digits, "-" and ".", and a letter or digit at both ends; spec.name may be anything.`;
    report('refused/bad-resource-name', name, message);
  }
}

/** A DNS subdomain, as Kubernetes wants the names of custom resources. */
function isResourceName(name: string): boolean {
  return (
    name.length <= 253 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(name)
  );
}

function checkFields(
  file: ManifestFile,
  map: YamlMap,
  fields: readonly ManifestField[],
  at: YamlEntry,
  report: Report,
): void {
  checkKeys(
    map,
    fields.map(({ name }) => name),
    report,
  );
  for (const field of fields) {
    const entry = entryOf(map, field.name);
    if (entry) checkValue(file, field.value, entry, report);
    else if (field.isRequired) {
      const place = { start: at.keyStart, end: at.keyEnd };
      report(
        'refused/missing-field',
        place,
        `Kubernetes refuses it because "${at.key}" has no "${field.name}": add it.`,
      );
    } else checkComment(file, map, field, report);
  }
}

function checkKeys(map: YamlMap, known: readonly string[], report: Report): void {
  for (const entry of map.entries) {
    if (known.includes(entry.key)) continue;
    const meant = nearestKey(entry.key, known);
    const cure = meant === undefined ? 'remove it or put it where it belongs' : `did you mean "${meant}"`;
    const message = `The operator has no field ${shown(entry.key)} here, so kubectl refuses it and other tools leave it out: ${cure}${meant === undefined ? '.' : '?'}`;
    const at = { start: entry.keyStart, end: entry.keyEnd };
    const isFree = meant !== undefined && !map.entries.some(({ key }) => key === meant);
    report(
      'likely/unknown-field',
      at,
      message,
      isFree ? { title: `Change to ${meant}`, ...at, text: meant } : undefined,
    );
  }
  reportRepeated(map, report);
}

function reportRepeated(map: YamlMap, report: Report): void {
  for (const { first, last } of map.repeated) {
    const at = { start: last.keyStart, end: last.keyEnd };
    const isSame =
      first.value.kind === 'scalar' && last.value.kind === 'scalar' && first.value.value === last.value.value;
    if (isSame)
      report(
        'likely/repeated-key',
        at,
        `The key ${shown(last.key)} is here twice with the same value: remove one.`,
      );
    else {
      const message = `The key ${shown(last.key)} is here twice with different values; tools keep only the last or refuse the file: remove the wrong one.`;
      report('surprise/duplicate-key', at, message);
    }
  }
}

/** Keys differ by more than letters: `auto_delete` and `x-queue-type` are how a definitions file spells these. */
function nearestKey(written: string, known: readonly string[]): string | undefined {
  const plain = (key: string): string => key.replace(/[-_]/g, '').toLowerCase();
  return known.find((key) => plain(key) === plain(written)) ?? nearestName(written, known, 2);
}

function checkValue(file: ManifestFile, wanted: ManifestValue, entry: YamlEntry, report: Report): void {
  const { value: node, key } = entry;
  const wrong = (should: string): void => {
    report(
      'refused/wrong-type',
      node,
      `"${key}" is ${nounOf(node)}, so Kubernetes refuses it: write ${should}.`,
    );
  };
  switch (wanted.kind) {
    case 'fields':
      if (node.kind === 'map') checkFields(file, node, wanted.fields, entry, report);
      else wrong('a map of fields');
      return;
    case 'free':
      if (node.kind === 'map') reportRepeated(node, report);
      else wrong('a map, {} for none');
      return;
    case 'texts':
      if (node.kind !== 'list') wrong('a list of texts');
      else for (const item of node.items) checkText(item, key, wanted.oneOf, report);
      return;
    case 'text':
      checkText(node, key, wanted.oneOf, report);
      return;
    case 'boolean':
      if (node.kind !== 'scalar' || typeof node.value !== 'boolean') wrong('true or false without quotes');
      return;
    case 'integer':
      if (node.kind !== 'scalar' || !Number.isInteger(node.value)) wrong('a whole number without quotes');
  }
}

function checkText(node: YamlNode, key: string, oneOf: readonly string[] | undefined, report: Report): void {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    const cure = node.kind === 'scalar' ? 'put it in quotes' : 'write text';
    report(
      'refused/wrong-type',
      node,
      `"${key}" is ${nounOf(node)} and not text, so Kubernetes refuses it: ${cure}.`,
    );
  } else if (oneOf && !oneOf.includes(node.value)) {
    const message = `Kubernetes refuses ${shown(node.value)} for "${key}": write one of ${oneOf.map((word) => `"${word}"`).join(', ')}.`;
    const meant = nearestName(node.value.toLowerCase(), oneOf, 2);
    const fix =
      meant === undefined
        ? undefined
        : { title: `Change to ${meant}`, start: node.start, end: node.end, text: meant };
    report('refused/wrong-value', node, message, fix);
  }
}

/** `routingKey: #` and `routingKey: #.eu` say nothing: what follows is a comment. */
function checkComment({ text }: ManifestFile, map: YamlMap, field: ManifestField, report: Report): void {
  if (field.value.kind !== 'text') return;
  const entry = map.entries.find(({ key, value }) => key === field.name && isNull(value));
  if (!entry) return;
  const [, blank = '', comment] =
    /^(\s*:[ \t]+)(#\S*)[ \t]*(?:\r?\n|$)/.exec(text.slice(entry.keyEnd, entry.keyEnd + 300)) ?? [];
  if (comment === undefined) return;
  const start = entry.keyEnd + blank.length;
  const message = `What begins with # is a comment in YAML, so "${field.name}" is empty: write "${comment.slice(0, 80)}" in quotes.`;
  const at = { start, end: start + comment.length };
  report('surprise/comment-for-value', at, message, {
    title: 'Put It in Quotes',
    ...at,
    text: JSON.stringify(comment),
  });
}
