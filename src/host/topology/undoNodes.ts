import { treeId, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';
import type { TreeRow } from '../tree/treeNode';
import { countsOf, objectsWords } from './applyWords';
import { outcomeLook, outcomeWords } from './outcomeWords';
import { groupNode } from './resultNode';
import type { ResultNode } from './resultNode';
import { countedSections, sectionTitle } from './sectionWords';
import type { UndoDocument, UndoItem } from './undoDocument';

/** Objects that a question names; the undo file has them all. */
const mostNamed = 10;

/** What became of an undo: by the position in `made` and in `replaced`. */
export interface UndoOutcomes {
  readonly removed: ReadonlyMap<number, ItemOutcome>;
  readonly restored: ReadonlyMap<number, ItemOutcome>;
}

/** What an undo will do, a sentence each, before it does. */
export function undoDetails({ made, replaced }: UndoDocument, words: Wording): string {
  const lines: string[] = [];
  if (made.length > 0) {
    lines.push(words.t('Removes {0}: {1}', countedSections(made, words), named(made, words)));
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
export function undoVerb({ made, replaced }: UndoDocument, words: Wording): string {
  if (replaced.length === 0) return words.t('Remove {0}', objectsWords(made.length, words));
  if (made.length === 0) return words.t('Restore {0}', objectsWords(replaced.length, words));
  return words.t('Remove {0}, Restore {1}', words.number(made.length), words.number(replaced.length));
}

/** "4 removed, 1 restored. 2 were left as they are." */
export function undoResult(
  undo: UndoDocument,
  { removed, restored }: UndoOutcomes,
  words: Wording,
): { readonly text: string; readonly wentWell: boolean } {
  const done = [countsOf([...removed.values()], words)];
  const back = [...restored.values()].filter(({ kind }) => kind === 'updated' || kind === 'created').length;
  if (back > 0) done.push(words.t('{0} restored', words.number(back)));
  const gone = [...removed.values()].filter(({ kind }) => kind === 'removed' || kind === 'absent').length;
  const left = undo.made.length + undo.replaced.length - gone - back;
  const counts = done.filter((part) => part !== '').join(', ');
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
export function undoNodes(undo: UndoDocument, outcomes: UndoOutcomes, words: Wording): ResultNode[] {
  return [
    ...group('removed', words.t('Remove'), undo.made, outcomes.removed, words),
    ...group('restored', words.t('Restore'), undo.replaced, outcomes.restored, words),
  ];
}

function group(
  id: string,
  label: string,
  items: readonly UndoItem[],
  outcomes: ReadonlyMap<number, ItemOutcome>,
  words: Wording,
): ResultNode[] {
  if (items.length === 0) return [];
  const row: TreeRow = {
    label,
    description: words.number(items.length),
    context: 'undoGroup',
    expandable: true,
    expanded: true,
  };
  const itemNode = (item: UndoItem, index: number, parent: ResultNode): ResultNode => ({
    id: treeId('undo', id, index),
    parent,
    objects: [],
    row: () => itemRow(item, outcomes.get(index), words),
  });
  return [
    groupNode(
      ['undo', id],
      () => row,
      [],
      (parent) => items.map((item, index) => itemNode(item, index, parent)),
    ),
  ];
}

function itemRow(item: UndoItem, outcome: ItemOutcome | undefined, words: Wording): TreeRow {
  const label = visibleName(item.label, words);
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

function named(items: readonly UndoItem[], words: Wording): string {
  const names = items.slice(0, mostNamed).map(({ label }) => visibleName(label, words));
  const rest = items.length - names.length;
  return rest === 0 ? names.join(', ') : words.t('{0} and {1} more', names.join(', '), words.number(rest));
}
