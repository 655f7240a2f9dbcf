import type { BindingInfo } from '../../core/topology/model';
import { bindingId, treeId } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSession } from '../brokers/brokerSession';
import { bindingRow, deadLetterRow, noteRow } from './objectRows';
import type { BindingNode, ExchangeNode, NoteNode, QueueNode, TreeNode } from './treeNode';

/** Under a queue: what leads to it and where its dead letters go. Under an exchange: what leads to it and away from it. */
export async function boundRows(
  node: QueueNode | ExchangeNode,
  session: BrokerSession,
  words: Wording,
): Promise<TreeNode[]> {
  const at = { vhost: node.vhost, kind: node.kind, name: node.name };
  const [to, from] = await Promise.all([
    session.client.request('bindings', { ...at, side: 'to' }),
    node.kind === 'exchange' ? session.client.request('bindings', { ...at, side: 'from' }) : [],
  ]);
  const rows: TreeNode[] = [
    ...to.map((binding) => bindingNode(node, binding, 'destination', words)),
    ...from.map((binding) => bindingNode(node, binding, 'source', words)),
  ];
  const deadLetters = node.kind === 'queue' ? deadLetterRow(node.info, words) : undefined;
  if (deadLetters !== undefined) rows.push(noteOf(node, 'deadLetters', deadLetters));
  if (rows.length > 0) return rows;
  const nothing =
    node.kind === 'queue'
      ? words.t('No bindings: reached through the default exchange only')
      : words.t('No bindings: what is published here is not routed');
  return [noteOf(node, 'note', noteRow(nothing, 'info'))];
}

function bindingNode(
  parent: TreeNode,
  binding: BindingInfo,
  seenFrom: 'source' | 'destination',
  words: Wording,
): BindingNode {
  return {
    kind: 'binding',
    id: treeId(parent.id, seenFrom, bindingId(binding)),
    profileId: parent.profileId,
    parent,
    binding,
    row: bindingRow(binding, seenFrom, words),
  };
}

function noteOf(parent: TreeNode, name: string, row: NoteNode['row']): NoteNode {
  return { kind: 'note', id: treeId(parent.id, name), profileId: parent.profileId, parent, row };
}
