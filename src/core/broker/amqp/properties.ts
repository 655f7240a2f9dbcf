import { Failure } from '../../base/failure';
import type { MessageProperties } from '../../message/message';
import type { WireProperties } from './amqplibParts';
import { SentTable } from './fieldTable';

type Plain = { -readonly [K in keyof MessageProperties]: MessageProperties[K] };

/** The properties of a received message: a plain object with only what was there. */
export function receivedProperties(wire: WireProperties): MessageProperties {
  const own = propertiesWithoutHeaders(wire);
  return wire.headers === undefined ? own : { ...own, headers: wire.headers.entries() };
}

/** For the tail, which may see 50,000 of these a second: nothing is decoded and nothing of the socket is kept. */
export function propertiesWithoutHeaders(wire: WireProperties): MessageProperties {
  const own: Plain = {};
  if (wire.contentType !== undefined) own.contentType = wire.contentType;
  if (wire.contentEncoding !== undefined) own.contentEncoding = wire.contentEncoding;
  if (wire.deliveryMode !== undefined) own.deliveryMode = wire.deliveryMode;
  if (wire.priority !== undefined) own.priority = wire.priority;
  if (wire.correlationId !== undefined) own.correlationId = wire.correlationId;
  if (wire.replyTo !== undefined) own.replyTo = wire.replyTo;
  if (wire.expiration !== undefined) own.expiration = wire.expiration;
  if (wire.messageId !== undefined) own.messageId = wire.messageId;
  if (wire.timestamp !== undefined) own.timestamp = String(BigInt(wire.timestamp));
  if (wire.type !== undefined) own.type = wire.type;
  if (wire.userId !== undefined) own.userId = wire.userId;
  if (wire.appId !== undefined) own.appId = wire.appId;
  if (wire.clusterId !== undefined) own.clusterId = wire.clusterId;
  return own;
}

/** Throws `badInput` for what amqplib cannot send: a timestamp beyond 2^53, which it would round. */
export function sentProperties(properties: MessageProperties): WireProperties {
  const { headers, timestamp, ...same } = properties;
  return {
    ...same,
    ...(headers === undefined ? {} : { headers: new SentTable(headers) }),
    ...(timestamp === undefined ? {} : { timestamp: seconds(timestamp) }),
  };
}

function seconds(text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new Failure(
    'badInput',
    `The timestamp \`${text.slice(0, 40)}\` is not a number of seconds that can be sent.`,
    {
      advice: 'Give whole seconds since 1970.',
    },
  );
}
