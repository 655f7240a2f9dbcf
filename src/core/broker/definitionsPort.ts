import type { DefinitionsEntry } from '../topology/definitionsEntry';
import type { DefinitionsSection } from '../topology/definitionsFile';

/**
 * What a broker holds as the entries of a definitions file, read and written one section or object at a time, so that
 * whoever may not see the whole file gets what they may see (DOMAIN 4.2). Rejects with a BrokerError: `refused` without
 * the right, `unsupported` where the broker has no such thing or cannot be asked about that name.
 */
export interface DefinitionsPort {
  /**
   * The entries of a section, in whatever order, of one virtual host or of all that this login may see. They have the
   * fields of an export (DOMAIN 5.1), users with their password hash, and queues `exclusive` besides. What the broker
   * made by itself is among them, implicit bindings are not. Rejects `notFound` for a virtual host that is not there.
   */
  entries(
    section: DefinitionsSection,
    vhost: string | undefined,
    signal?: AbortSignal,
  ): Promise<readonly DefinitionsEntry[]>;
  /**
   * Makes the object, in `vhost` whatever the entry says, or writes over it. Queues and exchanges are never changed:
   * rejects `precondition` where they exist with other properties. A user who exists keeps the password where the entry
   * has none.
   */
  write(
    section: DefinitionsSection,
    vhost: string,
    entry: DefinitionsEntry,
    signal?: AbortSignal,
  ): Promise<WrittenDefinition>;
  /**
   * Removes the object that the entry names. Rejects `precondition` for a queue with consumers or messages as far as the
   * broker's lists know (whoever must be sure counts first), an exchange with bindings, and a virtual host with
   * anything in it.
   */
  remove(
    section: DefinitionsSection,
    vhost: string,
    entry: DefinitionsEntry,
    signal?: AbortSignal,
  ): Promise<'removed' | 'absent'>;
}

export type WrittenDefinition =
  | { readonly kind: 'created' }
  /** It was there. `before`: as it was, where that was something else; without a password hash. */
  | { readonly kind: 'updated'; readonly before?: DefinitionsEntry };
