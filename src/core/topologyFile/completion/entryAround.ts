import type { CoreQueueType } from '../../topology/queueArguments';
import type { Entry } from '../declarations';
import type { TopologyDocument } from '../document';
import { member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { defaultQueueTypes, effectiveQueueType } from '../queueType';
import type { SectionName } from '../sections';
import { sectionNames } from '../sections';
import type { Target } from '../target';

/** The entry that something stands in. */
export interface EntryAround {
  readonly section: SectionName;
  readonly node: NodeId;
  /** `undefined` while nobody has written it; empty in a file of a single virtual host. */
  readonly vhost: string | undefined;
  field(name: string): string | undefined;
}

/** Takes the containers from the root inwards and their path; `undefined` outside the entries of a section. */
export function entryAround(
  { table, declarations }: TopologyDocument,
  containers: readonly NodeId[],
  path: readonly string[],
): EntryAround | undefined {
  const section = sectionNames.find((name) => name === path[0]);
  const node = containers[2];
  if (section === undefined || node === undefined || path[1] !== '*') return undefined;
  const field = (name: string): string | undefined => stringValue(table, member(table, node, name));
  return { section, node, vhost: declarations.form === 'vhost' ? '' : field('vhost'), field };
}

/** The type of queue that the target makes of the entry around; `undefined` for one that nobody knows. */
export function queueTypeAround(
  { table, declarations }: TopologyDocument,
  { node }: EntryAround,
  target: Target,
): CoreQueueType | undefined {
  const queue: Entry<'queues'> | undefined = declarations
    .entries('queues')
    .find((entry) => entry.node === node);
  if (!queue) return undefined;
  const vhostDefault = defaultQueueTypes(table, declarations).get(queue.vhost ?? '');
  return effectiveQueueType(table, queue, vhostDefault, target).type;
}
