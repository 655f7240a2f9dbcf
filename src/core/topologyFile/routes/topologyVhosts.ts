import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import { usualVhost } from '../compare/topologyObjects';
import type { TopologyDocument } from '../document';
import { member, stringValue } from '../json/jsonRead';

export interface TopologyVhost {
  readonly vhost: string;
  readonly exchanges: readonly { readonly name: string; readonly type: string }[];
}

/** The virtual hosts that a file declares or speaks of, with their exchanges; those that every broker has come last. */
export function topologyVhosts({ declarations, table }: TopologyDocument): TopologyVhost[] {
  const isSingle = declarations.form === 'vhost';
  const own = isSingle
    ? (stringValue(table, member(table, 0, 'original_vhost_name')) ?? usualVhost)
    : usualVhost;
  const vhosts = new Map<string, Map<string, string>>();
  const at = (vhost: string): Map<string, string> => {
    let exchanges = vhosts.get(vhost);
    if (!exchanges) vhosts.set(vhost, (exchanges = new Map<string, string>()));
    return exchanges;
  };
  for (const { name } of declarations.entries('vhosts')) if (name !== undefined) at(name);
  for (const { vhost } of declarations.entries('queues')) if (vhost !== undefined) at(isSingle ? own : vhost);
  for (const { name, vhost, fields } of declarations.entries('exchanges')) {
    const type = stringValue(table, fields.type);
    if (!name || vhost === undefined || type === undefined || name.startsWith('amq.')) continue;
    const exchanges = at(isSingle ? own : vhost);
    if (!exchanges.has(name)) exchanges.set(name, type);
  }
  if (vhosts.size === 0) at(own);
  return [...vhosts].map(([vhost, exchanges]) => ({
    vhost,
    exchanges: [
      ...[...exchanges].sort(([a], [b]) => (a < b ? -1 : 1)),
      ['', 'direct'] as const,
      ...predeclaredExchanges,
    ].map(([name, type]) => ({ name, type })),
  }));
}
