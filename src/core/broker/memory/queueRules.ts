import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { field, integerField, textField } from '../../base/fieldValue';
import {
  argumentFit,
  coreQueueTypes,
  queueArgumentRule,
  queueArgumentRules,
  valueRule,
} from '../../topology/queueArguments';
import type { ArgumentValueRule, CoreQueueType } from '../../topology/queueArguments';
import type { QueueDeclaration } from '../amqpPort';
import { BrokerError } from '../brokerError';
import type { Behaviour } from './behaviour';
import { Fault, precondition } from './fault';

/** The type the declaration asks for; throws as the broker does when it may not be declared so (DOMAIN 5.3). */
export function checkedQueueType(
  name: string,
  vhost: string,
  declaration: QueueDeclaration,
  behaviour: Behaviour,
): CoreQueueType {
  const where = `for queue '${name}' in vhost '${vhost}'`;
  const type = typeOf(declaration.arguments, where);
  for (const { name: argument, value } of declaration.arguments) {
    const rule = queueArgumentRule(argument);
    if (!rule) continue;
    const fit = argumentFit(rule, type, behaviour);
    if (fit === 'refused') {
      throw precondition(`invalid arg '${argument}' ${where} of queue type rabbit_${type}_queue`);
    }
    const problem = fit === 'taken' ? valueProblem(argument, value, valueRule(rule, behaviour)) : undefined;
    if (problem !== undefined) throw precondition(`invalid arg '${argument}' ${where}: ${problem}`);
    if (rule.needs !== undefined && field(declaration.arguments, rule.needs) === undefined) {
      throw precondition(`invalid arg '${argument}' ${where}: routing_key_but_no_dlx_defined`);
    }
  }
  checkProperties(type, name, declaration, where);
  refuseWhatIsNotPlayed(declaration.arguments, behaviour);
  return type;
}

/** Declared again: throws 406 unless it is the same (DOMAIN 5.3, last lines). */
export function checkSameQueue(
  name: string,
  vhost: string,
  present: QueueDeclaration,
  asked: QueueDeclaration,
  behaviour: Behaviour,
): void {
  const where = `for queue '${name}' in vhost '${vhost}'`;
  const differs = (what: string, received: boolean, current: boolean): void => {
    if (received === current) return;
    throw precondition(
      `inequivalent arg '${what}' ${where}: received '${String(received)}' but current is '${String(current)}'`,
    );
  };
  differs('durable', asked.durable, present.durable);
  differs('auto_delete', asked.autoDelete, present.autoDelete);
  const [old, wanted] = [typeOf(present.arguments, where), typeOf(asked.arguments, where)];
  if (old !== wanted) {
    const [received, current] =
      behaviour === '3.10'
        ? [
            described(field(asked.arguments, 'x-queue-type')),
            described(field(present.arguments, 'x-queue-type')),
          ]
        : [`'${wanted}'`, `'${old}'`];
    throw precondition(
      `inequivalent arg 'x-queue-type' ${where}: received ${received} but current is ${current}`,
    );
  }
  for (const { name: argument } of queueArgumentRules) {
    if (argument === 'x-queue-type') continue;
    const [current, received] = [field(present.arguments, argument), field(asked.arguments, argument)];
    if (shown(current) === shown(received)) continue;
    throw precondition(
      `inequivalent arg '${argument}' ${where}: received ${described(received)} but current is ${described(current)}`,
    );
  }
}

function typeOf(args: FieldTable, where: string): CoreQueueType {
  const value = field(args, 'x-queue-type');
  if (value === undefined) return 'classic';
  if (value.type !== 'longstr')
    throw precondition(`invalid arg 'x-queue-type' ${where}: {unacceptable_type,${wireName(value)}}`);
  const type = coreQueueTypes.find((known) => known === value.value);
  if (type === undefined) {
    throw precondition(
      `invalid arg 'x-queue-type' ${where}: "unsupported queue type '${String(value.value)}'"`,
    );
  }
  return type;
}

function checkProperties(
  type: CoreQueueType,
  name: string,
  declaration: QueueDeclaration,
  where: string,
): void {
  if (type === 'classic') return;
  if (name === '') throw precondition(`Cannot declare a server-named queue for type rabbit_${type}_queue`);
  const bad = !declaration.durable
    ? 'non-durable'
    : declaration.exclusive
      ? 'exclusive-owner'
      : declaration.autoDelete
        ? 'auto-delete'
        : undefined;
  if (bad !== undefined) throw precondition(`invalid property '${bad}' ${where}`);
}

function valueProblem(name: string, value: FieldValue, rule: ArgumentValueRule): string | undefined {
  switch (rule.kind) {
    case 'integer': {
      const number = integerOf(value);
      if (number === undefined) return `"expected integer, got ${wireName(value)}"`;
      if (number === 0 && rule.least === 1) return '{value_zero,0}';
      if (number < rule.least) return `{value_negative,${String(number)}}`;
      return rule.most !== undefined && number > rule.most
        ? `{value_too_large,${String(number)}}`
        : undefined;
    }
    case 'boolean':
      return value.type === 'bool' ? undefined : `{unacceptable_type,${wireName(value)}}`;
    case 'age':
      return textOf(value) !== undefined && /^\d+[YMDhms]$/.test(textOf(value) ?? '')
        ? undefined
        : 'invalid_max_age';
    case 'text': {
      const text = textOf(value);
      if (text === undefined) return `{unacceptable_type,${wireName(value)}}`;
      return rule.oneOf && !rule.oneOf.includes(text)
        ? `invalid_${name.slice(2).replaceAll('-', '_')}`
        : undefined;
    }
    case 'unchecked':
      return undefined;
  }
}

/** What a real broker would do and this one cannot: better no queue than one that behaves otherwise. */
function refuseWhatIsNotPlayed(args: FieldTable, behaviour: Behaviour): void {
  const cannot = (what: string): never => {
    throw new BrokerError('unsupported', `The demo broker cannot play ${what}.`, {
      advice: 'Leave the argument out, or use a real broker.',
    });
  };
  if (behaviour === '4.3' && field(args, 'x-queue-master-locator')) {
    throw new Fault(541, 'INTERNAL_ERROR - Feature `queue_master_locator` is deprecated.');
  }
  if (field(args, 'x-max-priority')) cannot('priority queues (x-max-priority)');
  if (textField(args, 'x-dead-letter-strategy') === 'at-least-once') cannot('at-least-once dead-lettering');
  if (field(args, 'x-consumer-timeout')) cannot('consumer timeouts (x-consumer-timeout)');
  const retry = textField(args, 'x-delayed-retry-type');
  if (retry !== undefined && retry !== 'disabled') cannot('delayed retries (x-delayed-retry-type)');
  const overflow = textField(args, 'x-overflow');
  if (overflow !== undefined && overflow !== 'drop-head' && textField(args, 'x-queue-type') === 'quorum') {
    cannot(`x-overflow ${overflow} on a quorum queue`);
  }
}

function integerOf(value: FieldValue): number | undefined {
  return integerField([{ name: '', value }], '');
}

function textOf(value: FieldValue): string | undefined {
  return textField([{ name: '', value }], '');
}

/** Numbers are compared by value, whatever their type. */
function shown(value: FieldValue | undefined): string {
  if (value === undefined) return '';
  const number = integerOf(value);
  return number === undefined ? JSON.stringify(value) : String(number);
}

function described(value: FieldValue | undefined): string {
  if (value === undefined) return 'none';
  return `the value '${textOf(value) ?? String(integerOf(value) ?? '')}' of type '${wireName(value)}'`;
}

/** RabbitMQ's own name for the type. */
export function wireName(value: FieldValue): string {
  return value.type === 'int' ? 'signedint' : value.type;
}
