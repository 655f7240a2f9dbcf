import type { RuleContext } from '../ruleContext';
import { cycles } from '../cycles';
import type { DeadLetters } from '../deadLetterRoutes';
import type { Settings } from '../settings';
import { listed } from '../wording';

/**
 * Dead letters that come back to where they left. A broker drops a message that arrives in a queue for the second
 * time when no consumer rejected it on the way round (`rabbit_dead_letter:detect_cycles/3`).
 */
export function cycleRules(context: RuleContext, letters: readonly DeadLetters[], settings: Settings): void {
  const byName = new Map(letters.map((one) => [one.queue.name, one]));
  const leadsTo = (from: string, isWanted: (one: DeadLetters) => boolean): readonly string[] => {
    const one = byName.get(from);
    if (!one || !isWanted(one)) return [];
    return one.queues.filter((queue) => {
      const next = byName.get(queue);
      return next !== undefined && isWanted(next);
    });
  };
  const automatic = new Set(letters.filter((one) => leavesByItself(one, context, settings)));
  const dropped = new Set<string>();
  for (const cycle of cycles([...byName.keys()], (from) => leadsTo(from, (one) => automatic.has(one)))) {
    for (const name of cycle) dropped.add(name);
    report('likely/dead-letter-cycle', cycle);
  }
  for (const cycle of cycles([...byName.keys()], (from) => leadsTo(from, () => true)))
    if (!cycle.some((name) => dropped.has(name))) report('advice/retry-cycle', cycle);

  function report(code: 'likely/dead-letter-cycle' | 'advice/retry-cycle', cycle: readonly string[]): void {
    const [first = '', ...others] = cycle;
    const one = byName.get(first);
    if (!one) return;
    const way = others.length === 0 ? '' : ` by way of ${listed(others)}`;
    const message =
      code === 'likely/dead-letter-cycle'
        ? `Messages that expire in ${listed([first])} or do not fit in it come back to it${way}, and the broker drops a message that went round without being rejected: lead them elsewhere.`
        : `Messages that are rejected in ${listed([first])} come back to it${way}, over and over: let consumers look at x-death and give up at some time.`;
    context.report(code, one.exchange.node, message);
  }
}

/** Whether messages leave the queue without a consumer: they expire, do not fit, or reach a limit somebody wrote. */
function leavesByItself({ queue }: DeadLetters, context: RuleContext, settings: Settings): boolean {
  if (settings.of(queue, 'message-ttl')) return true;
  const isBounded = settings.of(queue, 'max-length') ?? settings.of(queue, 'max-length-bytes');
  if (!isBounded) return false;
  const overflow = settings.of(queue, 'overflow')?.value;
  return overflow !== 'reject-publish' || context.queueType(queue).type === undefined;
}
