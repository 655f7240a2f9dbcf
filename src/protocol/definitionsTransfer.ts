import type { DefinitionsSection } from '../core/topology/definitionsFile';

/** What is read out of a broker as a definitions file. */
export interface DefinitionsExportParams {
  /** One virtual host, in the form without `vhost` fields; missing: all that the user may see, in the cluster form. */
  readonly vhost?: string;
  /** Password hashes of users, which only an administrator sees; without them users are written without any. */
  readonly passwordHashes: boolean;
}

/** A definitions file made from a broker's lists, so that the tag `management` is enough (DOMAIN 4.2). */
export interface BrokerDefinitions {
  /** Sections, entries and keys in one order whatever the broker's: two exports differ where the brokers do. */
  readonly text: string;
  readonly objects: number;
  /** The broker's version, such as `4.3.6`; the file carries it too. */
  readonly version: string;
  /**
   * Sections that are not whole, each with the reason in words. The file has none of their entries, virtual hosts
   * aside: of those it has the ones that this login may see.
   */
  readonly missing: readonly { readonly section: DefinitionsSection; readonly why: string }[];
  /** Sentences about what an import of the file would make otherwise than it is here; at most a few dozen. */
  readonly notes: readonly string[];
}

/** One object of a definitions file, on its way to a broker. */
export interface DefinitionsItem {
  /** Comes back with the outcome. */
  readonly id: number;
  readonly section: DefinitionsSection;
  /** The virtual host it goes to, whatever the entry says; empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  /** The entry as it stands in the file: numbers keep their spelling. */
  readonly json: string;
}

export type ItemOutcome =
  /** `created`: it was not there. `removed`, `absent`: after a removal. */
  | { readonly id: number; readonly kind: 'created' | 'removed' | 'absent' }
  /**
   * It was there, and is now as written. `before`: the entry as the broker had it, where that was another one, without
   * password hashes; queues, exchanges and bindings are never changed.
   */
  | { readonly id: number; readonly kind: 'updated'; readonly before?: string }
  /** It was not done, and why, in words. */
  | { readonly id: number; readonly kind: 'refused'; readonly text: string }
  /** Nobody knows whether it was done: the answer was lost, or the broker failed over it. */
  | { readonly id: number; readonly kind: 'unknown'; readonly text: string };

/** How far a transfer is: counts only, so that an event stays small whatever the size of the file. */
export type TransferProgress = {
  readonly total: number;
  /** The sum of the counts that follow. */
  readonly done: number;
} & Readonly<Record<ItemOutcome['kind'], number>>;

export interface TransferResult {
  /** In the order of the items. Items without an outcome were not tried. */
  readonly outcomes: readonly ItemOutcome[];
  /** Why it ended before the last item, in words. */
  readonly ended?: string;
}

/** One after the other, in the order given. Cancelled, a transfer resolves with what was done until then. */
export interface TransferParams {
  readonly items: readonly DefinitionsItem[];
  /** Whether the rest is left alone after the first item that was not done, as an import does. */
  readonly stopAtRefusal: boolean;
}
