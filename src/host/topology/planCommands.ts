import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands/commandTable';
import { applyPlan } from './applyPlan';
import type { ApplyDeps } from './applyPlan';
import { namesNoVhost } from './topologySide';
import type { TopologyQuestions } from './questions';

type PlanCommandId =
  | 'amqp.planImport'
  | 'amqp.applyPlan'
  | 'amqp.selectAllSteps'
  | 'amqp.selectNoSteps'
  | 'amqp.openPlanFile'
  | 'amqp.refreshPlan'
  | 'amqp.closePlan'
  | 'amqp.openStep'
  | 'amqp.revealStep'
  | 'amqp.copyStep';

/** Planning an import, choosing from it, and applying it. */
export function planCommands(
  deps: ApplyDeps,
  questions: TopologyQuestions,
): Pick<CommandHandlers, PlanCommandId> {
  const { view } = deps;
  return {
    'amqp.planImport': async (target) => {
      const title = vscode.l10n.t('Plan Import');
      const file = await questions.file(target, title);
      if (file === undefined) return;
      // A file without virtual hosts goes into one of the broker's, any other into the broker.
      const part = (await namesNoVhost(file.uri)) ? 'vhost' : 'whole';
      const broker = await questions.broker(target, title, part);
      if (broker !== undefined) await view.plan(file, broker);
    },
    'amqp.applyPlan': () => applyPlan(deps),
    'amqp.selectAllSteps': () => view.select(true),
    'amqp.selectNoSteps': () => view.select(false),
    'amqp.openPlanFile': () => view.openFile(),
    'amqp.refreshPlan': () => view.refresh(),
    'amqp.closePlan': () => view.close(),
    'amqp.openStep': () => view.open(),
    'amqp.revealStep': (row) => view.reveal(row),
    'amqp.copyStep': (row) => view.copy(row),
  };
}
