import { short } from '../core/topologyFile/codeLens';
import { inlineCode } from '../core/topologyFile/wording';
import type { LiveExchange, LiveQueue } from '../protocol/topologyService';
import type { LiveState } from './liveFacts';

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A paragraph of Markdown for a hover; what the broker says stands in code spans. `undefined` for nothing to say. */
export function liveMarkdown(state: LiveState, connection: string, vhost: string): string | undefined {
  const where = inlineCode(connection);
  switch (state.kind) {
    case 'queue':
      return `On ${where} now: ${facts(queueFacts(state.queue, inlineCode, 'unacknowledged'))}.`;
    case 'exchange':
      return `On ${where} now: ${facts(exchangeFacts(state.exchange, inlineCode))}.`;
    case 'missing':
      return `Not on ${where}.`;
    case 'vhostMissing':
      return `On ${where} this login sees no virtual host ${inlineCode(vhost)}.`;
    case 'unknown':
      return undefined;
  }
}

/** The same on one line, for a code lens. */
export function liveLine(state: LiveState, connection: string): string {
  const where = short(connection);
  switch (state.kind) {
    case 'queue':
      return `${where}: ${lensFacts(state.queue.type ?? 'queue', queueFacts(state.queue, short, 'unacked'))}`;
    case 'exchange':
      return `${where}: ${lensFacts(state.exchange.type, exchangeFacts(state.exchange, short))}`;
    case 'missing':
      return `not on ${where}`;
    case 'vhostMissing':
      return `no such virtual host on ${where}`;
    case 'unknown':
      return `not known on ${where}`;
  }
}

/** A line is short: the type stands for itself. */
function lensFacts(type: string, [, ...others]: readonly string[]): string {
  return [short(type), ...others].join(' · ');
}

function facts(found: readonly string[]): string {
  return found.join(', ');
}

/** The kind first; a number that is not known is left out. */
function queueFacts(
  { type, ready, unacked, consumers, policy }: LiveQueue,
  show: (text: string) => string,
  word: string,
): string[] {
  return [
    type === undefined ? 'a queue' : `a ${show(type)} queue`,
    ...(ready === undefined ? [] : [`${numbers.format(ready)} ready`]),
    ...(unacked === undefined ? [] : [`${numbers.format(unacked)} ${word}`]),
    ...(consumers === undefined
      ? []
      : [consumers === 1 ? '1 consumer' : `${numbers.format(consumers)} consumers`]),
    ...(policy === undefined || policy === '' ? [] : [`policy ${show(policy)}`]),
  ];
}

function exchangeFacts({ type, rateIn }: LiveExchange, show: (text: string) => string): string[] {
  const rate = rateIn === undefined ? [] : [`${numbers.format(rateIn)} messages a second in`];
  return [`type ${show(type)}`, ...rate];
}
