import { treeId } from '../../core/topology/treeModel';
import type { TreeIdPart } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { TreeRow } from '../tree/treeNode';

/** A row of a result that is worked out once and then looked at: a comparison, a plan. Children are made when asked for. */
export interface ResultNode {
  readonly id: string;
  readonly parent?: ResultNode;
  /** The row as it is now: ticks and outcomes change it. */
  readonly row: () => TreeRow;
  /** Missing: there is nothing below. */
  readonly children?: () => readonly ResultNode[];
  /** What the row stands for, in the terms of its result; several for a group. */
  readonly objects: readonly number[];
}

/** Rows of a group that may be open from the beginning. */
export const fewRows = 20;

/** A group whose children are made once, at the first look. */
export function groupNode(
  idParts: readonly TreeIdPart[],
  row: () => TreeRow,
  objects: readonly number[],
  below: (group: ResultNode) => readonly ResultNode[],
): ResultNode {
  let made: readonly ResultNode[] | undefined;
  const group: ResultNode = {
    id: treeId(...idParts),
    row,
    objects,
    children: () => (made ??= below(group)),
  };
  return group;
}

/** Something to say. A long sentence is cut in the row and whole in the tooltip. */
export function sayingNode(
  idParts: readonly TreeIdPart[],
  text: string,
  icon: 'info' | 'warning' | 'error' | 'eye-closed',
  more: { readonly description?: string; readonly tooltip?: string } = {},
): ResultNode {
  const color =
    icon === 'warning' ? 'list.warningForeground' : icon === 'error' ? 'list.errorForeground' : undefined;
  const row: TreeRow = {
    label: text,
    tooltip: more.tooltip ?? text,
    icon,
    ...(more.description === undefined ? {} : { description: more.description }),
    ...(color === undefined ? {} : { color }),
    context: 'saying',
    expandable: false,
  };
  return { id: treeId(...idParts), row: () => row, objects: [] };
}

/** The context of a row that asks for more of its group. */
export const moreContext = 'moreResults';

/** "Show 500 more" of the group above. */
export function moreNode(parent: ResultNode, hidden: number, step: number, words: Wording): ResultNode {
  const row: TreeRow = {
    label: words.t('Show {0} more', words.number(Math.min(hidden, step))),
    description: words.t('{0} not shown', words.number(hidden)),
    icon: 'ellipsis',
    context: moreContext,
    expandable: false,
    command: 'amqp.showMore',
  };
  return { id: treeId(parent.id, 'more'), parent, row: () => row, objects: [] };
}
