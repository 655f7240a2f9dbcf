import type { Entry } from '../declarations';
import { lookUp } from '../declarations';
import { nameValue, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { builtInExchanges } from './nameRules';

/** Bindings lead from an exchange to a queue or exchange that the import has made, or that always exists. */
export function bindingRules(context: RuleContext): void {
  // In a damaged file the missing declaration may stand in the part that could not be read.
  if (!context.document.isWhole) return;
  for (const binding of context.declarations.entries('bindings')) {
    const { source, destination, destination_type: kind } = binding.fields;
    if (binding.vhost === undefined) continue;
    const sourceName = nameValue(context.table, source);
    if (sourceName === '') checkDefaultExchange(context, binding);
    else if (sourceName !== undefined) checkExchange(context, binding, source, sourceName);
    // A binding from the default exchange has no effect, yet its destination is looked up like any other.
    const target = nameValue(context.table, destination);
    const written = stringValue(context.table, kind);
    if (target === undefined) continue;
    if (written === 'queue') checkQueue(context, binding, destination, target);
    else if (written === 'exchange') checkExchange(context, binding, destination, target);
  }
}

function checkExchange(context: RuleContext, binding: Entry<'bindings'>, node: NodeId, name: string): void {
  if (builtInExchanges.has(name)) return;
  if (context.around.exchangeType(binding.vhost ?? '', name) !== undefined) return;
  const isReserved = name.startsWith('amq.');
  if (!isReserved && lookUp(context.exchanges, binding.vhost, name)) return;
  const isQueue = lookUp(context.queues, binding.vhost, name) !== undefined;
  const hint = isReserved
    ? 'an import leaves out exchanges whose names begin with "amq."'
    : isQueue
      ? 'a queue has that name, but an exchange is wanted'
      : suggestion(context, 'exchange', binding, name);
  reportDangling(context, binding, node, 'exchange', name, hint);
}

function checkQueue(context: RuleContext, binding: Entry<'bindings'>, node: NodeId, name: string): void {
  if (context.around.hasQueue(binding.vhost ?? '', name)) return;
  const queue = name.startsWith('amq.') ? undefined : lookUp(context.queues, binding.vhost, name);
  if (!queue) {
    const hint = name.startsWith('amq.')
      ? 'an import leaves out queues whose names begin with "amq."'
      : suggestion(context, 'queue', binding, name);
    reportDangling(context, binding, node, 'queue', name, hint);
    return;
  }
  const [obstacle] = context.obstaclesOf(queue);
  if (obstacle)
    reportDangling(
      context,
      binding,
      node,
      'queue',
      name,
      `the broker does not make it, because ${obstacle.why}`,
    );
}

function reportDangling(
  context: RuleContext,
  binding: Entry<'bindings'>,
  node: NodeId,
  kind: 'queue' | 'exchange',
  name: string,
  hint: string,
): void {
  if (context.target === '3.10') context.droppedBindings.add(binding.node);
  const missing = `There will be no ${kind} ${shown(name)} in this virtual host (${hint})`;
  if (context.target === '3.10') {
    context.report(
      'surprise/binding-dropped',
      node,
      `${missing}, so RabbitMQ 3.10 drops this binding without a word: declare the ${kind} or remove the binding.`,
    );
  } else {
    const code = kind === 'queue' ? 'refused/undeclared-queue' : 'refused/undeclared-exchange';
    context.report(
      code,
      node,
      `${missing}, so ${context.refuses}: declare the ${kind} or correct the binding.`,
    );
  }
}

function suggestion(
  context: RuleContext,
  kind: 'queue' | 'exchange',
  binding: Entry<'bindings'>,
  name: string,
): string {
  const declared = (kind === 'queue' ? context.queues : context.exchanges).get(binding.vhost ?? '');
  const meant = context.suggestion(`${kind} in ${binding.vhost ?? ''}:`, name, () => [
    ...(declared?.keys() ?? []),
  ]);
  return meant === undefined ? 'the file declares none' : `did you mean ${shown(meant)}?`;
}

/**
 * Every queue is bound to the default exchange by its name already, and nothing else can be: the import passes over
 * such a binding (DOMAIN 5.2). One that says just what is there anyway is no surprise.
 */
function checkDefaultExchange(context: RuleContext, binding: Entry<'bindings'>): void {
  const { table } = context;
  const { source, destination, routing_key: routingKey } = binding.fields;
  const isImplicit = stringValue(table, destination) === stringValue(table, routingKey);
  if (isImplicit || routingKey === absent || table.kind(routingKey) !== jsonKind.string) return;
  const message =
    'Nothing can be bound to the default exchange, so the import passes over this binding: give it another source.';
  context.report('surprise/default-exchange-binding', source, message);
}
