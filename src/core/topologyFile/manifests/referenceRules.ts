import type { Entry } from '../declarations';
import { lookUp } from '../declarations';
import { member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { builtInExchanges } from '../rules/nameRules';

/** What super streams bring along: names of exchanges and queues by virtual host, each as `vhost\0name`. */
export interface ImpliedNames {
  readonly exchanges: ReadonlySet<string>;
  readonly queues: ReadonlySet<string>;
}

/**
 * Names that nothing in the folder declares. They may be elsewhere, and a broker that lacks them now may have them
 * when the operator tries again: warnings, whatever the target.
 */
export function referenceRules(context: RuleContext, implied: ImpliedNames): void {
  const { table, declarations } = context;
  const checkExchange = (vhost: string | undefined, node: NodeId): void => {
    const name = stringValue(table, node);
    if (name === undefined || builtInExchanges.has(name) || name.startsWith('amq.')) return;
    if (lookUp(context.exchanges, vhost, name) || implied.exchanges.has(`${vhost ?? ''}\0${name}`)) return;
    const isQueue = lookUp(context.queues, vhost, name) !== undefined;
    report(
      context,
      node,
      'exchange',
      name,
      vhost,
      isQueue ? 'a queue has that name, but an exchange is wanted' : undefined,
    );
  };
  for (const binding of declarations.entries('bindings')) {
    const { vhost } = binding;
    const { source, destination, destination_type: type } = binding.fields;
    checkExchange(vhost, source);
    if (stringValue(table, type) === 'exchange') checkExchange(vhost, destination);
    else {
      const name = stringValue(table, destination) ?? '';
      const isThere = lookUp(context.queues, vhost, name) ?? implied.queues.has(`${vhost ?? ''}\0${name}`);
      if (isThere) continue;
      const isExchange = lookUp(context.exchanges, vhost, name) !== undefined;
      report(
        context,
        destination,
        'queue',
        name,
        vhost,
        isExchange ? 'an exchange has that name, but a queue is wanted' : undefined,
      );
    }
  }
  for (const permission of declarations.entries('topic_permissions')) {
    if (stringValue(table, permission.fields.exchange) !== '')
      checkExchange(permission.vhost, permission.fields.exchange);
  }
  for (const queue of declarations.entries('queues'))
    checkNamed(context, implied, queue, 'x-dead-letter-exchange');
  for (const exchange of declarations.entries('exchanges'))
    checkNamed(context, implied, exchange, 'alternate-exchange');
}

function report(
  context: RuleContext,
  node: NodeId,
  kind: 'queue' | 'exchange',
  name: string,
  vhost: string | undefined,
  known: string | undefined,
): void {
  const declared = (kind === 'queue' ? context.queues : context.exchanges).get(vhost ?? '');
  const meant = known ?? suggestion(context, kind, name, vhost, [...(declared?.keys() ?? [])]);
  const hint = meant ?? 'it may be declared elsewhere';
  const article = kind === 'exchange' ? 'an exchange' : 'a queue';
  const message = `Nothing in this folder declares ${article} ${shown(name)} in the virtual host ${shown(vhost ?? '')} (${hint}): declare it or correct the name.`;
  context.report('likely/not-in-folder', node, message);
}

function suggestion(
  context: RuleContext,
  kind: string,
  name: string,
  vhost: string | undefined,
  known: readonly string[],
): string | undefined {
  const meant = context.suggestion(`${kind} in ${vhost ?? ''}:`, name, () => known);
  return meant === undefined ? undefined : `did you mean ${shown(meant)}?`;
}

/** Brokers take the name of any exchange here and lose the messages when it is not there. */
function checkNamed(
  context: RuleContext,
  implied: ImpliedNames,
  { fields, vhost, name: own }: Entry<'queues' | 'exchanges'>,
  argument: 'x-dead-letter-exchange' | 'alternate-exchange',
): void {
  const node = member(context.table, fields.arguments, argument);
  const name = stringValue(context.table, node);
  if (name === undefined || name === '' || name.startsWith('amq.')) return;
  if (lookUp(context.exchanges, vhost, name) || implied.exchanges.has(`${vhost ?? ''}\0${name}`)) return;
  const isDeadLetter = argument === 'x-dead-letter-exchange';
  const lost = isDeadLetter
    ? `dead letters of ${shown(own ?? '')}`
    : `messages that ${shown(own ?? '')} cannot route`;
  const meant = suggestion(context, 'exchange', name, vhost, [
    ...(context.exchanges.get(vhost ?? '')?.keys() ?? []),
  ]);
  const hint = meant === undefined ? '' : ` (${meant})`;
  const message = `Nothing in this folder declares an exchange ${shown(name)} in the virtual host ${shown(vhost ?? '')}${hint}, and where there is none ${lost} are lost: declare it or correct the name.`;
  context.report(
    isDeadLetter ? 'likely/undeclared-dead-letter-exchange' : 'likely/undeclared-alternate-exchange',
    node,
    message,
  );
}
