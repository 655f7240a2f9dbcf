import type { FieldEntry, FieldTable } from '../../base/fieldValue';
import { emptyTable } from '../../base/fieldValue';
import type { Delivery, MessageProperties } from '../../message/message';
import type { Behaviour } from './behaviour';

export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

/** One entry of x-death, newest first (DOMAIN 3). */
export interface Death {
  readonly queue: string;
  readonly reason: DeathReason;
  readonly count: number;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  readonly originalExpiration?: string;
}

/** A message as it was routed; queues share it and never change it. */
export interface StoredMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
  readonly deaths: readonly Death[];
}

/** A message in one queue. */
export interface QueuedMessage {
  readonly message: StoredMessage;
  /** Counts up in each queue; where the message belongs when a classic queue gets it back. */
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  redelivered: boolean;
  /** How often somebody had it and it came back. */
  acquired: number;
  /** How often that counted as a failed delivery (DOMAIN 1.1). */
  failed: number;
}

/** `headers` with the entry in it, sorted by name as RabbitMQ does whenever it changes headers. */
export function withHeaders(headers: FieldTable | undefined, added: FieldTable): FieldTable {
  const kept = (headers ?? emptyTable).filter((entry) => !added.some((other) => other.name === entry.name));
  return [...kept, ...added].sort(byName);
}

/** RabbitMQ 4.x sorts headers when it takes a message in, and keeps the first of a name given twice; 3.x changes nothing. */
export function acceptedHeaders(headers: FieldTable, behaviour: Behaviour): FieldTable {
  if (behaviour === '3.10') return headers;
  const names = new Set<string>();
  return headers.filter(({ name }) => !names.has(name) && names.add(name)).sort(byName);
}

export function deliveryOf(
  message: StoredMessage,
  deliveryTag: number,
  redelivered: boolean,
  extra: FieldTable,
): Delivery {
  const properties =
    extra.length === 0
      ? message.properties
      : { ...message.properties, headers: withHeaders(message.properties.headers, extra) };
  return {
    deliveryTag,
    redelivered,
    exchange: message.exchange,
    routingKey: message.routingKey,
    properties,
    body: message.body,
  };
}

export function long(name: string, value: number): FieldEntry {
  return { name, value: { type: 'long', value: String(value) } };
}

function byName(a: FieldEntry, b: FieldEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
