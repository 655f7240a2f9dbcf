import { textField } from '../base/fieldValue';
import { tableToJson } from '../base/fieldJson';
import type { BindingInfo, ExchangeInfo, QueueInfo, VhostInfo } from './model';

/** How the tree speaks: the translations and number format of the editor, handed in because the core has neither. */
export interface Wording {
  t(message: string, ...args: (string | number)[]): string;
  /** With thousands separators. */
  number(value: number): string;
}

export type TreeIdPart = string | number;

/**
 * The identity of a row: the same object gives the same text after every refresh, and no two names can collide,
 * whatever characters they hold.
 */
export function treeId(...parts: readonly TreeIdPart[]): string {
  return JSON.stringify(parts);
}

export function bindingId(binding: BindingInfo): string {
  return JSON.stringify([
    binding.source,
    binding.destinationKind,
    binding.destination,
    binding.routingKey,
    tableToJson(binding.arguments),
  ]);
}

/**
 * A name as text on one line: control characters and the marks that turn writing direction (which could make a name
 * look like another) become visible, and a name without any character says so.
 */
export function visibleName(name: string, words: Wording): string {
  if (name === '') return words.t('(empty name)');
  return name.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function exchangeLabel(exchange: string, words: Wording): string {
  return exchange === '' ? words.t('(AMQP default)') : visibleName(exchange, words);
}

/** The default exchange and those whose names the broker keeps for itself. */
export function isBuiltInExchange(exchange: ExchangeInfo): boolean {
  return exchange.name === '' || exchange.name.startsWith('amq.');
}

/** Where a profile says nothing else, the taps of live tails have names that start like this. */
const usualTapPrefix = 'amqp-workbench.tap.';

/** A temporary queue of a live tail: it comes and goes with a panel of ours, and would only puzzle in a list. */
export function isTap(queue: QueueInfo, prefix = usualTapPrefix): boolean {
  return queue.exclusive === true && queue.autoDelete === true && queue.name.startsWith(prefix);
}

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

const separator = ' · ';

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}

/** "-" for what is not known: a zero would be a claim. */
function count(value: number | undefined, words: Wording): string {
  return value === undefined ? '-' : words.number(value);
}

function rateText(perSecond: number | undefined, words: Wording): string | undefined {
  if (perSecond === undefined || perSecond <= 0) return undefined;
  return words.number(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
}

export function exchangeDescription(exchange: ExchangeInfo, words: Wording): string {
  const rate = rateText(exchange.rateIn, words);
  return joined([
    exchange.type,
    exchange.internal ? words.t('internal') : undefined,
    rate === undefined ? undefined : words.t('{0}/s in', rate),
  ]);
}

function consumersText(consumers: number, words: Wording): string {
  if (consumers === 0) return words.t('no consumers');
  return consumers === 1 ? words.t('1 consumer') : words.t('{0} consumers', words.number(consumers));
}

export function queueDescription(queue: QueueInfo, words: Wording): string {
  if (queue.type === 'stream') return joined([queue.type, count(queue.ready, words)]);
  return joined([
    queue.type,
    words.t('{0} ready', count(queue.ready, words)),
    queue.unacked === undefined || queue.unacked === 0
      ? undefined
      : words.t('{0} unacked', words.number(queue.unacked)),
    queue.consumers === undefined ? undefined : consumersText(queue.consumers, words),
    queue.state === undefined || queue.state === 'running' ? undefined : queue.state,
  ]);
}

/** Messages wait and nobody takes them. A stream keeps its messages: that is no sign of trouble. */
export function needsAttention(queue: QueueInfo): boolean {
  return queue.type !== 'stream' && (queue.ready ?? 0) > 0 && queue.consumers === 0;
}

/** Of a virtual host that is open in the tree: its queues say the rest. */
export function openVhostDescription(queues: number, words: Wording): string {
  return queues === 1 ? words.t('1 queue') : words.t('{0} queues', words.number(queues));
}

export function vhostDescription(vhost: VhostInfo, words: Wording): string {
  if (vhost.messages === undefined) return '';
  return vhost.messages === 1 ? words.t('1 message') : words.t('{0} messages', words.number(vhost.messages));
}

/** A binding seen from its destination: where messages come from. */
export function bindingLabel(
  binding: BindingInfo,
  seenFrom: 'source' | 'destination',
  words: Wording,
): string {
  return seenFrom === 'destination'
    ? exchangeLabel(binding.source, words)
    : binding.destinationKind === 'exchange'
      ? exchangeLabel(binding.destination, words)
      : visibleName(binding.destination, words);
}

export function bindingDescription(binding: BindingInfo, words: Wording): string {
  const args = Object.entries(tableToJson(binding.arguments)).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return joined([
    binding.routingKey === '' && args.length > 0 ? undefined : visibleKey(binding.routingKey, words),
    args.length === 0 ? undefined : shortened(visibleName(args.join(', '), words), 120),
  ]);
}

function visibleKey(routingKey: string, words: Wording): string {
  return routingKey === '' ? words.t('(empty key)') : visibleName(routingKey, words);
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Where a queue sends what it rejects or lets expire: its own argument, else the policy's. */
export function deadLetterTarget(queue: QueueInfo): { exchange: string; routingKey?: string } | undefined {
  const policy = queue.effectivePolicy ?? {};
  const fromPolicy = (key: string): string | undefined => {
    const value = policy[key];
    return typeof value === 'string' ? value : undefined;
  };
  const exchange = textField(queue.arguments, 'x-dead-letter-exchange') ?? fromPolicy('dead-letter-exchange');
  if (exchange === undefined) return undefined;
  const key =
    textField(queue.arguments, 'x-dead-letter-routing-key') ?? fromPolicy('dead-letter-routing-key');
  return key === undefined ? { exchange } : { exchange, routingKey: key };
}
