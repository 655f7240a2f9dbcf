import type { BrokerSeries, CoreQueueType } from './queueArguments';
import { isAtLeast } from './queueArguments';

/**
 * The policy keys that a type of queue does not support: a policy with one of them is not applied to such a queue at
 * all (`capabilities/0`, `unsupported_policies`, of rabbitmq-server 3.10.8, 3.13.7, 4.0.5 and 4.3.3; DOMAIN 5.4).
 */
interface Unsupported {
  readonly key: string;
  readonly since?: BrokerSeries;
  /** The first series that supports it. */
  readonly until?: BrokerSeries;
}

const keys = (...names: string[]): Unsupported[] => names.map((key) => ({ key }));
const mirroring = keys(
  'ha-mode',
  'ha-params',
  'ha-sync-mode',
  'ha-promote-on-shutdown',
  'ha-promote-on-failure',
  'queue-master-locator',
);

const unsupported: Readonly<Record<CoreQueueType, readonly Unsupported[]>> = {
  classic: [
    ...keys('max-age', 'stream-max-segment-size-bytes', 'initial-cluster-size'),
    ...keys('delivery-limit', 'dead-letter-strategy'),
    { key: 'queue-leader-locator', until: '4.0' },
    { key: 'max-in-memory-length', since: '3.13' },
    { key: 'max-in-memory-bytes', since: '3.13' },
    { key: 'target-group-size', since: '3.13' },
  ],
  quorum: [
    ...keys('queue-mode', 'max-age', 'stream-max-segment-size-bytes', 'initial-cluster-size'),
    ...mirroring,
  ],
  stream: [
    ...keys('expires', 'message-ttl', 'dead-letter-exchange', 'dead-letter-routing-key', 'max-length'),
    ...keys('max-in-memory-length', 'max-in-memory-bytes', 'overflow', 'queue-mode', 'delivery-limit'),
    ...keys('dead-letter-strategy'),
    ...mirroring,
    { key: 'target-group-size', since: '3.13' },
  ],
};

/** Whether a policy with that key can be applied to a queue of that type. */
export function supportsPolicyKey(type: CoreQueueType, key: string, series: BrokerSeries): boolean {
  return !unsupported[type].some(
    (one) =>
      one.key === key &&
      (one.since === undefined || isAtLeast(series, one.since)) &&
      !(one.until !== undefined && isAtLeast(series, one.until)),
  );
}
