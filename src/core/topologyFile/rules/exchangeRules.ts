import type { Entry } from '../declarations';
import { lookUp } from '../declarations';
import { member, stringValue } from '../json/jsonRead';
import { absent, jsonKind } from '../json/jsonTable';
import { reportPlugin } from '../pluginProblem';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { nearestName } from '../spelling';
import { isAtLeast } from '../../topology/queueArguments';
import type { Target } from '../target';
import { kindNames } from '../valueProblem';
import { builtInExchanges, theEntry } from './nameRules';

/** What is in a broker without plugins, from which series on. */
const coreTypes: Readonly<Record<string, Target>> = {
  direct: '3.10',
  fanout: '3.10',
  topic: '3.10',
  headers: '3.10',
  'x-local-random': '4.0',
  'x-modulus-hash': '4.3',
};

/** Types of plugins (DOMAIN 5.3): whether the target has them enabled is not known here. */
const pluginTypes: Readonly<Record<string, string>> = {
  'x-consistent-hash': 'rabbitmq_consistent_hash_exchange',
  'x-random': 'rabbitmq_random_exchange',
  'x-recent-history': 'rabbitmq_recent_history_exchange',
  'x-modulus-hash': 'rabbitmq_sharding',
  'x-federation-upstream': 'rabbitmq_federation',
  'x-jms-topic': 'rabbitmq_jms_topic_exchange',
  'x-delayed-message': 'rabbitmq_delayed_message_exchange',
  'x-message-deduplication': 'rabbitmq_message_deduplication',
  'x-event': 'rabbitmq_event_exchange',
  'x-rtopic': 'rabbitmq_rtopic_exchange',
  'x-lvc': 'rabbitmq_lvc_exchange',
  'x-script': 'rabbitmq_script_exchange',
};

export function pluginOfExchangeType(type: string): string | undefined {
  return Object.hasOwn(pluginTypes, type) ? pluginTypes[type] : undefined;
}

/** The types a target has, those of its own first, then those of plugins. */
export function exchangeTypes(target: Target): string[] {
  const core = Object.entries(coreTypes).filter(([, since]) => isAtLeast(target, since));
  return [...new Set([...core.map(([type]) => type), ...Object.keys(pluginTypes)])];
}

/** The type of an exchange, and where unroutable messages and dead letters go (DOMAIN 5.2, 5.3). */
export function exchangeRules(context: RuleContext): void {
  for (const exchange of context.declarations.entries('exchanges')) {
    // The built-in ones and every other amq.* name are passed over before the type is looked at.
    if (exchange.name === '' || exchange.name?.startsWith('amq.')) continue;
    checkType(context, exchange);
    checkHashArguments(context, exchange);
    checkNamedExchange(context, exchange, 'alternate-exchange');
  }
  for (const queue of context.declarations.entries('queues'))
    checkNamedExchange(context, queue, 'x-dead-letter-exchange');
}

function checkType(context: RuleContext, exchange: Entry<'exchanges'>): void {
  const { table, target } = context;
  const node = exchange.fields.type;
  const type = stringValue(table, node);
  const cure = `so ${context.refuses}: write "direct", "fanout", "topic" or "headers".`;
  if (node === absent)
    context.reportEntry('refused/missing-field', exchange, `${theEntry(exchange)} has no "type", ${cure}`);
  else if (type === undefined) {
    const kind = table.kind(node);
    if (kind !== jsonKind.missing)
      context.report(
        'refused/wrong-type',
        node,
        `The type of an exchange is text and this is ${kindNames[kind]}, ${cure}`,
      );
  } else {
    const since = Object.hasOwn(coreTypes, type) ? coreTypes[type] : undefined;
    if (since !== undefined && isAtLeast(target, since)) return;
    const plugin = pluginOfExchangeType(type);
    if (plugin !== undefined) {
      reportPlugin(context, 'exchange-type', node, `Exchanges of type ${shown(type)} need`, plugin);
      return;
    }
    if (since !== undefined) {
      context.report(
        'refused/unknown-exchange-type',
        node,
        `${context.refuses} because it has no exchanges of type ${shown(type)} yet: they came with ${since}.`,
      );
      return;
    }
    const meant = nearestName(
      type.toLowerCase(),
      [...Object.keys(coreTypes), ...Object.keys(pluginTypes)],
      2,
    );
    const hint = meant ? `did you mean "${meant}"?` : 'write "direct", "fanout", "topic" or "headers".';
    context.report(
      'refused/unknown-exchange-type',
      node,
      `${context.refuses} because it knows no exchanges of type ${shown(type)}: ${hint}`,
    );
  }
}

/** Brokers take the name of any exchange here and lose the messages when it is not there. */
function checkNamedExchange(
  context: RuleContext,
  entry: Entry<'queues' | 'exchanges'>,
  argument: 'alternate-exchange' | 'x-dead-letter-exchange',
): void {
  const { table } = context;
  const node = member(table, entry.fields.arguments, argument);
  const name = stringValue(table, node);
  if (name === undefined || name === '' || builtInExchanges.has(name) || !context.document.isWhole) return;
  if (lookUp(context.exchanges, entry.vhost, name)) return;
  if (context.around.exchangeType(entry.vhost ?? '', name) !== undefined) return;
  const isQueue = lookUp(context.queues, entry.vhost, name) !== undefined;
  const meant = isQueue
    ? undefined
    : context.suggestion(`exchange in ${entry.vhost ?? ''}:`, name, () => [
        ...(context.exchanges.get(entry.vhost ?? '')?.keys() ?? []),
      ]);
  const hint = isQueue ? `${shown(name)} is a queue here` : 'the file declares none';
  const cure = meant === undefined ? 'declare it or correct the name.' : `did you mean ${shown(meant)}?`;
  if (argument === 'alternate-exchange') {
    const message = `There is no exchange ${shown(name)} in this virtual host (${hint}), so messages that ${shown(entry.name ?? '')} cannot route are lost: ${cure}`;
    context.report('likely/undeclared-alternate-exchange', node, message);
  } else {
    const message = `There is no exchange ${shown(name)} in this virtual host (${hint}), so dead letters of ${shown(entry.name ?? '')} are lost: ${cure}`;
    context.report('likely/undeclared-dead-letter-exchange', node, message);
  }
}

const hashProperties = ['correlation_id', 'message_id', 'timestamp'];

/** What a consistent-hash exchange hashes; its plugin checks it wherever it is enabled. */
function checkHashArguments(context: RuleContext, exchange: Entry<'exchanges'>): void {
  const { table } = context;
  if (stringValue(table, exchange.fields.type) !== 'x-consistent-hash') return;
  const header = member(table, exchange.fields.arguments, 'hash-header');
  const property = member(table, exchange.fields.arguments, 'hash-property');
  if (header !== absent && property !== absent) {
    const message = `${context.refuses} because an exchange hashes a header or a property and not both: remove "hash-header" or "hash-property".`;
    context.report('refused/argument-value', property, message);
    return;
  }
  for (const node of [header, property]) {
    const kind = table.kind(node);
    const word = stringValue(table, node);
    if (kind === jsonKind.missing || kind === jsonKind.null) continue;
    if (word === undefined) {
      const message = `${context.refuses} because this is ${kindNames[kind]}: write the name of a ${node === header ? 'header' : 'property'} in quotes.`;
      context.report('refused/argument-type', node, message);
    } else if (node === property && !hashProperties.includes(word)) {
      const message = `${context.refuses} because an exchange cannot hash the property ${shown(word)}: write ${hashProperties.map((known) => `"${known}"`).join(' or ')}.`;
      context.report('refused/argument-value', node, message);
    }
  }
}
