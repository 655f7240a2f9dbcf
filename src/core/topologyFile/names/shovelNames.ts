import { member, stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';

interface ShovelName {
  readonly kind: 'queue' | 'exchange';
  readonly vhost: string;
  readonly node: NodeId;
}

/**
 * The queues and exchanges of a shovel that are in this broker. A URI without a host is the broker that runs the
 * shovel; its path is the virtual host, `/` when it has none. What another broker holds is no name of this file.
 */
export function* shovelNames(table: JsonTable, value: NodeId): Generator<ShovelName> {
  for (const side of ['src', 'dest'] as const) {
    const vhost = localVhost(firstUri(table, member(table, value, `${side}-uri`)));
    if (vhost === undefined) continue;
    for (const kind of ['queue', 'exchange'] as const) {
      const node = member(table, value, `${side}-${kind}`);
      if (node !== absent) yield { kind, vhost, node };
    }
  }
}

function firstUri(table: JsonTable, node: NodeId): string | undefined {
  return stringValue(table, table.kind(node) === jsonKind.array ? node + 1 : node);
}

function localVhost(uri: string | undefined): string | undefined {
  const path = /^amqps?:\/\/(?:\/([^/?#]*))?(?:[?#]|$)/.exec(uri ?? '');
  if (!path) return undefined;
  if (path[1] === undefined || path[1] === '') return '/';
  try {
    return decodeURIComponent(path[1]);
  } catch {
    return undefined;
  }
}
