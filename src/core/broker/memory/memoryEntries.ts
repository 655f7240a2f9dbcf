import { exactTable } from '../../base/exactFields';
import type { FieldTable } from '../../base/fieldValue';
import { textField } from '../../base/fieldValue';
import { jsonMember, jsonObject } from '../../base/jsonText';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import { entryText } from '../../topology/definitionsEntry';
import type { RoutedBinding } from '../../topology/routing';
import type { Binding } from '../amqpPort';
import { BrokerError } from '../brokerError';
import { bool, jsonOfTable, text } from './definitionJson';
import type { VhostState } from './vhostState';

export function exchangeEntries(state: VhostState): readonly DefinitionsEntry[] {
  return [...state.exchanges.values()].map((exchange) =>
    jsonObject({
      name: text(exchange.name),
      vhost: text(state.name),
      type: text(exchange.type),
      durable: bool(exchange.durable),
      auto_delete: bool(exchange.autoDelete),
      internal: bool(exchange.internal),
      arguments: jsonOfTable(exchange.arguments),
    }),
  );
}

/** Since 4.0 every queue says its type among its arguments (DOMAIN 8.2). */
export function queueEntries(state: VhostState, saysType: boolean): readonly DefinitionsEntry[] {
  return [...state.queues.values()].map((queue) => {
    const { durable, autoDelete, exclusive, arguments: args } = queue.declaration;
    const type: FieldTable =
      saysType && textField(args, 'x-queue-type') === undefined
        ? [{ name: 'x-queue-type', value: { type: 'longstr', value: queue.type } }]
        : [];
    return jsonObject({
      name: text(queue.name),
      vhost: text(state.name),
      durable: bool(durable),
      auto_delete: bool(autoDelete),
      exclusive: bool(exclusive),
      arguments: jsonOfTable([...args, ...type]),
    });
  });
}

export function bindingEntry(vhost: string, binding: RoutedBinding): DefinitionsEntry {
  return jsonObject({
    source: text(binding.source),
    vhost: text(vhost),
    destination: text(binding.destination),
    destination_type: text(binding.destinationKind),
    routing_key: text(binding.routingKey),
    arguments: jsonOfTable(binding.arguments),
  });
}

export function bindingOf(entry: DefinitionsEntry): Binding {
  return {
    source: entryText(entry, 'source'),
    destination: entryText(entry, 'destination'),
    destinationKind: entryText(entry, 'destination_type') === 'exchange' ? 'exchange' : 'queue',
    routingKey: entryText(entry, 'routing_key'),
    arguments: argumentsOf(entry),
  };
}

export function argumentsOf(entry: DefinitionsEntry): FieldTable {
  const args = jsonMember(entry, 'arguments');
  return args?.kind === 'object' ? exactTable(args.entries) : [];
}

export function flag(entry: DefinitionsEntry, name: string, otherwise: boolean): boolean {
  const value = jsonMember(entry, name);
  if (value === undefined) return otherwise;
  if (value.kind === 'bool') return value.value;
  throw new BrokerError('precondition', `The demo broker refused ${name}: it is neither true nor false.`);
}
