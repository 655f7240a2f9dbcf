import { isAtLeast } from '../../topology/queueArguments';
import type { DeadLetters } from '../deadLetterRoutes';
import { DeadLetterRoutes } from '../deadLetterRoutes';
import type { Entry } from '../declarations';
import { lookUp } from '../declarations';
import type { VhostBindings } from '../fileBindings';
import { hasExchange } from '../fileBindings';
import type { NodeId } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import type { Setting, Settings } from '../settings';
import { listed } from '../wording';
import { cycleRules } from './deadLetterCycleRules';

/**
 * Dead letters that go nowhere, or where nobody expects them (DOMAIN 5.4, 5.5). Returns the exchanges that have been
 * spoken of, as `vhost NUL name`.
 */
export function deadLetterRules(
  context: RuleContext,
  bindings: ReadonlyMap<string, VhostBindings>,
  settings: Settings,
): ReadonlySet<string> {
  const unbound = new Set<string>();
  for (const [vhost, queues] of context.queues) {
    const rules = new VhostDeadLetters(context, vhost, bindings.get(vhost), settings);
    for (const queue of queues.values()) rules.check(queue);
    rules.report();
    for (const exchange of rules.unbound()) unbound.add(`${vhost}\0${exchange}`);
  }
  return unbound;
}

interface Lost {
  readonly node: NodeId;
  readonly exchange: string;
  readonly key: string | undefined;
  readonly names: string[];
}

class VhostDeadLetters {
  private readonly routes: DeadLetterRoutes | undefined;
  private readonly letters: DeadLetters[] = [];
  private readonly lost = new Map<string, Lost>();
  /** Quorum queues that drop what they cannot deliver. */
  private readonly dropping: (Entry<'queues'> & { readonly name: string })[] = [];
  /** A policy is reported once, whatever it applies to. */
  private readonly reported = new Set<NodeId>();

  constructor(
    private readonly context: RuleContext,
    private readonly vhost: string,
    bindings: VhostBindings | undefined,
    private readonly settings: Settings,
  ) {
    // A file without bindings has them declared elsewhere, and a wrong one may be the one that is missing.
    if (bindings && !bindings.isBroken)
      this.routes = new DeadLetterRoutes(context, vhost, bindings, settings);
  }

  check(queue: Entry<'queues'>): void {
    const { context, settings } = this;
    const { type } = context.queueType(queue);
    if (!isNamed(queue) || queue.name.startsWith('amq.') || type === 'stream') return;
    if (context.obstaclesOf(queue).length > 0) return;
    const exchange = settings.of(queue, 'dead-letter-exchange');
    if (!exchange) {
      if (type === 'quorum' && settings.isKnown(queue)) this.checkLimit(queue);
      return;
    }
    if (typeof exchange.value !== 'string') return;
    if (type === 'quorum') this.checkStrategy(queue);
    const key = settings.of(queue, 'dead-letter-routing-key');
    const known = typeof key?.value === 'string' ? key.value : undefined;
    if (exchange.value === '') this.checkDefaultExchange(queue, exchange, key, known);
    else if (hasExchange(context, this.vhost, exchange.value))
      this.checkRoute(queue, exchange, exchange.value, key, known);
    else if (exchange.from === 'policy') this.undeclared(exchange, exchange.value);
  }

  report(): void {
    const { context } = this;
    for (const { node, exchange, key, names } of this.lost.values()) {
      const message =
        key === undefined
          ? `Nothing is bound to the exchange ${shown(exchange)}, so the dead letters of ${listed(names)} are lost: bind a queue to it.`
          : `No binding of the exchange ${shown(exchange)} takes the key ${shown(key)}, so the dead letters of ${listed(names)} are lost: bind a queue with that key or correct it.`;
      context.report('likely/dead-letters-lost', node, message);
    }
    const [first] = this.dropping;
    if (first) {
      const names = this.dropping.map(({ name }) => name);
      const are = names.length === 1 ? 'is a quorum queue' : 'are quorum queues';
      const message = `Messages that are returned more than ${this.limitOf(first)} times are dropped without a trace, because ${listed(names)} ${are} with a delivery limit and no dead-letter exchange: set "x-dead-letter-exchange", or "x-delivery-limit" to -1.`;
      context.reportEntry('advice/no-dead-letter-exchange', first, message);
    }
    cycleRules(context, this.letters, this.settings);
  }

  unbound(): string[] {
    return [...this.lost.values()].flatMap(({ key, exchange }) => (key === undefined ? [exchange] : []));
  }

  private limitOf(queue: Entry<'queues'>): number {
    const limit = this.settings.of(queue, 'delivery-limit')?.value;
    return typeof limit === 'number' ? limit : 20;
  }

  /** Since 4.0 every quorum queue has a delivery limit (DOMAIN 1.2). */
  private checkLimit(queue: Entry<'queues'> & { readonly name: string }): void {
    if (isAtLeast(this.context.target, '4.0') && this.limitOf(queue) >= 0) this.dropping.push(queue);
  }

  /** `rabbit_quorum_queue:dead_letter_handler/5` falls back to at-most-once, with a line in the log. */
  private checkStrategy(queue: Entry<'queues'>): void {
    const { settings } = this;
    const strategy = settings.of(queue, 'dead-letter-strategy');
    if (strategy?.value !== 'at-least-once' || !settings.isKnown(queue)) return;
    if (settings.of(queue, 'overflow')?.value === 'reject-publish' || !this.isFirst(strategy.node)) return;
    const message = `Dead letters of ${shown(queue.name ?? '')} can get lost all the same, because a quorum queue uses "at-least-once" only where its overflow is "reject-publish": set ${strategy.from === 'argument' ? '"x-overflow"' : '"overflow"'} to that.`;
    this.context.report('likely/at-least-once-not-used', strategy.node, message);
  }

  private checkDefaultExchange(
    queue: DeadLetters['queue'],
    exchange: Setting,
    key: Setting | undefined,
    known: string | undefined,
  ): void {
    const { context, settings, vhost } = this;
    if (!key) {
      if (!settings.isKnown(queue) || !this.isFirst(exchange.node)) return;
      const own = exchange.from === 'argument' ? '"x-dead-letter-routing-key"' : '"dead-letter-routing-key"';
      const message = `Dead letters of ${shown(queue.name)} go to the queue that is named like their own routing key, which is this queue again or none at all, because the default exchange knows nothing else: add ${own}.`;
      context.report('likely/dead-letter-to-itself', exchange.node, message);
    } else if (known !== undefined && !known.startsWith('amq.')) {
      if (lookUp(context.queues, vhost, known)) this.letters.push({ queue, exchange, queues: [known] });
      else if (this.isFirst(key.node)) {
        const meant = context.suggestion(`queue in ${vhost}:`, known, () => [
          ...(context.queues.get(vhost)?.keys() ?? []),
        ]);
        const hint =
          meant === undefined ? 'declare it or correct the name.' : `did you mean ${shown(meant)}?`;
        const message = `There is no queue ${shown(known)} in this virtual host, so the dead letters that ${shown(queue.name)} sends there by the default exchange are lost: ${hint}`;
        context.report('likely/undeclared-dead-letter-queue', key.node, message);
      }
    }
  }

  private checkRoute(
    queue: DeadLetters['queue'],
    exchange: Setting,
    name: string,
    key: Setting | undefined,
    known: string | undefined,
  ): void {
    // A policy that may or may not apply can bring another key.
    if (!this.routes || (!key && !this.settings.isKnown(queue))) return;
    const { isLost, queues, ends } = this.routes.route(name, known);
    if (!isLost) {
      if (queues.length > 0) this.letters.push({ queue, exchange, queues });
      return;
    }
    const isBare = !this.routes.hasBindings(ends[0] ?? name);
    const id = isBare ? name : `${name}\0${known ?? ''}`;
    const same = this.lost.get(id);
    if (same) same.names.push(queue.name);
    else {
      const node = isBare ? exchange.node : (key?.node ?? exchange.node);
      const end = ends[0] ?? name;
      this.lost.set(id, { node, exchange: end, key: isBare ? undefined : known, names: [queue.name] });
    }
  }

  private undeclared(exchange: Setting, name: string): void {
    if (!this.isFirst(exchange.node)) return;
    const message = `There is no exchange ${shown(name)} in this virtual host, so the dead letters of the queues that this policy applies to are lost: declare it or correct the name.`;
    this.context.report('likely/undeclared-dead-letter-exchange', exchange.node, message);
  }

  private isFirst(node: NodeId): boolean {
    if (this.reported.has(node)) return false;
    this.reported.add(node);
    return true;
  }
}

function isNamed(queue: Entry<'queues'>): queue is Entry<'queues'> & { readonly name: string } {
  return queue.name !== undefined && queue.name !== '';
}
