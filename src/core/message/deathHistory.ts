import { field, integerField, textField } from '../base/fieldValue';
import type { FieldTable } from '../base/fieldValue';

/** One entry of `x-death` (DOMAIN 3): how often a message died in a queue for one reason. */
export interface Death {
  readonly queue: string;
  /** rejected, expired, maxlen or delivery_limit. */
  readonly reason: string;
  readonly count?: number;
  /** Seconds since the epoch, decimal text. */
  readonly time?: string;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
}

/** Newest first, as the broker keeps it. What does not look like an entry is left out: anyone can write headers. */
export function deathHistory(headers: FieldTable | undefined): readonly Death[] {
  const deaths = field(headers, 'x-death');
  if (deaths?.type !== 'array') return [];
  return deaths.value.flatMap((entry) => (entry.type === 'table' ? [death(entry.value)] : []));
}

function death(table: FieldTable): Death {
  const count = integerField(table, 'count');
  const time = field(table, 'time');
  const keys = field(table, 'routing-keys');
  return {
    queue: textField(table, 'queue') ?? '',
    reason: textField(table, 'reason') ?? '',
    ...(count !== undefined && { count }),
    ...(time?.type === 'timestamp' && { time: time.value }),
    exchange: textField(table, 'exchange') ?? '',
    routingKeys:
      keys?.type === 'array'
        ? keys.value.flatMap((key) =>
            key.type === 'longstr' && typeof key.value === 'string' ? [key.value] : [],
          )
        : [],
  };
}
