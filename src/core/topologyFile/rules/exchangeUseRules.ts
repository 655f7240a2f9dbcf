import { cycles } from '../cycles';
import type { Entry } from '../declarations';
import type { VhostBindings } from '../fileBindings';
import { hasExchange, routingType } from '../fileBindings';
import type { NodeId } from '../json/jsonTable';
import { jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import type { Settings } from '../settings';
import { listed } from '../wording';

/** Types that hand messages to their bindings and do nothing else; what a plugin's type does is its own business. */
const ordinary: ReadonlySet<string> = new Set(['direct', 'fanout', 'topic', 'headers']);

/**
 * Exchanges that lose what is published to them, and alternate exchanges that lead in a circle (DOMAIN 5.5).
 * `spokenOf` are those without bindings of which other rules say so, as `vhost NUL name`.
 */
export function exchangeUseRules(
  context: RuleContext,
  bindings: ReadonlyMap<string, VhostBindings>,
  settings: Settings,
  spokenOf: ReadonlySet<string>,
): void {
  /** A policy is reported once, whatever it applies to. */
  const said = new Set<NodeId>();
  for (const [vhost, exchanges] of context.exchanges) {
    const known = bindings.get(vhost);
    const unbound: Entry<'exchanges'>[] = [];
    const alternates = new Map<string, { readonly to: string; readonly node: NodeId }>();
    for (const [name, exchange] of exchanges) {
      if (name === '' || name.startsWith('amq.')) continue;
      const alternate = settings.of(exchange, 'alternate-exchange');
      if (typeof alternate?.value === 'string') {
        const { value: to, node, from } = alternate;
        // A fanout exchange with a binding routes whatever comes.
        const isEnd = routingType(context, vhost, name) === 'fanout' && known?.from.has(name) === true;
        if (!isEnd) alternates.set(name, { to, node });
        if (from === 'policy' && to !== '' && !said.has(node) && !hasExchange(context, vhost, to)) {
          said.add(node);
          reportUndeclared(context, exchange, to, node);
        }
      } else if (known && !known.isBroken && !known.from.has(name) && settings.isKnown(exchange)) {
        if (!spokenOf.has(`${vhost}\0${name}`) && isLosing(context, vhost, exchange, settings))
          unbound.push(exchange);
      }
    }
    reportUnbound(context, unbound);
    checkLoops(context, alternates);
  }
}

function isLosing(
  context: RuleContext,
  vhost: string,
  exchange: Entry<'exchanges'>,
  settings: Settings,
): boolean {
  if (!ordinary.has(routingType(context, vhost, exchange.name ?? '') ?? '')) return false;
  if (context.table.kind(exchange.fields.internal) === jsonKind.true) return false;
  // Federation and sharding bind queues of their own.
  const { user } = settings.policiesOf(exchange);
  return user?.keys.some((key) => /^federation-|^shards-/.test(key)) !== true;
}

/** Above that many, applications bind their queues themselves: one finding says it of all. */
const mostUnbound = 5;

function reportUnbound(context: RuleContext, unbound: readonly Entry<'exchanges'>[]): void {
  const groups = unbound.length > mostUnbound ? [unbound] : unbound.map((exchange) => [exchange]);
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const isOne = group.length === 1;
    const names = listed(group.map(({ name }) => name ?? ''));
    const message = `Nothing is bound to the exchange${isOne ? '' : 's'} ${names}, and ${isOne ? 'it has' : 'they have'} no alternate exchange, so what is published there is lost unless applications bind queues of their own.`;
    context.reportEntry('advice/exchange-without-bindings', first, message);
  }
}

function checkLoops(
  context: RuleContext,
  alternates: ReadonlyMap<string, { readonly to: string; readonly node: NodeId }>,
): void {
  for (const loop of cycles([...alternates.keys()], (name) => [alternates.get(name)?.to ?? ''])) {
    const [first = '', ...others] = loop;
    const node = alternates.get(first)?.node;
    if (node === undefined) continue;
    const way = others.length === 0 ? 'itself' : `${listed(others)} and back to it`;
    const message = `Messages that ${shown(first)} cannot route go to ${way}, and a broker visits an exchange once only, so they are lost: end the chain at an exchange with a queue bound to it.`;
    context.report('likely/alternate-exchange-loop', node, message);
  }
}

function reportUndeclared(
  context: RuleContext,
  exchange: Entry<'exchanges'>,
  to: string,
  node: NodeId,
): void {
  const message = `There is no exchange ${shown(to)} in this virtual host, so messages that ${shown(exchange.name ?? '')} and others under this policy cannot route are lost: declare it or correct the name.`;
  context.report('likely/undeclared-alternate-exchange', node, message);
}
