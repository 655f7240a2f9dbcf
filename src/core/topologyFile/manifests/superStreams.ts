import type { ImpliedNames } from './referenceRules';
import type { Member } from './toDefinitions';
import { textAt, valueAt } from './yamlTree';

/** Where nobody asks for that many partitions. */
const mostPartitions = 1000;

/** What the operator makes of super streams: both are named by metadata.name (`internal/managedresource`). */
export function impliedNames(members: readonly Member[]): ImpliedNames {
  const exchanges = new Set<string>();
  const queues = new Set<string>();
  for (const { resource } of members) {
    const { kind, spec, resourceName } = resource;
    if (kind.kind !== 'SuperStream' || resourceName === undefined) continue;
    const vhost = textAt(spec?.value, 'vhost') ?? '/';
    exchanges.add(`${vhost}\0${resourceName}`);
    const written = valueAt(spec?.value, 'routingKeys');
    const partitions = valueAt(spec?.value, 'partitions');
    const count =
      partitions?.kind === 'scalar' && typeof partitions.value === 'number' ? partitions.value : 3;
    const keys =
      written?.kind === 'list' && written.items.length > 0
        ? written.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []))
        : Array.from({ length: Math.max(0, Math.min(count, mostPartitions)) }, (_, index) => String(index));
    for (const key of keys) queues.add(`${vhost}\0${resourceName}-${key}`);
  }
  return { exchanges, queues };
}
