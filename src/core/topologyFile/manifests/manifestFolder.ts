import { seriesOfVersion } from '../../topology/seriesOfVersion';
import type { Target } from '../target';
import type { ManifestFile, ManifestResource } from './readManifests';
import type { Member } from './toDefinitions';
import { textAt } from './yamlTree';

/** The manifests of one folder, which belong together; made anew when one of them changes. */
export interface ManifestFolder {
  readonly files: readonly FolderFile[];
  /** False when not all files of the folder could be read: then nothing follows from what is not there. */
  readonly isComplete: boolean;
}

export interface FolderFile {
  /** As a person would call it, such as `queues.yaml`. */
  readonly name: string;
  /** What the caller knows it by, such as a URI. */
  readonly id: string;
  readonly file: ManifestFile;
  /** A patch of a kustomization, which holds parts of resources only and is not judged. */
  readonly isPatch?: boolean;
}

/** The resources of one broker. */
export interface BrokerGroup {
  readonly members: readonly Member[];
  /** What the folder says of the broker's version. */
  readonly target: Target | undefined;
}

/** Resources by the broker they are meant for: the cluster reference and the namespace. */
export function brokerGroups({ files }: ManifestFolder): readonly BrokerGroup[] {
  const all = files.flatMap(({ file, isPatch }) =>
    isPatch === true ? [] : file.resources.map((resource): Member => ({ file, resource })),
  );
  // Tools fill in a namespace later: where the folder knows one only, the resources without are in it as well.
  const spaces = new Set(all.flatMap(({ resource }) => namespaceOf(resource) ?? []));
  const usual = spaces.size === 1 ? [...spaces][0] : undefined;
  const groups = new Map<
    string,
    { members: Member[]; cluster: string | undefined; namespace: string | undefined }
  >();
  for (const member of all) {
    const namespace = namespaceOf(member.resource) ?? usual;
    const cluster = clusterName(member.resource);
    const key = JSON.stringify([cluster, namespace]);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { members: [], cluster: cluster?.name, namespace }));
    group.members.push(member);
  }
  const clusters = files.flatMap(({ file }) => file.clusters);
  return [...groups.values()].map(({ members, cluster, namespace }) => {
    const image = clusters.find(
      (one) =>
        one.name === cluster &&
        (one.namespace === undefined || namespace === undefined || one.namespace === namespace),
    )?.image;
    return { members, target: image === undefined ? undefined : targetOfImage(image) };
  });
}

function namespaceOf({ spec, namespace }: ManifestResource): string | undefined {
  return textAt(spec?.value, 'rabbitmqClusterReference', 'namespace') ?? namespace;
}

function clusterName({
  spec,
}: ManifestResource): { readonly name?: string; readonly secret?: string } | undefined {
  const name = textAt(spec?.value, 'rabbitmqClusterReference', 'name');
  const secret = textAt(spec?.value, 'rabbitmqClusterReference', 'connectionSecret', 'name');
  return { ...(name === undefined ? {} : { name }), ...(secret === undefined ? {} : { secret }) };
}

/** `rabbitmq:4.0.5-management` and the like; a tag that is no version says nothing. */
export function targetOfImage(image: string): Target | undefined {
  const tag = /:([^:/@]+)(?:@.*)?$/.exec(image)?.[1];
  return tag !== undefined && /^v?\d+\.\d+/.test(tag) ? seriesOfVersion(tag) : undefined;
}
