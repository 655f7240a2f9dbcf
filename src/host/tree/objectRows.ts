import type { BindingInfo, ExchangeInfo, QueueInfo, VhostInfo } from '../../core/topology/model';
import {
  bindingDescription,
  bindingLabel,
  deadLetterTarget,
  exchangeDescription,
  exchangeLabel,
  needsAttention,
  openVhostDescription,
  queueDescription,
  vhostDescription,
  visibleName,
} from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import { bindingTooltip, exchangeTooltip, queueTooltip } from '../../core/topology/treeTooltip';
import type { TreeNode, TreeRow, VhostNode } from './treeNode';

/** How the objects of a broker look in the tree. */

export function vhostRow(vhost: VhostInfo, words: Wording): TreeRow {
  const description = vhostDescription(vhost, words);
  return {
    label: visibleName(vhost.name, words),
    ...(description === '' ? {} : { description }),
    tooltip: [words.t('Virtual host {0}', visibleName(vhost.name, words)), vhost.description ?? '']
      .filter((line) => line !== '')
      .join('\n'),
    icon: 'symbol-namespace',
    context: 'vhost',
    expandable: true,
  };
}

/**
 * The row of a virtual host that is open. It says only what seldom changes: redrawing it makes the view forget every
 * row below it for a moment.
 */
export function openVhostRow({ row }: VhostNode, children: readonly TreeNode[], words: Wording): TreeRow {
  const { description: _, ...rest } = row;
  const folder = children.find((child) => child.kind === 'folder' && child.holds === 'queues');
  const queues = folder?.kind === 'folder' ? folder.count : undefined;
  return queues === undefined ? rest : { ...rest, description: openVhostDescription(queues, words) };
}

export function folderRow(holds: 'exchanges' | 'queues', count: number | undefined, words: Wording): TreeRow {
  return {
    label: holds === 'exchanges' ? words.t('Exchanges') : words.t('Queues'),
    ...(count === undefined ? {} : { description: words.number(count) }),
    context: count === undefined ? `${holds};unlisted` : holds,
    expandable: true,
  };
}

const exchangeIcons: Readonly<Record<string, string>> = {
  direct: 'arrow-right',
  fanout: 'broadcast',
  topic: 'list-filter',
  headers: 'tag',
};

export function exchangeRow(exchange: ExchangeInfo, readOnly: boolean, words: Wording): TreeRow {
  const flags = ['exchange', ...(readOnly || exchange.internal ? [] : ['publishable'])];
  return {
    label: exchangeLabel(exchange.name, words),
    description: exchangeDescription(exchange, words),
    tooltip: exchangeTooltip(exchange, words),
    icon: exchange.name === '' ? 'home' : (exchangeIcons[exchange.type] ?? 'extensions'),
    context: flags.join(';'),
    // Every queue is bound to the default exchange by its name: nothing worth a list.
    expandable: exchange.name !== '',
  };
}

const queueIcons: Readonly<Record<string, string>> = {
  classic: 'inbox',
  quorum: 'layers',
  stream: 'history',
};

export interface QueueRowOptions {
  readonly readOnly: boolean;
  /** Known by its name only: its bindings cannot be read. */
  readonly named: boolean;
  /** Why its counters could not be read. */
  readonly trouble?: string;
}

export function queueRow(queue: QueueInfo, options: QueueRowOptions, words: Wording): TreeRow {
  const flags = ['queue', ...(options.readOnly ? [] : ['publishable']), ...(options.named ? ['named'] : [])];
  const attention = options.trouble !== undefined || needsAttention(queue);
  return {
    label: visibleName(queue.name, words),
    description: options.trouble ?? queueDescription(queue, words),
    tooltip: queueTooltip(queue, words),
    icon: queueIcons[queue.type ?? 'classic'] ?? 'inbox',
    ...(attention ? { color: 'list.warningForeground' } : {}),
    context: flags.join(';'),
    expandable: !options.named,
  };
}

export function bindingRow(
  binding: BindingInfo,
  seenFrom: 'source' | 'destination',
  words: Wording,
): TreeRow {
  return {
    label: bindingLabel(binding, seenFrom, words),
    description: bindingDescription(binding, words),
    tooltip: bindingTooltip(binding, words),
    icon: seenFrom === 'destination' ? 'arrow-small-left' : 'arrow-small-right',
    context: 'binding',
    expandable: false,
  };
}

/** The exchange that a queue's rejected and expired messages go to; `undefined` when it has none. */
export function deadLetterRow(queue: QueueInfo, words: Wording): TreeRow | undefined {
  const target = deadLetterTarget(queue);
  if (target === undefined) return undefined;
  const key = target.routingKey === undefined ? '' : ` · ${visibleName(target.routingKey, words)}`;
  return {
    label: exchangeLabel(target.exchange, words),
    description: `${words.t('dead letters')}${key}`,
    tooltip: words.t(
      'Rejected and expired messages go to the exchange {0}',
      exchangeLabel(target.exchange, words),
    ),
    icon: 'arrow-small-right',
    context: 'deadLetters',
    expandable: false,
  };
}

export function noteRow(text: string, icon: 'info' | 'warning' | 'error', advice?: string): TreeRow {
  return {
    label: text,
    tooltip: advice === undefined ? text : `${text}\n${advice}`,
    icon,
    context: 'note',
    expandable: false,
  };
}
