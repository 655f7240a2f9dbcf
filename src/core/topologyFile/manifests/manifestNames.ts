import type { Position, Range } from '../finding';
import type { ManifestFolder } from './manifestFolder';
import type { ManifestFile, ManifestResource } from './readManifests';
import type { YamlNode } from './yamlTree';
import { entryOf, textAt, valueAt } from './yamlTree';

/** One place where something is named. */
export interface NamePlace {
  /** The id of the file in its folder. */
  readonly id: string;
  readonly file: ManifestFile;
  readonly kind: 'queue' | 'exchange' | 'vhost' | 'user' | 'cluster';
  readonly name: string;
  /** Equal for places that name the same thing. */
  readonly key: string;
  /** What the name is unique in: the kind, the broker, the virtual host. */
  readonly scope: readonly string[];
  readonly node: YamlNode;
  readonly isDeclaration: boolean;
}

export interface ManifestLocation {
  readonly id: string;
  readonly range: Range;
  readonly isDeclaration: boolean;
}

const known = new WeakMap<ManifestFolder, readonly NamePlace[]>();

/** What a place names, in a sentence. */
export const nounOfPlace: Readonly<Record<NamePlace['kind'], string>> = {
  queue: 'a queue',
  exchange: 'an exchange',
  vhost: 'a virtual host',
  user: 'a user',
  cluster: 'a cluster',
};

/** Every name in the folder: read once for each state of it. */
export function placesOf(folder: ManifestFolder): readonly NamePlace[] {
  const before = known.get(folder);
  if (before) return before;
  const found: NamePlace[] = [];
  for (const { id, file } of folder.files) {
    for (const { name, node } of file.clusters)
      found.push({
        id,
        file,
        kind: 'cluster',
        name,
        key: keyOf('cluster', name),
        scope: ['cluster'],
        node,
        isDeclaration: true,
      });
    for (const resource of file.resources) found.push(...namesOf(id, file, resource));
  }
  known.set(folder, found);
  return found;
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function namesOf(id: string, file: ManifestFile, resource: ManifestResource): NamePlace[] {
  const found: NamePlace[] = [];
  const spec = resource.spec?.value;
  const cluster = textAt(spec, 'rabbitmqClusterReference', 'name') ?? '';
  const vhost = textAt(spec, 'vhost') ?? '/';
  const add = (
    kind: NamePlace['kind'],
    isDeclaration: boolean,
    root: YamlNode | undefined,
    ...path: string[]
  ): void => {
    const node = valueAt(root, ...path);
    const name = textAt(root, ...path);
    if (!node || name === undefined || name === '') return;
    const scope =
      kind === 'cluster' || kind === 'user'
        ? [kind]
        : kind === 'vhost'
          ? [kind, cluster]
          : [kind, cluster, vhost];
    found.push({ id, file, kind, name, key: keyOf(...scope, name), scope, node, isDeclaration });
  };
  add('cluster', false, spec, 'rabbitmqClusterReference', 'name');
  add('vhost', false, spec, 'vhost');
  switch (resource.kind.kind) {
    case 'Queue':
      add('queue', true, spec, 'name');
      add('exchange', false, spec, 'arguments', 'x-dead-letter-exchange');
      break;
    case 'Exchange':
      add('exchange', true, spec, 'name');
      add('exchange', false, spec, 'arguments', 'alternate-exchange');
      break;
    case 'Binding':
      add('exchange', false, spec, 'source');
      add(textAt(spec, 'destinationType') === 'queue' ? 'queue' : 'exchange', false, spec, 'destination');
      break;
    case 'Policy':
      add('exchange', false, spec, 'definition', 'dead-letter-exchange');
      add('exchange', false, spec, 'definition', 'alternate-exchange');
      break;
    case 'Vhost':
      add('vhost', true, spec, 'name');
      break;
    case 'User':
      add('user', true, entryOf(resource.root, 'metadata')?.value, 'name');
      break;
    case 'Permission':
    case 'TopicPermission':
      add('user', false, spec, 'userReference', 'name');
      add('exchange', false, spec, 'permissions', 'exchange');
  }
  return found;
}

export function placeAt(
  folder: ManifestFolder,
  file: ManifestFile,
  position: Position,
): NamePlace | undefined {
  const offset = file.lines.offset(position);
  return placesOf(folder).find(
    (place) => place.file === file && place.node.start <= offset && offset <= place.node.end,
  );
}

/** The places of the same thing, or of the thing that would have another name in its stead. */
export function placesLike(
  folder: ManifestFolder,
  place: NamePlace,
  name = place.name,
): readonly NamePlace[] {
  const key = keyOf(...place.scope, name);
  return placesOf(folder).filter((one) => one.key === key);
}

/** All places of the name at the cursor, its declarations among them. */
export function manifestReferences(
  folder: ManifestFolder,
  file: ManifestFile,
  position: Position,
): ManifestLocation[] {
  const place = placeAt(folder, file, position);
  if (!place) return [];
  return placesLike(folder, place).map((one) => ({
    id: one.id,
    range: one.file.lines.range(one.node.start, one.node.end),
    isDeclaration: one.isDeclaration,
  }));
}

/** The names of a kind that the folder declares, each once. */
export function declaredNames(folder: ManifestFolder, kind: NamePlace['kind']): string[] {
  const names = placesOf(folder)
    .filter((place) => place.kind === kind && place.isDeclaration)
    .map(({ name }) => name);
  return [...new Set(names)].slice(0, 500);
}
