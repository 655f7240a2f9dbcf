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
  /** What this login may not see, each with the reason in words. */
  readonly missing: readonly { readonly section: DefinitionsSection; readonly why: string }[];
}

/** One object of a definitions file, on its way to a broker. */
export interface DefinitionsItem {
  /** Comes back with the outcome. */
  readonly id: number;
  readonly section: DefinitionsSection;
  /** The virtual host it goes to; empty for users, virtual hosts and global parameters. */
  readonly vhost: string;
  /** The entry as it stands in the file: numbers keep their spelling. */
  readonly json: string;
}

export type ItemOutcome =
  /** `created`: it was not there. `updated`: it was, and is now as written. `removed`, `absent`: after a removal. */
  | { readonly id: number; readonly kind: 'created' | 'updated' | 'removed' | 'absent' }
  /** The broker said no, in words. */
  | { readonly id: number; readonly kind: 'refused'; readonly text: string }
  /** Nobody knows whether it was done: the answer was lost. */
  | { readonly id: number; readonly kind: 'unknown'; readonly text: string };

/** Items that are missing from `outcomes` were not tried. */
export interface TransferProgress {
  readonly total: number;
  readonly outcomes: readonly ItemOutcome[];
}

/** One after the other, in the order given. Cancelled, a transfer resolves with what was done until then. */
export interface TransferParams {
  readonly items: readonly DefinitionsItem[];
  /** Whether the rest is left alone after the first refusal, as an import does. */
  readonly stopAtRefusal: boolean;
}
