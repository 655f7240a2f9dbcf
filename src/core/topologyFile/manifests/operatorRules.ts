import { utf8Length } from '../../base/bytes';
import { predeclaredExchanges } from '../../topology/predeclaredExchanges';
import type { Entry } from '../declarations';
import { member, stringValue } from '../json/jsonRead';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { longestName, theEntry } from '../rules/nameRules';

/**
 * Where the management API, which the operator declares everything through, answers otherwise than an import (seen on
 * 3.10.8, 4.0.5 and 4.3.6): what an import passes over in silence is refused.
 */
export function operatorRules(context: RuleContext): void {
  const { declarations } = context;
  for (const section of ['vhosts', 'policies', 'parameters'] as const)
    for (const entry of declarations.entries(section)) checkEmpty(context, entry);
  for (const queue of declarations.entries('queues')) {
    checkQueueName(context, queue);
    checkObstacles(context, queue);
  }
  for (const exchange of declarations.entries('exchanges')) {
    checkExchangeName(context, exchange);
    checkAlternate(context, exchange);
  }
}

type Named = Entry<'vhosts' | 'policies' | 'parameters' | 'queues' | 'exchanges'>;

/** The name is part of the address that is asked, which then has no such method (405). */
function checkEmpty(context: RuleContext, entry: Named): boolean {
  if (entry.name !== '') return false;
  context.report(
    'refused/empty-name',
    entry.fields.name,
    `${context.refuses} because the name is empty: give it one.`,
  );
  return true;
}

function isTooLong(name: string): boolean {
  return name.length * 3 > longestName && utf8Length(name) > longestName;
}

function checkQueueName(context: RuleContext, queue: Entry<'queues'>): void {
  const { name = '' } = queue;
  if (checkEmpty(context, queue)) return;
  if (name.startsWith('amq.')) {
    const message = `${context.refuses} because names that begin with "amq." belong to the broker: choose another.`;
    context.report('refused/reserved-name', queue.fields.name, message);
  } else if (isTooLong(name)) {
    const message = `${context.refuses} because the name has ${String(utf8Length(name))} bytes and may have 255: shorten it.`;
    context.report('refused/long-name', queue.fields.name, message);
  }
}

function checkObstacles(context: RuleContext, queue: Entry<'queues'>): void {
  const { table } = context;
  const { durable, auto_delete: autoDelete } = queue.fields;
  for (const { node, why, cure } of context.obstaclesOf(queue)) {
    const own =
      node === durable ? 'write "durable: true"' : node === autoDelete ? 'remove "autoDelete"' : cure;
    context.report('refused/queue-not-created', node, `${context.refuses} because ${why}: ${own}.`);
  }
  const { type } = context.queueType(queue);
  if (type === 'classic' && table.kind(durable) === jsonKind.false) {
    const message = `${theEntry(queue)} is not durable: it is gone when its node restarts, and such queues are deprecated since RabbitMQ 4.3; make it durable or let the application declare it.`;
    context.report('advice/transient-queue', durable, message);
  }
}

function checkExchangeName(context: RuleContext, exchange: Entry<'exchanges'>): void {
  const { name = '' } = exchange;
  if (checkEmpty(context, exchange)) return;
  if (name.startsWith('amq.')) {
    if (!isPredeclared(context, exchange)) {
      const own = predeclaredExchanges.get(name);
      const why =
        own === undefined
          ? 'names that begin with "amq." belong to the broker'
          : `${shown(name)} exists in every virtual host as a durable ${own} exchange`;
      context.report(
        'refused/reserved-name',
        exchange.fields.name,
        `${context.refuses} because ${why}: choose another name.`,
      );
    }
  } else if (isTooLong(name)) {
    const message = `The name of this exchange has ${String(utf8Length(name))} bytes; above 255 it is made but cannot be reached over AMQP: shorten it.`;
    context.report('surprise/long-name', exchange.fields.name, message);
  }
}

/** Declaring what is there anyway is fine. The trace exchange is internal, which the operator cannot say. */
function isPredeclared({ table }: RuleContext, { name, fields }: Entry<'exchanges'>): boolean {
  return (
    name !== 'amq.rabbitmq.trace' &&
    predeclaredExchanges.get(name ?? '') === stringValue(table, fields.type) &&
    table.kind(fields.durable) === jsonKind.true &&
    table.kind(fields.auto_delete) === jsonKind.false
  );
}

function checkAlternate(context: RuleContext, exchange: Entry<'exchanges'>): void {
  const { table, target } = context;
  const node = member(table, exchange.fields.arguments, 'alternate-exchange');
  const kind = table.kind(node);
  if (node === absent || kind === jsonKind.string || kind === jsonKind.null) return;
  const message = `${brokerName(target)} refuses it because alternate-exchange is not text: write the name of an exchange.`;
  context.report('refused/argument-type', node, message);
}
