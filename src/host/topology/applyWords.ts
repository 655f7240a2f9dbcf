import type { Wording } from '../../core/topology/treeModel';
import { visibleName } from '../../core/topology/treeModel';
import type { ItemOutcome, TransferResult } from '../../protocol/definitionsTransfer';
import type { PlanStep } from '../../protocol/topologyService';
import { countedSections } from './sectionWords';

/** "1 object", "1,204 objects". */
export function objectsWords(count: number, words: Wording): string {
  return count === 1 ? words.t('1 object') : words.t('{0} objects', words.number(count));
}

/** What will be done to the broker, a sentence each, before anything is. */
export function applyDetails(steps: readonly PlanStep[], words: Wording): string {
  const of = (action: PlanStep['action']): string => {
    const chosen = steps.filter((step) => step.action === action);
    return chosen.length === 0 ? '' : countedSections(chosen, words);
  };
  const [created, replaced, unknown] = [of('create'), of('replace'), of('unknown')];
  return [
    created === '' ? '' : words.t('Creates {0}.', created),
    replaced === '' ? '' : words.t('Replaces {0}: what the broker has is written over.', replaced),
    unknown === ''
      ? ''
      : words.t('Creates or replaces {0}: this login may not see whether they are there.', unknown),
    words.t('One after the other, until the first that the broker refuses. An undo file is kept.'),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** The verb for the button: what is going to be done, in numbers. */
export function applyVerb(steps: readonly PlanStep[], words: Wording): string {
  const created = steps.filter(({ action }) => action === 'create').length;
  const others = steps.length - created;
  if (others === 0) {
    return created === 1 ? words.t('Create 1 Object') : words.t('Create {0} Objects', words.number(created));
  }
  if (created === 0) {
    return others === 1 ? words.t('Replace 1 Object') : words.t('Replace {0} Objects', words.number(others));
  }
  return words.t('Create {0}, Replace {1}', words.number(created), words.number(others));
}

export interface Told {
  readonly text: string;
  readonly wentWell: boolean;
}

/** "5 created, 1 replaced." and where it stopped, why, and what was left alone. */
export function applyResult(steps: readonly PlanStep[], result: TransferResult, words: Wording): Told {
  const counts = countsOf(result.outcomes, words);
  const stopped = result.outcomes.find(({ kind }) => kind === 'refused' || kind === 'unknown');
  const untried = steps.length - result.outcomes.length;
  const parts: string[] = [];
  if (stopped !== undefined && 'text' in stopped) {
    const label = visibleName(steps.find(({ id }) => id === stopped.id)?.label ?? '', words);
    parts.push(
      stopped.kind === 'refused'
        ? words.t('"{0}" was not done: {1}', label, stopped.text)
        : words.t('Nobody knows whether "{0}" was done: {1}', label, stopped.text),
    );
  } else if (result.ended !== undefined) parts.push(result.ended);
  parts.push(counts === '' ? words.t('Nothing was changed.') : words.t('Done: {0}.', counts));
  if (untried === 1) parts.push(words.t('1 object was not tried.'));
  if (untried > 1) parts.push(words.t('{0} objects were not tried.', words.number(untried)));
  return {
    text: parts.join(' '),
    wentWell: stopped === undefined && untried === 0 && result.ended === undefined,
  };
}

/** "5 created, 1 replaced"; empty where nothing was done. */
export function countsOf(outcomes: readonly ItemOutcome[], words: Wording): string {
  const count = (fits: (outcome: ItemOutcome) => boolean): number => outcomes.filter(fits).length;
  const created = count(({ kind }) => kind === 'created');
  const replaced = count((outcome) => outcome.kind === 'updated' && outcome.before !== undefined);
  const same = count((outcome) => outcome.kind === 'updated' && outcome.before === undefined);
  const removed = count(({ kind }) => kind === 'removed');
  const absent = count(({ kind }) => kind === 'absent');
  return [
    created > 0 ? words.t('{0} created', words.number(created)) : '',
    replaced > 0 ? words.t('{0} replaced', words.number(replaced)) : '',
    same > 0 ? words.t('{0} already there', words.number(same)) : '',
    removed > 0 ? words.t('{0} removed', words.number(removed)) : '',
    absent > 0 ? words.t('{0} already gone', words.number(absent)) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
