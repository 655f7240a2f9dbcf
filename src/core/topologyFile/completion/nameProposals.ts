import type { TopologyDocument } from '../document';
import { nameValue } from '../json/jsonRead';
import type { NameKind } from '../names/nameTable';
import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import type { Proposal } from './item';

/** Names from outside the file, such as those of a connected broker. */
export interface KnownNames {
  /** Where they come from, in a few words: "on shop". */
  readonly origin: string;
  /**
   * `vhost` is `undefined` for virtual hosts, users, and where the file does not say; `typed` is what is written so
   * far. Those that do not fit are left out by the caller.
   */
  names(kind: NameKind, vhost: string | undefined, typed: string): Iterable<string>;
}

/** Names that the file declares, then those that are there anyway, then those known from outside. */
export function nameProposals(
  document: TopologyDocument,
  kind: NameKind,
  vhost: string | undefined,
  known: KnownNames | undefined,
  typed = '',
): Proposal[] {
  const found = new Map<string, string>();
  const add = (name: string, detail: string): void => {
    if (!found.has(name)) found.set(name, detail);
  };
  const isGlobal = kind === 'vhost' || kind === 'user';
  for (const scope of isGlobal ? [''] : vhost === undefined ? scopes(document) : [vhost])
    for (const thing of document.names.all(kind, scope))
      if (thing.declarations.length > 0) add(thing.name, vhost === undefined && !isGlobal ? scope : '');
  if (kind === 'vhost') add('/', '');
  if (kind === 'user') add('guest', '');
  if (kind === 'exchange') for (const name of predeclaredExchanges.keys()) add(name, 'in every virtual host');
  for (const name of known?.names(kind, isGlobal ? undefined : vhost, typed) ?? [])
    add(name, known?.origin ?? '');
  return [...found].map(([label, detail]) => ({
    label,
    kind,
    insert: JSON.stringify(label),
    ...(detail === '' ? {} : { detail }),
  }));
}

/** While an entry has no `vhost` yet, names of every one will do. */
function scopes({ declarations }: TopologyDocument): string[] {
  return [...new Set(['/', ...declarations.entries('vhosts').flatMap(({ name }) => name ?? [])])];
}

/** The keys that an exchange has bindings for already. */
export function routingKeyProposals(
  { table, declarations }: TopologyDocument,
  vhost: string | undefined,
  exchange: string | undefined,
): Proposal[] {
  if (exchange === undefined) return [];
  const keys = new Set<string>();
  for (const binding of declarations.entries('bindings')) {
    if (vhost !== undefined && binding.vhost !== vhost) continue;
    if (nameValue(table, binding.fields.source) !== exchange) continue;
    const key = nameValue(table, binding.fields.routing_key);
    if (key !== undefined && key !== '') keys.add(key);
  }
  return [...keys].map((label) => ({ label, kind: 'value', insert: JSON.stringify(label) }));
}
