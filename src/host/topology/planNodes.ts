import { definitionsSections } from '../../core/topology/definitionsFile';
import type { DefinitionsSection } from '../../core/topology/definitionsFile';
import { treeId, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';
import type { ImportPlan, PlanAction, PlanStep } from '../../protocol/topologyService';
import type { TreeRow } from '../tree/treeNode';
import { outcomeLook, outcomeWords } from './outcomeWords';
import type { PlanSelection } from './planSelection';
import { fewRows, groupNode, sayingNode } from './resultNode';
import type { ResultNode } from './resultNode';
import { sectionIcons, sectionTitle } from './sectionWords';

export interface ShownPlan {
  readonly plan: ImportPlan;
  readonly selection: PlanSelection;
  /** After an apply: what became of each step; those without an outcome were not tried. */
  readonly outcomes?: ReadonlyMap<number, ItemOutcome>;
  /** What was asked to be applied then. */
  readonly tried?: ReadonlySet<number>;
}

/** What an import would do comes first, what needs a look next, what changes nothing last. */
const actions: readonly PlanAction[] = [
  'create',
  'replace',
  'unknown',
  'refused',
  'ignored',
  'skipped',
  'identical',
];

const actionIcons: Readonly<Record<PlanAction, { readonly icon: string; readonly color?: string }>> = {
  create: { icon: 'add', color: 'gitDecoration.addedResourceForeground' },
  replace: { icon: 'edit', color: 'gitDecoration.modifiedResourceForeground' },
  unknown: { icon: 'question' },
  refused: { icon: 'error', color: 'list.errorForeground' },
  ignored: { icon: 'warning', color: 'list.warningForeground' },
  skipped: { icon: 'debug-step-over' },
  identical: { icon: 'check' },
};

function actionTitle(action: PlanAction, words: Wording): string {
  switch (action) {
    case 'create':
      return words.t('Create');
    case 'replace':
      return words.t('Replace');
    case 'unknown':
      return words.t('Create or Replace');
    case 'refused':
      return words.t('Refused');
    case 'ignored':
      return words.t('Different, Left as It Is');
    case 'skipped':
      return words.t('Passed Over');
    case 'identical':
      return words.t('There Already');
  }
}

/** What a group means, for those who read it the first time. */
function actionMeaning(action: PlanAction, words: Wording): string {
  switch (action) {
    case 'create':
      return words.t('Not on the broker yet.');
    case 'replace':
      return words.t('On the broker with other values: they are written over.');
    case 'unknown':
      return words.t('This login may not see whether it is there: it is created, or written over.');
    case 'refused':
      return words.t('The broker refuses an import of the file because of these.');
    case 'ignored':
      return words.t(
        'On the broker with other properties. An import leaves it as it is, without a word; delete it first to have it as in the file.',
      );
    case 'skipped':
      return words.t('An import passes over these.');
    case 'identical':
      return words.t('On the broker as in the file: nothing is done.');
  }
}

export function planNodes(shown: ShownPlan, words: Wording): ResultNode[] {
  const { plan } = shown;
  const groups = actions.flatMap((action) => actionNodes(action, shown, words));
  return [
    ...(plan.refusal === undefined ? [] : [refusalNode(plan.refusal, words)]),
    ...plan.problems.map((text, index) => sayingNode(['problem', index], text, 'warning')),
    ...(plan.steps.length === 0
      ? [sayingNode(['nothing'], words.t('There is nothing in this file to import'), 'info')]
      : []),
    ...groups,
  ];
}

/** The first sentence stands above the rows as well; what for and what it leaves behind is below this one. */
function refusalNode(refusal: readonly string[], words: Wording): ResultNode {
  const label = words.t('The whole file would be refused');
  const sentences = refusal.map((text) => visibleName(text, words));
  const row: TreeRow = {
    label,
    tooltip: [label, ...sentences].join('\n'),
    icon: 'error',
    color: 'list.errorForeground',
    context: 'saying',
    expandable: sentences.length > 1,
    expanded: true,
  };
  return groupNode(
    ['refusal'],
    () => row,
    [],
    (group) =>
      sentences.slice(1).map((text, index) => ({
        ...sayingNode(['refusal', index], text, 'info'),
        parent: group,
      })),
  );
}

/** "Create: 3 · Different, Left as It Is: 1". */
export function planSummary({ plan }: ShownPlan, words: Wording): string {
  const refusal = (plan.refusal ?? []).slice(0, 1).map((text) => visibleName(text, words));
  const counts = actions.flatMap((action) => {
    const count = plan.steps.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`${actionTitle(action, words)}: ${words.number(count)}`];
  });
  return [...refusal, counts.join(' · ')].join(' ');
}

function actionNodes(action: PlanAction, shown: ShownPlan, words: Wording): ResultNode[] {
  return definitionsSections.flatMap((section) => {
    const steps = shown.plan.steps.filter((step) => step.action === action && step.section === section);
    return steps.length === 0 ? [] : [sectionNode(action, section, steps, shown, words)];
  });
}

function sectionNode(
  action: PlanAction,
  section: DefinitionsSection,
  steps: readonly PlanStep[],
  shown: ShownPlan,
  words: Wording,
): ResultNode {
  const ids = steps.map(({ id }) => id);
  const { color } = actionIcons[action];
  const label = `${actionTitle(action, words)}: ${sectionTitle(section, words)}`;
  const row: TreeRow = {
    label,
    description: words.number(steps.length),
    tooltip: `${label}\n${actionMeaning(action, words)}`,
    icon: sectionIcons[section],
    ...(color === undefined ? {} : { color }),
    context: 'planGroup',
    expandable: true,
    // Few enough to read at one look.
    expanded: action !== 'identical' && action !== 'skipped' && steps.length <= fewRows,
  };
  const several =
    new Set(shown.plan.steps.map(({ vhost }) => vhost).filter((vhost) => vhost !== '')).size > 1;
  return groupNode(
    ['plan', action, section],
    () => withTick(row, ids, shown),
    ids,
    (group) =>
      steps.map((step) => ({
        id: treeId(group.id, step.id),
        parent: group,
        objects: [step.id],
        row: () => stepRow(step, several, shown, words),
      })),
  );
}

function stepRow(step: PlanStep, namesVhost: boolean, shown: ShownPlan, words: Wording): TreeRow {
  const blocker = blockerOf(step, shown);
  const outcome = shown.outcomes?.get(step.id);
  const said = shown.tried?.has(step.id) === true ? outcomeWords(outcome, words) : undefined;
  const blocked =
    blocker === undefined
      ? undefined
      : words.t('needs {0}, which cannot be made', visibleName(blocker.label, words));
  const reason = said ?? blocked ?? step.why[0] ?? step.differs.join(', ');
  const row: TreeRow = {
    label: visibleName(step.label, words),
    description: [
      ...(namesVhost && step.vhost !== '' ? [visibleName(step.vhost, words)] : []),
      visibleText(reason, words),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    tooltip: stepTooltip(step, [said, blocked], shown, words),
    ...(said === undefined
      ? actionIcons[blocked === undefined ? step.action : 'refused']
      : outcomeLook(outcome)),
    context: 'step',
    expandable: false,
    command: 'amqp.openStep',
  };
  return withTick(row, [step.id], shown);
}

function blockerOf(step: PlanStep, { plan, selection }: ShownPlan): PlanStep | undefined {
  const id = selection.blockedBy(step.id);
  return id === undefined ? undefined : plan.steps.find((other) => other.id === id);
}

function withTick(row: TreeRow, ids: readonly number[], { selection, outcomes }: ShownPlan): TreeRow {
  // What was applied is a report, not a form.
  const checked = outcomes === undefined ? selection.all(ids) : undefined;
  return checked === undefined ? row : { ...row, checked };
}

function stepTooltip(
  step: PlanStep,
  first: readonly (string | undefined)[],
  { plan }: ShownPlan,
  words: Wording,
): string {
  const lines = [
    visibleName(step.label, words),
    `${sectionTitle(step.section, words)} · ${actionTitle(step.action, words)}`,
    ...first.flatMap((text) => text ?? []),
    ...step.why,
  ];
  if (step.vhost !== '') lines.push(words.t('Virtual host: {0}', visibleName(step.vhost, words)));
  if (step.differs.length > 0) {
    lines.push(words.t('Different: {0}', step.differs.map((field) => visibleName(field, words)).join(', ')));
  }
  if (plan.refusal !== undefined) lines.push(reachedWords(step, words));
  return lines.join('\n');
}

function reachedWords({ reached }: PlanStep, words: Wording): string {
  switch (reached) {
    case 'yes':
      return words.t('An import of the whole file has done this when it is refused.');
    case 'perhaps':
      return words.t('An import of the whole file has perhaps done this when it is refused.');
    case 'no':
      return words.t('An import of the whole file does not get here: it is refused before.');
  }
}

function visibleText(text: string, words: Wording): string {
  return text === '' ? '' : visibleName(text, words);
}
