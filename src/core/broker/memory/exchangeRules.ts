import { field, textField } from '../../base/fieldValue';
import { wireName } from './queueRules';
import type { Binding, ExchangeDeclaration } from '../amqpPort';
import type { Behaviour } from './behaviour';
import { Fault, precondition } from './fault';

const exchangeTypes: readonly string[] = ['direct', 'fanout', 'topic', 'headers'];

/** The exchanges every virtual host has. */
export const builtInExchanges: readonly (readonly [name: string, type: string, internal: boolean])[] = [
  ['', 'direct', false],
  ['amq.direct', 'direct', false],
  ['amq.fanout', 'fanout', false],
  ['amq.headers', 'headers', false],
  ['amq.match', 'headers', false],
  ['amq.rabbitmq.trace', 'topic', true],
  ['amq.topic', 'topic', false],
];

/** A type no plugin brings: 3.10 closes the connection, later versions the channel. */
export function checkExchangeType(type: string, behaviour: Behaviour): void {
  if (exchangeTypes.includes(type)) return;
  if (behaviour === '3.10') throw new Fault(503, `COMMAND_INVALID - unknown exchange type '${type}'`);
  throw precondition(`unknown exchange type '${type}'`);
}

/** Declared again: throws 406 unless it is the same. */
export function checkSameExchange(
  name: string,
  vhost: string,
  present: ExchangeDeclaration,
  asked: ExchangeDeclaration,
): void {
  const differs = (what: string, received: string, current: string): void => {
    if (received === current) return;
    throw precondition(
      `inequivalent arg '${what}' for exchange '${name}' in vhost '${vhost}': received ${received} but current is ${current}`,
    );
  };
  differs('type', `'${asked.type}'`, `'${present.type}'`);
  differs('durable', `'${String(asked.durable)}'`, `'${String(present.durable)}'`);
  differs('auto_delete', `'${String(asked.autoDelete)}'`, `'${String(present.autoDelete)}'`);
  differs('internal', `'${String(asked.internal)}'`, `'${String(present.internal)}'`);
  const alternate = (declaration: ExchangeDeclaration): string => {
    const value = textField(declaration.arguments, 'alternate-exchange');
    return value === undefined ? 'none' : `the value '${value}' of type 'longstr'`;
  };
  differs('alternate-exchange', alternate(asked), alternate(present));
}

/** What a headers exchange asks of a binding. */
export function checkHeadersBinding(binding: Binding): void {
  const mode = field(binding.arguments, 'x-match');
  if (mode === undefined) return;
  if (mode.type !== 'longstr')
    throw precondition(`Invalid x-match field type ${wireName(mode)}; expected longstr`);
  if (typeof mode.value === 'string' && ['all', 'any', 'all-with-x', 'any-with-x'].includes(mode.value))
    return;
  throw precondition(
    `Invalid x-match field value ${String(mode.value)}; expected all, any, all-with-x, or any-with-x`,
  );
}
