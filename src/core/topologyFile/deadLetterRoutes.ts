import { topicMatches } from '../topology/topicMatch';
import type { Entry } from './declarations';
import { lookUp } from './declarations';
import type { FileBinding, VhostBindings } from './fileBindings';
import { hasExchange, routingType } from './fileBindings';
import type { RuleContext } from './ruleContext';
import type { Setting, Settings } from './settings';

/** Where the dead letters of one queue go. */
export interface DeadLetters {
  readonly queue: Entry<'queues'> & { readonly name: string };
  readonly exchange: Setting;
  /** The queues that get them beyond doubt. */
  readonly queues: readonly string[];
}

/** Where dead letters with one key go from one exchange. */
export interface DeadLetterRoute {
  /** Beyond doubt no queue gets them. */
  readonly isLost: boolean;
  /** Those that get them beyond doubt. */
  readonly queues: readonly string[];
  /** The exchanges at which the way ends, when they are lost. */
  readonly ends: readonly string[];
}

/** Bindings of one exchange by key, so that thousands of keys and thousands of bindings are no product. */
interface KeyIndex {
  readonly byKey: ReadonlyMap<string, readonly FileBinding[]>;
  readonly wildcards: readonly FileBinding[];
}

/** Comparisons of keys that one virtual host may cost; beyond them nothing is certain. */
const mostComparisons = 500_000;

/** Follows dead letters through the bindings of one virtual host, as far as the file lets nobody doubt. */
export class DeadLetterRoutes {
  private readonly known = new Map<string, DeadLetterRoute>();
  private readonly indexes = new Map<string, KeyIndex>();
  private comparisons = 0;

  constructor(
    private readonly context: RuleContext,
    private readonly vhost: string,
    private readonly bindings: VhostBindings,
    private readonly settings: Settings,
  ) {}

  /** `key` is missing where dead letters keep their own, which nobody knows. */
  route(exchange: string, key: string | undefined): DeadLetterRoute {
    const name = key === undefined ? exchange : `${exchange}\0${key}`;
    let route = this.known.get(name);
    if (!route) this.known.set(name, (route = this.follow(exchange, key)));
    return route;
  }

  hasBindings(exchange: string): boolean {
    return this.bindings.from.has(exchange);
  }

  private follow(first: string, key: string | undefined): DeadLetterRoute {
    const queues = new Set<string>();
    const ends: string[] = [];
    let isCertain = true;
    const seen = new Set([first]);
    for (const exchange of seen) {
      const all = this.bindings.from.get(exchange) ?? [];
      const taken = all.length === 0 ? [] : this.taken(exchange, key, all);
      if (!taken) {
        isCertain = false;
        continue;
      }
      for (const { isToQueue, destination } of taken) {
        if (isToQueue) queues.add(destination);
        else seen.add(destination);
      }
      if (taken.length > 0) continue;
      const alternate = this.alternate(exchange);
      if (alternate === unknown) isCertain = false;
      else if (alternate !== undefined && hasExchange(this.context, this.vhost, alternate))
        seen.add(alternate);
      else ends.push(exchange);
    }
    return { isLost: isCertain && queues.size === 0, queues: [...queues], ends };
  }

  /** The bindings that take the key; `undefined` where that depends on what is not known. */
  private taken(
    exchange: string,
    key: string | undefined,
    all: readonly FileBinding[],
  ): readonly FileBinding[] | undefined {
    const type = routingType(this.context, this.vhost, exchange);
    if (type === 'fanout') return all;
    if ((type !== 'direct' && type !== 'topic') || key === undefined) return undefined;
    const { byKey, wildcards } = this.index(exchange, all);
    const same = byKey.get(key) ?? [];
    if (type === 'direct') return same;
    this.comparisons += wildcards.length;
    if (this.comparisons > mostComparisons) return undefined;
    return [...same, ...wildcards.filter((binding) => binding.key !== key && topicMatches(binding.key, key))];
  }

  private index(exchange: string, all: readonly FileBinding[]): KeyIndex {
    const known = this.indexes.get(exchange);
    if (known) return known;
    const byKey = new Map<string, FileBinding[]>();
    const wildcards: FileBinding[] = [];
    for (const binding of all) {
      const same = byKey.get(binding.key);
      if (same) same.push(binding);
      else byKey.set(binding.key, [binding]);
      if (/[*#]/.test(binding.key)) wildcards.push(binding);
    }
    const index = { byKey, wildcards };
    this.indexes.set(exchange, index);
    return index;
  }

  private alternate(exchange: string): string | undefined | typeof unknown {
    const entry = lookUp(this.context.exchanges, this.vhost, exchange);
    if (!entry) return undefined;
    const { value } = this.settings.of(entry, 'alternate-exchange') ?? {};
    if (value === undefined && !this.settings.isKnown(entry)) return unknown;
    return typeof value === 'string' ? value : undefined;
  }
}

const unknown = Symbol('unknown');
