import { treeId, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { UndoEntry, UndoRecord } from '../../core/topology/undoFile';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';
import type { TreeRow } from '../tree/treeNode';
import { countsOf } from './applyWords';
import { outcomeLook, outcomeWords } from './outcomeWords';
import { groupNode } from './resultNode';
import type { ResultNode } from './resultNode';
import { countedSections, sectionTitle } from './sectionWords';
import { entryLabel } from './undoEntries';

/** Objects that a question names; the undo file has them all. */
const mostNamed = 10;

/** What was to be removed or restored, with what became of it; without an outcome it was not tried. */
export interface UndoneEntry extends UndoEntry {
  readonly outcome?: ItemOutcome;
}

export interface Undone {
  readonly removed: readonly UndoneEntry[];
  readonly restored: readonly UndoneEntry[];
}

/** What an undo will do, a sentence each, before it does. */
export function undoDetails({ created, replaced }: UndoRecord, words: Wording): string {
  const lines: string[] = [];
  if (created.length > 0) {
    lines.push(words.t('Removes {0}: {1}', countedSections(created, words), named(created, words)));
    lines.push(
      words.t('Queues go only if they are empty and unused, exchanges and virtual hosts only if unused.'),
    );
  }
  if (replaced.length > 0) {
    lines.push(words.t('Restores {0}: {1}', countedSections(replaced, words), named(replaced, words)));
  }
  if (replaced.some(({ section }) => section === 'users')) {
    lines.push(words.t('Passwords of users are not restored: they are kept nowhere.'));
  }
  return lines.join('\n');
}

/** The verb for the button. */
export function undoVerb({ created, replaced }: UndoRecord, words: Wording): string {
  const [gone, back] = [words.number(created.length), words.number(replaced.length)];
  if (replaced.length === 0) {
    return created.length === 1 ? words.t('Remove 1 Object') : words.t('Remove {0} Objects', gone);
  }
  if (created.length === 0) {
    return replaced.length === 1 ? words.t('Restore 1 Object') : words.t('Restore {0} Objects', back);
  }
  return words.t('Remove {0}, Restore {1}', gone, back);
}

/** "Done: 4 removed, 1 restored. 2 objects were left as they are." */
export function undoResult(
  { removed, restored }: Undone,
  words: Wording,
): { readonly text: string; readonly wentWell: boolean } {
  const outcomes = removed.flatMap(({ outcome }) => outcome ?? []);
  const gone = outcomes.filter(({ kind }) => kind === 'removed' || kind === 'absent').length;
  const back = restored.filter(
    ({ outcome }) => outcome?.kind === 'updated' || outcome?.kind === 'created',
  ).length;
  const left = removed.length + restored.length - gone - back;
  const counts = [countsOf(outcomes, words), back > 0 ? words.t('{0} restored', words.number(back)) : '']
    .filter((part) => part !== '')
    .join(', ');
  const parts = [counts === '' ? words.t('Nothing was changed.') : words.t('Done: {0}.', counts)];
  if (left === 1) parts.push(words.t('1 object was left as it is; the view Import Plan says why.'));
  if (left > 1) {
    parts.push(
      words.t('{0} objects were left as they are; the view Import Plan says why.', words.number(left)),
    );
  }
  return { text: parts.join(' '), wentWell: left === 0 };
}

/** The report: each object with what became of it. */
export function undoNodes({ removed, restored }: Undone, words: Wording): ResultNode[] {
  return [
    ...group('removed', words.t('Remove'), removed, words),
    ...group('restored', words.t('Restore'), restored, words),
  ];
}

function group(id: string, label: string, items: readonly UndoneEntry[], words: Wording): ResultNode[] {
  if (items.length === 0) return [];
  const row: TreeRow = {
    label,
    description: words.number(items.length),
    context: 'undoGroup',
    expandable: true,
    expanded: true,
  };
  const below = (parent: ResultNode): ResultNode[] =>
    items.map((item, index) => ({
      id: treeId('undo', id, index),
      parent,
      objects: [],
      row: () => itemRow(item, words),
    }));
  return [groupNode(['undo', id], () => row, [], below)];
}

function itemRow(item: UndoneEntry, words: Wording): TreeRow {
  const { outcome } = item;
  const label = visibleName(entryLabel(item), words);
  const said = outcomeWords(outcome, words);
  return {
    label,
    description: said,
    tooltip: [label, sectionTitle(item.section, words), said].join('\n'),
    ...outcomeLook(outcome),
    context: 'undone',
    expandable: false,
  };
}

function named(items: readonly UndoEntry[], words: Wording): string {
  const names = items.slice(0, mostNamed).map((item) => visibleName(entryLabel(item), words));
  const rest = items.length - names.length;
  return rest === 0 ? names.join(', ') : words.t('{0} and {1} more', names.join(', '), words.number(rest));
}
