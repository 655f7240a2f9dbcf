import { LineIndex } from '../lineIndex';
import type { KindRule } from './kinds';
import { kindRule } from './kindLookup';
import type { YamlProblem } from './readYaml';
import { readYaml } from './readYaml';
import type { YamlEntry, YamlMap, YamlNode } from './yamlTree';
import { entryOf, textAt, valueAt } from './yamlTree';

/** One resource of the topology operator. */
export interface ManifestResource {
  readonly kind: KindRule;
  readonly root: YamlMap;
  /** Where the resource as a whole is spoken of: the word behind `kind`. */
  readonly head: YamlNode;
  readonly spec: YamlEntry | undefined;
  /** `metadata.name`, by which other resources refer to it. */
  readonly resourceName: string | undefined;
  readonly namespace: string | undefined;
  /** False for one with placeholders still to be filled in, or in a damaged document: nothing is concluded from it. */
  readonly isWhole: boolean;
}

/** A resource whose kind the operator does not have. */
export interface StrangeResource {
  readonly apiVersion: YamlNode;
  readonly kind: YamlNode | undefined;
}

/** A `RabbitmqCluster` of the cluster operator, of which only the version matters here. */
export interface ManifestCluster {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly image: string | undefined;
  /** Where its name is. */
  readonly node: YamlNode;
}

/** A parsed file: made once for each version of the text. */
export interface ManifestFile {
  readonly text: string;
  readonly lines: LineIndex;
  readonly problems: readonly YamlProblem[];
  readonly resources: readonly ManifestResource[];
  readonly strangers: readonly StrangeResource[];
  readonly clusters: readonly ManifestCluster[];
  /** The offset of the first `{{` or `@@name@@`: the file is a template of Helm or the like, and is not read. */
  readonly template: number | undefined;
  /** False when the file may declare more than could be read. */
  readonly isWhole: boolean;
}

/** Takes any text; never throws. */
export function parseManifests(text: string): ManifestFile {
  // Helm and its like, and the placeholders of sample generators.
  const placeholder = text.search(/\{\{|@@[\w-]+@@/);
  const template = placeholder < 0 ? undefined : placeholder;
  const { documents, problems } = template === undefined ? readYaml(text) : { documents: [], problems: [] };
  const resources: ManifestResource[] = [];
  const strangers: StrangeResource[] = [];
  const clusters: ManifestCluster[] = [];
  for (const { root, isWhole } of documents) {
    for (const object of objectsOf(root)) {
      const apiVersion = entryOf(object, 'apiVersion')?.value;
      const version = textAt(object, 'apiVersion') ?? '';
      if (!apiVersion || !version.startsWith('rabbitmq.com/')) continue;
      const word = textAt(object, 'kind');
      const kind = word === undefined ? undefined : kindRule(word);
      if (word === 'RabbitmqCluster') clusters.push(...clusterOf(object));
      else if (kind && version === `rabbitmq.com/${kind.version}`)
        resources.push(resourceOf(kind, object, apiVersion, isWhole));
      else strangers.push({ apiVersion, kind: entryOf(object, 'kind')?.value });
    }
  }
  let lines: LineIndex | undefined;
  return {
    text,
    get lines() {
      return (lines ??= new LineIndex(text));
    },
    problems,
    resources,
    strangers,
    clusters,
    template,
    isWhole:
      template === undefined && problems.length === 0 && resources.every((resource) => resource.isWhole),
  };
}

/** The object of a document, or those of a `kind: List`. */
function objectsOf(root: YamlNode | undefined): readonly YamlMap[] {
  if (root?.kind !== 'map') return [];
  const items = textAt(root, 'kind')?.endsWith('List') === true ? valueAt(root, 'items') : undefined;
  if (items?.kind !== 'list') return [root];
  return items.items.filter((item) => item.kind === 'map');
}

function resourceOf(
  kind: KindRule,
  root: YamlMap,
  apiVersion: YamlNode,
  isDocumentWhole: boolean,
): ManifestResource {
  return {
    kind,
    root,
    head: entryOf(root, 'kind')?.value ?? apiVersion,
    spec: entryOf(root, 'spec'),
    resourceName: textAt(root, 'metadata', 'name'),
    namespace: textAt(root, 'metadata', 'namespace'),
    isWhole: isDocumentWhole && !hasPlaceholder(root, { left: 2_000 }),
  };
}

/** `${NAME}`, as Flux and envsubst fill in. */
function hasPlaceholder(node: YamlNode, budget: { left: number }): boolean {
  budget.left -= 1;
  if (budget.left < 0) return true;
  if (node.kind === 'map') return node.entries.some(({ value }) => hasPlaceholder(value, budget));
  if (node.kind === 'list') return node.items.some((item) => hasPlaceholder(item, budget));
  return node.kind === 'scalar' && typeof node.value === 'string' && /\$\{|\$\(/.test(node.value);
}

function clusterOf(root: YamlMap): ManifestCluster[] {
  const node = valueAt(root, 'metadata', 'name');
  const name = textAt(root, 'metadata', 'name');
  if (!node || name === undefined) return [];
  return [
    { name, node, namespace: textAt(root, 'metadata', 'namespace'), image: textAt(root, 'spec', 'image') },
  ];
}
