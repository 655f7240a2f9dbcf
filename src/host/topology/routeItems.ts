import { exchangeLabel, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { RoutedQueue, RoutePreview } from '../../protocol/topologyService';

/** A line of the preview: what `$(...)` in names would do is for whoever shows it. */
export interface RouteItem {
  readonly icon: 'inbox' | 'discard' | 'info' | 'warning' | 'error';
  /** How many dead-letter hops away. */
  readonly depth: number;
  readonly label: string;
  readonly description: string;
  /** Of a queue: its name as it is. */
  readonly queue?: string;
}

/** More lines than anybody reads; a list that is laid out at every keystroke has to end somewhere. */
const mostItems = 300;
const deepest = 16;

/** Queues reached, each with its dead-letter queues below it, then what else is to be said. */
export function routeItems(preview: RoutePreview, words: Wording): RouteItem[] {
  if (preview.problem !== undefined) return [saying('error', preview.problem, words)];
  const items: RouteItem[] = [];
  for (const queue of preview.queues) addQueue(items, queue, 0, undefined, words);
  const cut = items.length > mostItems;
  const shown = cut ? items.slice(0, mostItems) : items;
  const rest = cut ? [saying('info', words.t('There are more than can be shown.'), words)] : [];
  const nothing =
    preview.queues.length === 0
      ? [saying('warning', words.t('No queue gets a message with this routing key.'), words)]
      : [];
  return [...nothing, ...shown, ...rest, ...preview.notes.map((note) => saying('info', note, words))];
}

function addQueue(
  items: RouteItem[],
  reached: RoutedQueue,
  depth: number,
  reason: string | undefined,
  words: Wording,
): void {
  if (items.length > mostItems || depth > deepest) return;
  const { queue, way, note, deadLetters } = reached;
  const parts = [
    reason,
    way.length === 0 ? undefined : way.map((hop) => visibleName(hop, words)).join(words.t(', then ')),
    note === undefined ? undefined : visibleName(note, words),
  ].filter((part) => part !== undefined);
  items.push({
    icon: depth === 0 ? 'inbox' : 'discard',
    depth,
    label: visibleName(queue, words),
    description: parts.join(' · '),
    queue,
  });
  if (deadLetters === undefined) return;
  const { exchange, routingKey, to } = deadLetters;
  const through = words.t(
    'dead letters of {0} via {1} ({2})',
    visibleName(queue, words),
    exchangeLabel(exchange, words),
    routingKey === '' ? words.t('empty key') : visibleName(routingKey, words),
  );
  if (to.length === 0) {
    items.push({
      icon: 'warning',
      depth: depth + 1,
      label: words.t('Dead letters are lost'),
      description: through,
    });
  }
  for (const next of to) addQueue(items, next, depth + 1, through, words);
}

function saying(icon: RouteItem['icon'], text: string, words: Wording): RouteItem {
  return { icon, depth: 0, label: text === '' ? '' : visibleName(text, words), description: '' };
}
