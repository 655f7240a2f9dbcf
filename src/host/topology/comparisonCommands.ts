import * as vscode from 'vscode';
import type { CommandHandlers, TopologyTarget } from '../commands/commandTable';
import type { ComparisonView } from './comparisonView';
import { namesNoVhost } from './topologySide';
import type { TopologyQuestions } from './questions';

type ComparisonCommandId =
  | 'amqp.compareWithBroker'
  | 'amqp.compareWithFile'
  | 'amqp.compareBrokers'
  | 'amqp.refreshComparison'
  | 'amqp.swapComparison'
  | 'amqp.showIdentical'
  | 'amqp.hideIdentical'
  | 'amqp.closeComparison'
  | 'amqp.openDifference'
  | 'amqp.revealCompared'
  | 'amqp.copyCompared';

/** Comparing a file with a broker, or two brokers, and what can be done with the result. */
export function comparisonCommands(
  view: ComparisonView,
  questions: TopologyQuestions,
): Pick<CommandHandlers, ComparisonCommandId> {
  async function fileWithBroker(target: TopologyTarget): Promise<void> {
    const title = vscode.l10n.t('Compare File with Broker');
    const file = await questions.file(target, title);
    if (file === undefined) return;
    // A file without virtual hosts is about one of the broker's.
    const part = (await namesNoVhost(file.uri)) ? 'vhost' : 'any';
    const broker = await questions.broker(target, title, part);
    if (broker !== undefined) await view.compare(file, broker);
  }

  async function twoBrokers(target: TopologyTarget): Promise<void> {
    const first = await questions.broker(target, vscode.l10n.t('Compare Two Brokers: First'), 'any');
    if (first === undefined) return;
    const part = first.vhost === undefined ? 'whole' : 'vhost';
    const second = await questions.broker(undefined, vscode.l10n.t('Compare Two Brokers: Second'), part);
    if (second !== undefined) await view.compare(first, second);
  }

  return {
    'amqp.compareWithBroker': fileWithBroker,
    'amqp.compareWithFile': fileWithBroker,
    'amqp.compareBrokers': twoBrokers,
    'amqp.refreshComparison': () => view.refresh(),
    'amqp.swapComparison': () => view.swap(),
    'amqp.showIdentical': () => view.setSame(true),
    'amqp.hideIdentical': () => view.setSame(false),
    'amqp.closeComparison': () => view.close(),
    'amqp.openDifference': () => view.open(),
    'amqp.revealCompared': (row) => view.reveal(row),
    'amqp.copyCompared': (row) => view.copy(row),
  };
}
