import type { FieldTable, FieldValue } from '../base/fieldValue';
import { emptyTable, field, integerField, textField } from '../base/fieldValue';
import type { Delivery, MessageProperties } from '../message/message';
import type { Arrival } from './ringBuffer';

/** A message as the firehose saw it, unwrapped (DOMAIN 2.2). */
export interface TracedMessage extends Arrival {
  /** Every queue that it was routed to when it was published. */
  readonly routedQueues: readonly string[];
}

type Plain = { -readonly [K in keyof MessageProperties]: MessageProperties[K] };

/** The message inside a trace message; `undefined` for one that is none. The body is the original one. */
export function tracedMessage({ properties, body }: Delivery): TracedMessage | undefined {
  const { headers } = properties;
  const exchange = textField(headers, 'exchange_name');
  if (exchange === undefined) return undefined;
  return {
    exchange,
    routingKey: texts(field(headers, 'routing_keys'))[0] ?? '',
    redelivered: integerField(headers, 'redelivered') === 1,
    properties: originalProperties(tableIn(field(headers, 'properties'))),
    body,
    routedQueues: texts(field(headers, 'routed_queues')),
  };
}

const textNames = [
  ['content_type', 'contentType'],
  ['content_encoding', 'contentEncoding'],
  ['correlation_id', 'correlationId'],
  ['reply_to', 'replyTo'],
  ['expiration', 'expiration'],
  ['message_id', 'messageId'],
  ['type', 'type'],
  ['user_id', 'userId'],
  ['app_id', 'appId'],
  ['cluster_id', 'clusterId'],
] as const;

function originalProperties(table: FieldTable): MessageProperties {
  const own: Plain = {};
  for (const [wire, name] of textNames) {
    const value = textField(table, wire);
    if (value !== undefined) own[name] = value;
  }
  const deliveryMode = integerField(table, 'delivery_mode');
  if (deliveryMode !== undefined) own.deliveryMode = deliveryMode;
  const priority = integerField(table, 'priority');
  if (priority !== undefined) own.priority = priority;
  const timestamp = secondsOf(field(table, 'timestamp'));
  if (timestamp !== undefined) own.timestamp = timestamp;
  const headers = field(table, 'headers');
  if (headers?.type === 'table') own.headers = headers.value;
  return own;
}

/** The broker writes it as the integer that just fits, and a large one as a timestamp. */
function secondsOf(value: FieldValue | undefined): string | undefined {
  switch (value?.type) {
    case 'timestamp':
    case 'long':
    case 'int':
    case 'unsignedint':
    case 'short':
    case 'unsignedshort':
    case 'byte':
    case 'unsignedbyte':
      return String(value.value);
    default:
      return undefined;
  }
}

function tableIn(value: FieldValue | undefined): FieldTable {
  return value?.type === 'table' ? value.value : emptyTable;
}

function texts(value: FieldValue | undefined): readonly string[] {
  if (value?.type !== 'array') return [];
  return value.value.flatMap((item) =>
    item.type === 'longstr' && typeof item.value === 'string' ? [item.value] : [],
  );
}
