import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { field, longstr, textField } from '../../base/fieldValue';
import type { MessageProperties } from '../../message/message';
import type { Behaviour } from './behaviour';
import { long, withHeaders } from './storedMessage';
import type { Death, DeathReason, StoredMessage } from './storedMessage';

/**
 * The message as it is published to the queue's dead-letter exchange (DOMAIN 3, "x-death"); `undefined` when the
 * queue has none. `time` is in seconds since the epoch.
 */
export function deadLetterOf(
  message: StoredMessage,
  queue: string,
  args: FieldTable,
  reason: DeathReason,
  time: number,
  behaviour: Behaviour,
): StoredMessage | undefined {
  const exchange = textField(args, 'x-dead-letter-exchange');
  if (exchange === undefined) return undefined;
  const key = textField(args, 'x-dead-letter-routing-key');
  const { expiration, ...kept } = message.properties;
  const death: Death = {
    queue,
    reason,
    count: 1 + (message.deaths.find((each) => isSame(each, queue, reason))?.count ?? 0),
    time,
    exchange: message.exchange,
    routingKeys: [message.routingKey, ...carbonKeys(message)],
    ...(expiration === undefined ? {} : { originalExpiration: expiration }),
  };
  const deaths = [death, ...message.deaths.filter((each) => !isSame(each, queue, reason))];
  const headers = withHeaders(
    withoutCopies(kept.headers, key !== undefined),
    deathHeaders(deaths, message, behaviour),
  );
  return {
    exchange,
    routingKey: key ?? message.routingKey,
    properties: { ...kept, headers } satisfies MessageProperties,
    body: message.body,
    deaths,
  };
}

/** A message that comes round to a queue without anybody having rejected it on the way is dropped. */
export function returnsInCircles(deaths: readonly Death[], queue: string): boolean {
  const last = deaths.findIndex((death) => death.queue === queue);
  return last >= 0 && deaths.slice(0, last + 1).every((death) => death.reason !== 'rejected');
}

function isSame(death: Death, queue: string, reason: DeathReason): boolean {
  return death.queue === queue && death.reason === reason;
}

function deathHeaders(deaths: readonly Death[], message: StoredMessage, behaviour: Behaviour): FieldTable {
  const [last] = deaths;
  if (!last) return [];
  const first = textField(message.properties.headers, 'x-first-death-queue') === undefined ? last : undefined;
  const marks = (which: 'first' | 'last', death: Death): FieldTable => [
    { name: `x-${which}-death-exchange`, value: longstr(death.exchange) },
    { name: `x-${which}-death-queue`, value: longstr(death.queue) },
    { name: `x-${which}-death-reason`, value: longstr(death.reason) },
  ];
  return [
    { name: 'x-death', value: { type: 'array', value: deaths.map((death) => deathTable(death, behaviour)) } },
    ...(first ? marks('first', first) : []),
    // Since 3.13.
    ...(behaviour === '3.10' ? [] : marks('last', last)),
  ];
}

function deathTable(death: Death, behaviour: Behaviour): FieldValue {
  const expiration =
    death.originalExpiration === undefined
      ? []
      : [{ name: 'original-expiration', value: longstr(death.originalExpiration) }];
  const entries = [
    long('count', death.count),
    { name: 'reason', value: longstr(death.reason) },
    { name: 'queue', value: longstr(death.queue) },
    { name: 'time', value: { type: 'timestamp', value: String(death.time) } as const },
    { name: 'exchange', value: longstr(death.exchange) },
    { name: 'routing-keys', value: { type: 'array', value: death.routingKeys.map(longstr) } as const },
  ];
  return {
    type: 'table',
    value: behaviour === '3.10' ? [...entries, ...expiration] : [...expiration, ...entries],
  };
}

function carbonKeys(message: StoredMessage): readonly string[] {
  const value = field(message.properties.headers, 'CC');
  if (value?.type !== 'array') return [];
  return value.value.flatMap((item) =>
    item.type === 'longstr' && typeof item.value === 'string' ? [item.value] : [],
  );
}

/** With a dead-letter key of its own the copies are not sent again. */
function withoutCopies(headers: FieldTable | undefined, drop: boolean): FieldTable | undefined {
  return drop ? headers?.filter((entry) => entry.name !== 'CC') : headers;
}
