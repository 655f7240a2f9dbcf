import type { PolicyKeyRule } from '../topology/policyKeys';
import type { ArgumentValueRule, CoreQueueType, QueueArgumentRule } from '../topology/queueArguments';
import { coreQueueTypes, isAtLeast, queueArgumentRule, valueRule } from '../topology/queueArguments';
import type { Target } from './target';

/** What may stand as the value, in a few words. */
export function valueText(rule: ArgumentValueRule): string {
  switch (rule.kind) {
    case 'integer': {
      if (rule.most !== undefined) return `whole number from ${rule.least} to ${rule.most}`;
      return Number.isFinite(rule.least) ? `whole number of at least ${rule.least}` : 'whole number';
    }
    case 'boolean':
      return 'true or false';
    case 'text':
      return rule.oneOf ? rule.oneOf.map((word) => `"${word}"`).join(', ') : 'text';
    case 'age':
      return 'a number and one of Y M D h m s, such as "7D"';
    case 'unchecked':
      return rule.meant === 'an integer' ? 'whole number' : 'text';
  }
}

/** Which queues take an argument: `classic, quorum; stream since 4.3`. */
export function takersText({ takenBy }: QueueArgumentRule): string {
  const always = coreQueueTypes.filter((type) => takenBy[type] === '3.10');
  const later = coreQueueTypes.flatMap((type) => {
    const since = takenBy[type];
    return since === undefined || since === '3.10' ? [] : [`${type} since ${since}`];
  });
  return [...(always.length > 0 ? [always.join(', ')] : []), ...later].join('; ');
}

/** An argument explained, in Markdown. */
export function argumentMarkdown(rule: QueueArgumentRule, target: Target, type?: CoreQueueType): string {
  const since = type && rule.takenBy[type];
  const lines = [
    rule.summary,
    `Value: ${valueText(valueRule(rule, target))}. Queues that take it: ${takersText(rule)}.`,
  ];
  if (type && (since === undefined || !isAtLeast(target, since)))
    lines.push(`For RabbitMQ ${target} a ${type} queue does not take it.`);
  if (rule.needs !== undefined) lines.push(`It needs \`${rule.needs}\` beside it.`);
  if (rule.preventsQueueFrom !== undefined)
    lines.push(`Since ${rule.preventsQueueFrom} a queue with this argument is not made.`);
  lines.push(docsPage(rule.name));
  return lines.join('\n\n');
}

/** A policy key explained, in Markdown. Most mean what the queue argument of the same name means. */
export function policyKeyMarkdown(rule: PolicyKeyRule, target: Target): string {
  const later = rule.valueFrom;
  const value = later && isAtLeast(target, later[0]) ? later[1] : rule.value;
  const lines = [policyKeySummary(rule.name), `Value: ${valueText(value)}.`];
  if (rule.since !== '3.10') lines.push(`Known since ${rule.since}.`);
  if (rule.removed !== undefined)
    lines.push(`Removed in ${rule.removed}: a policy with this key is refused there.`);
  if (rule.plugin !== undefined) lines.push(`Known only where the plugin ${rule.plugin} is enabled.`);
  if (rule.needs !== undefined) lines.push(`It needs \`${rule.needs}\` beside it.`);
  lines.push('A queue whose type does not know one key of a policy gets nothing of that policy.');
  lines.push(docsPage(rule.name));
  return lines.join('\n\n');
}

function policyKeySummary(name: string): string {
  return queueArgumentRule(`x-${name}`)?.summary ?? ownSummaries[name] ?? 'A key of policies.';
}

const ownSummaries: Readonly<Record<string, string>> = {
  'alternate-exchange': 'The exchange that gets the messages that cannot be routed.',
  'target-group-size': 'How many members a quorum queue should have.',
  'ha-mode': 'Mirrors classic queues: all, exactly or nodes.',
  'ha-params': 'How many mirrors, or on which nodes.',
  'ha-sync-mode': 'Whether new mirrors are filled by themselves.',
  'ha-sync-batch-size': 'How many messages a new mirror gets at a time.',
  'ha-promote-on-shutdown': 'When a mirror takes over from a leader that is shut down.',
  'ha-promote-on-failure': 'When a mirror takes over from a leader that fails.',
  'federation-upstream': 'The upstream to federate with.',
  'federation-upstream-set': 'The set of upstreams to federate with, "all" for every one.',
  'federation-upstream-pattern': 'A regular expression over the names of upstreams to federate with.',
  'shards-per-node': 'How many queues each node has for the exchange.',
  'routing-key': 'The key the shards are bound with.',
};

/** Where RabbitMQ documents it. */
function docsPage(name: string): string {
  const bare = name.replace(/^x-/, '');
  const page = pages.find(([start]) => bare.startsWith(start))?.[1] ?? 'queues';
  return `https://www.rabbitmq.com/docs/${page}`;
}

/** The first that the name begins with. */
const pages: readonly (readonly [start: string, page: string])[] = [
  ['message-ttl', 'ttl'],
  ['expires', 'ttl'],
  ['max-length', 'maxlength'],
  ['overflow', 'maxlength'],
  ['dead-letter', 'dlx'],
  ['max-priority', 'priority'],
  ['single-active', 'consumers'],
  ['consumer-', 'consumers'],
  ['queue-mode', 'classic-queues'],
  ['queue-version', 'classic-queues'],
  ['queue-leader', 'clustering'],
  ['queue-master', 'clustering'],
  ['quorum-', 'quorum-queues'],
  ['target-group', 'quorum-queues'],
  ['delivery-limit', 'quorum-queues'],
  ['delayed-retry', 'quorum-queues'],
  ['max-in-memory', 'quorum-queues'],
  ['max-age', 'streams'],
  ['stream-', 'streams'],
  ['initial-cluster', 'streams'],
  ['alternate-exchange', 'ae'],
  ['ha-', '3.13/ha'],
  ['federation-', 'federation'],
  ['shards-', 'exchanges'],
  ['routing-key', 'exchanges'],
];
