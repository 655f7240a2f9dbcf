import type { Death } from '../../src/core/message/deathHistory';

/** One station of a dead letter, the first one first. */
export type DeathStation =
  /** `isDeadLetter`: it came here from a queue, and not from a publisher. */
  | {
      readonly kind: 'exchange';
      readonly name: string;
      readonly isDeadLetter: boolean;
      readonly keys: readonly string[];
    }
  | { readonly kind: 'queue'; readonly death: Death };

/**
 * The way of a dead letter. `x-death` has the newest death first, and of each the exchange that had routed the message
 * into that queue; `exchange` is the one that routed it here. A death that counts several times stands once: the
 * broker keeps no more.
 */
export function deathPath(
  deaths: readonly Death[],
  exchange: string,
  routingKey: string,
): readonly DeathStation[] {
  const oldestFirst = [...deaths].reverse();
  return [
    ...oldestFirst.flatMap((death, index): DeathStation[] => [
      { kind: 'exchange', name: death.exchange, isDeadLetter: index > 0, keys: death.routingKeys },
      { kind: 'queue', death },
    ]),
    { kind: 'exchange', name: exchange, isDeadLetter: true, keys: [routingKey] },
  ];
}

const reasons: Readonly<Record<string, string>> = {
  rejected: 'rejected',
  expired: 'expired',
  maxlen: 'dropped, the queue was full',
  delivery_limit: 'delivery limit reached',
};

/** "rejected ×3" */
export function deathWords({ reason, count }: Death): string {
  const words = reasons[reason] ?? reason;
  return count === undefined || count === 1 ? words : `${words} ×${count}`;
}
