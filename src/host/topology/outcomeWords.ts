import { visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';

/** What became of an object, in a word or in the broker's sentence. `undefined`: it was not tried. */
export function outcomeWords(outcome: ItemOutcome | undefined, words: Wording): string {
  switch (outcome?.kind) {
    case undefined:
      return words.t('not tried');
    case 'created':
      return words.t('created');
    case 'updated':
      return outcome.before === undefined ? words.t('was there already') : words.t('replaced');
    case 'removed':
      return words.t('removed');
    case 'absent':
      return words.t('was not there');
    case 'refused':
      return words.t('not done: {0}', visibleName(outcome.text, words));
    case 'unknown':
      return words.t('perhaps done: {0}', visibleName(outcome.text, words));
  }
}

export function outcomeLook(outcome: ItemOutcome | undefined): {
  readonly icon: string;
  readonly color?: string;
} {
  switch (outcome?.kind) {
    case undefined:
      return { icon: 'circle-slash' };
    case 'refused':
      return { icon: 'error', color: 'list.errorForeground' };
    case 'unknown':
      return { icon: 'question', color: 'list.warningForeground' };
    case 'absent':
      return { icon: 'dash' };
    default:
      return { icon: 'pass-filled', color: 'testing.iconPassed' };
  }
}
