import type { FieldTable } from '../base/fieldValue';
import { tableToJson } from '../base/fieldJson';
import type { BindingInfo, ExchangeInfo, QueueInfo } from './model';
import { exchangeLabel, visibleName } from './treeModel';
import type { Wording } from './treeModel';

/** Tooltips are plain text, a fact a line: names come from strangers and must not turn into markup. */
type Fact = readonly [label: string, value: string | undefined];

function lines(title: string, facts: readonly Fact[]): string {
  return [
    title,
    ...facts.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`])),
  ].join('\n');
}

function argumentsText(table: FieldTable | undefined): string | undefined {
  return table === undefined || table.length === 0 ? undefined : JSON.stringify(tableToJson(table));
}

function flags(words: Wording, named: readonly [boolean | undefined, string][]): string | undefined {
  const set = named.filter(([on]) => on === true).map(([, name]) => name);
  return set.length === 0 ? undefined : set.join(', ');
}

export function exchangeTooltip(exchange: ExchangeInfo, words: Wording): string {
  return lines(exchangeLabel(exchange.name, words), [
    [words.t('Type'), exchange.type],
    [words.t('Virtual host'), exchange.vhost],
    [
      words.t('Features'),
      flags(words, [
        [exchange.durable, words.t('durable')],
        [exchange.autoDelete, words.t('auto-delete')],
        [exchange.internal, words.t('internal: clients cannot publish to it')],
      ]),
    ],
    [words.t('Arguments'), argumentsText(exchange.arguments)],
    [words.t('Policy'), exchange.policy],
    [words.t('Published in, per second'), numberText(exchange.rateIn, words)],
    [words.t('Routed out, per second'), numberText(exchange.rateOut, words)],
  ]);
}

export function queueTooltip(queue: QueueInfo, words: Wording): string {
  return lines(visibleName(queue.name, words), [
    [words.t('Type'), queue.type],
    [words.t('Virtual host'), queue.vhost],
    [words.t('State'), queue.state],
    [
      words.t('Features'),
      flags(words, [
        [queue.durable, words.t('durable')],
        [queue.autoDelete, words.t('auto-delete')],
        [queue.exclusive, words.t('exclusive')],
      ]),
    ],
    [words.t('Ready'), numberText(queue.ready, words) ?? '-'],
    [words.t('Unacknowledged'), numberText(queue.unacked, words) ?? '-'],
    [words.t('Consumers'), numberText(queue.consumers, words) ?? '-'],
    [words.t('Single active consumer'), queue.singleActiveConsumer],
    [words.t('In, per second'), numberText(queue.rateIn, words)],
    [words.t('Out, per second'), numberText(queue.rateOut, words)],
    [words.t('Arguments'), argumentsText(queue.arguments)],
    [words.t('Policy'), queue.policy],
    [words.t('Operator policy'), queue.operatorPolicy],
  ]);
}

export function bindingTooltip(binding: BindingInfo, words: Wording): string {
  return lines(words.t('Binding'), [
    [words.t('From exchange'), exchangeLabel(binding.source, words)],
    [
      binding.destinationKind === 'queue' ? words.t('To queue') : words.t('To exchange'),
      visibleName(binding.destination, words),
    ],
    [words.t('Routing key'), binding.routingKey === '' ? words.t('(empty key)') : binding.routingKey],
    [words.t('Arguments'), argumentsText(binding.arguments)],
  ]);
}

function numberText(value: number | undefined, words: Wording): string | undefined {
  return value === undefined ? undefined : words.number(value);
}
