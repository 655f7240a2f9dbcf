import { definitionsSections } from '../../core/topology/definitionsFile';
import type { DefinitionsSection } from '../../core/topology/definitionsFile';
import { treeId, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { ComparedObject, ComparedState, Comparison } from '../../protocol/topologyService';
import type { TreeRow } from '../tree/treeNode';
import { fewRows, groupNode, sayingNode } from './resultNode';
import type { ResultNode } from './resultNode';
import { sectionIcons, sectionTitle } from './sectionWords';

/** One side of a comparison, in words: its name, and "the File" where it is one. */
export interface SideWords {
  readonly name: string;
  readonly isFile: boolean;
}

/** What a login may not see of a side. */
export interface NotSeen {
  readonly section: DefinitionsSection;
  readonly side: string;
  readonly why: string;
}

export interface ShownComparison {
  readonly comparison: Comparison;
  readonly left: SideWords;
  readonly right: SideWords;
  readonly notSeen: readonly NotSeen[];
  readonly showSame: boolean;
}

/** Differing fields that a row names; the tooltip has all. */
const mostFields = 4;

const states: readonly ComparedState[] = ['onlyLeft', 'changed', 'onlyRight', 'same'];

const stateIcons: Readonly<Record<ComparedState, { readonly icon: string; readonly color?: string }>> = {
  onlyLeft: { icon: 'diff-added', color: 'gitDecoration.addedResourceForeground' },
  changed: { icon: 'diff-modified', color: 'gitDecoration.modifiedResourceForeground' },
  onlyRight: { icon: 'diff-removed', color: 'gitDecoration.deletedResourceForeground' },
  same: { icon: 'check' },
};

/** Groups by what became of the objects and by section, the objects inside. */
export function comparisonNodes(shown: ShownComparison, words: Wording): ResultNode[] {
  const { comparison, showSame } = shown;
  const groups = states.flatMap((state) =>
    state === 'same' && !showSame ? [] : stateNodes(state, shown, words),
  );
  const differs = comparison.objects.some(({ state }) => state !== 'same');
  return [
    ...comparison.problems.map((problem, index) => sayingNode(['problem', index], problem, 'warning')),
    ...(differs ? [] : [sayingNode(['equal'], equalText(shown, words), 'info')]),
    ...groups,
    ...notComparedNodes(shown, words),
  ];
}

/** What stands above the rows: the counts. */
export function comparisonSummary(shown: ShownComparison, words: Wording): string {
  const counts = states.flatMap((state) => {
    const count = shown.comparison.objects.filter((object) => object.state === state).length;
    return count === 0 ? [] : [`${stateTitle(state, shown, words)}: ${words.number(count)}`];
  });
  return counts.join(' · ');
}

function equalText({ comparison, showSame, notSeen }: ShownComparison, words: Wording): string {
  if (comparison.objects.length === 0) return words.t('There is nothing to compare');
  const seen = comparison.notCompared.length + notSeen.length === 0;
  if (showSame || !seen) return words.t('No difference in what was compared');
  return words.t('Both are the same');
}

function stateTitle(state: ComparedState, { left, right }: ShownComparison, words: Wording): string {
  const only = ({ name, isFile }: SideWords): string =>
    isFile ? words.t('Only in the File') : words.t('Only on {0}', name);
  switch (state) {
    case 'onlyLeft':
      return only(left);
    case 'onlyRight':
      return only(right);
    case 'changed':
      return words.t('Different');
    case 'same':
      return words.t('The Same');
  }
}

function stateNodes(state: ComparedState, shown: ShownComparison, words: Wording): ResultNode[] {
  const all = shown.comparison.objects;
  return definitionsSections.flatMap((section) => {
    const objects = indexes(all, (object) => object.state === state && object.section === section);
    return objects.length === 0 ? [] : [sectionNode(state, section, objects, shown, words)];
  });
}

function sectionNode(
  state: ComparedState,
  section: DefinitionsSection,
  objects: readonly number[],
  shown: ShownComparison,
  words: Wording,
): ResultNode {
  const { color } = stateIcons[state];
  const row: TreeRow = {
    label: `${stateTitle(state, shown, words)}: ${sectionTitle(section, words)}`,
    description: words.number(objects.length),
    icon: sectionIcons[section],
    ...(color === undefined ? {} : { color }),
    context: 'comparedGroup',
    expandable: true,
    // Few enough to read at one look.
    expanded: state !== 'same' && objects.length <= fewRows,
  };
  const several = new Set(shown.comparison.objects.map(({ vhost }) => vhost).filter((vhost) => vhost !== ''));
  return groupNode(
    ['compared', state, section],
    () => row,
    objects,
    (group) => objects.map((index) => objectNode(index, several.size > 1, shown, group, words)),
  );
}

function objectNode(
  index: number,
  namesVhost: boolean,
  shown: ShownComparison,
  parent: ResultNode,
  words: Wording,
): ResultNode {
  const object = shown.comparison.objects[index];
  return {
    id: treeId(parent.id, index),
    parent,
    objects: [index],
    row: () =>
      object === undefined
        ? { label: '', context: '', expandable: false }
        : {
            label: visibleName(object.label, words),
            description: [
              ...(namesVhost && object.vhost !== '' ? [visibleName(object.vhost, words)] : []),
              fieldsText(object, words),
            ]
              .filter((part) => part !== '')
              .join(' · '),
            tooltip: objectTooltip(object, shown, words),
            ...stateIcons[object.state],
            context: contextOf(object, shown),
            expandable: false,
            command: 'amqp.openDifference',
          },
  };
}

function fieldsText({ differs }: ComparedObject, words: Wording): string {
  const named = differs.slice(0, mostFields).map((field) => visibleName(field, words));
  const rest = differs.length - named.length;
  if (rest > 0) named.push(words.t('{0} more', words.number(rest)));
  return named.join(', ');
}

function objectTooltip(object: ComparedObject, shown: ShownComparison, words: Wording): string {
  const lines = [
    visibleName(object.label, words),
    `${sectionTitle(object.section, words)} · ${stateTitle(object.state, shown, words)}`,
  ];
  if (object.vhost !== '') lines.push(words.t('Virtual host: {0}', visibleName(object.vhost, words)));
  if (object.differs.length > 0) {
    lines.push(
      words.t('Different: {0}', object.differs.map((field) => visibleName(field, words)).join(', ')),
    );
  }
  return lines.join('\n');
}

function contextOf(object: ComparedObject, { left, right }: ShownComparison): string {
  const inFile =
    (left.isFile && object.leftRange !== undefined) || (right.isFile && object.rightRange !== undefined);
  return inFile ? 'compared;inFile' : 'compared';
}

/** Never silent about what was left out: a login that may not see users would otherwise read "the same". */
function notComparedNodes({ comparison, notSeen }: ShownComparison, words: Wording): ResultNode[] {
  const sections = definitionsSections.filter(
    (section) => comparison.notCompared.includes(section) || notSeen.some((gap) => gap.section === section),
  );
  return sections.map((section) => {
    const gaps = notSeen.filter((gap) => gap.section === section);
    const why =
      gaps.length === 0
        ? words.t('only one side says anything about them')
        : gaps.map(({ side, why: reason }) => `${side}: ${reason}`).join(' ');
    return sayingNode(
      ['notCompared', section],
      words.t('{0}: Not Compared', sectionTitle(section, words)),
      'eye-closed',
      { description: why, tooltip: `${words.t('{0}: Not Compared', sectionTitle(section, words))}\n${why}` },
    );
  });
}

function indexes<T>(list: readonly T[], fits: (item: T) => boolean): number[] {
  return list.flatMap((item, index) => (fits(item) ? [index] : []));
}
