import type { TreeNode } from './treeNode';

export interface Merged {
  /** The old objects where the same things are still there, the new ones elsewhere. */
  readonly nodes: TreeNode[];
  /** Whether rows came, went, or moved. */
  readonly restructured: boolean;
  /** Old objects that look different now, and folders whose rows came, went or moved. */
  readonly changed: readonly TreeNode[];
}

/**
 * Brings the nodes of a branch up to date in place. Redrawing a row makes the view forget everything below it until
 * it has asked again, and a command on a forgotten row arrives without its row; so as few as possible are redrawn.
 */
export function mergeNodes(
  before: readonly TreeNode[],
  after: readonly TreeNode[],
  parent?: TreeNode,
): Merged {
  const known = new Map(before.map((node) => [node.id, node]));
  const changed: TreeNode[] = [];
  const nodes = after.map((fresh) => {
    const old = known.get(fresh.id);
    if (old === undefined) return parent === undefined ? fresh : Object.assign(fresh, { parent });
    if (update(old, fresh, changed)) changed.push(old);
    return old;
  });
  const restructured = nodes.length !== before.length || nodes.some((node, index) => node !== before[index]);
  return { nodes, restructured, changed };
}

/** Whether the row itself must be redrawn; rows below it add themselves to `changed`. */
function update(old: TreeNode, fresh: TreeNode, changed: TreeNode[]): boolean {
  const different = JSON.stringify(old.row) !== JSON.stringify(fresh.row);
  if (old.kind === 'folder' && fresh.kind === 'folder') {
    const below = mergeNodes(old.children, fresh.children, old);
    Object.assign(old, { children: below.nodes, row: fresh.row, count: fresh.count });
    if (!different && !below.restructured) changed.push(...below.changed);
    return different || below.restructured;
  }
  const { parent: _, ...facts } = fresh;
  Object.assign(old, facts);
  return different;
}
