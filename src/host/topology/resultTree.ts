import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import type { Wording } from '../../core/topology/treeModel';
import type { CommandId } from '../commands/commandTable';
import { toTreeItem } from '../tree/treeItem';
import type { TreeRow } from '../tree/treeNode';
import { moreNode } from './resultNode';
import type { ResultNode } from './resultNode';

/** Rows of a group that are handed to the view at a time: it lays out all that it gets. */
const pageSize = 500;

/**
 * Shows result nodes, a page of each group at a time. Two levels only: with a third one open the editor puts rows below
 * the wrong group now and then, because it mixes up what it asked for in one go (seen in 1.139).
 */
export class ResultTree implements vscode.TreeDataProvider<ResultNode>, Disposable {
  private readonly changes = new vscode.EventEmitter<ResultNode | undefined>();
  private readonly pages = new Map<string, number>();
  private roots: readonly ResultNode[] = [];
  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    private readonly openCommand: CommandId,
    private readonly words: Wording,
  ) {}

  show(roots: readonly ResultNode[]): void {
    this.roots = roots;
    this.pages.clear();
    this.changes.fire(undefined);
  }

  redraw(): void {
    this.changes.fire(undefined);
  }

  showMore(parent: ResultNode): void {
    this.pages.set(parent.id, (this.pages.get(parent.id) ?? 1) + 1);
    this.changes.fire(parent);
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    return toTreeItem({ id: node.id, row: node.row() }, this.openCommand);
  }

  getParent(node: ResultNode): ResultNode | undefined {
    return node.parent;
  }

  getChildren(node?: ResultNode): ResultNode[] {
    if (node === undefined) return [...this.roots];
    const all = node.children?.() ?? [];
    const shown = all.slice(0, pageSize * (this.pages.get(node.id) ?? 1));
    const hidden = all.length - shown.length;
    return hidden === 0 ? shown : [...shown, moreNode(node, hidden, pageSize, this.words)];
  }

  /** Rows below the labels of `path`, for somebody who is not the view. */
  rows(path: readonly string[]): readonly TreeRow[] {
    let nodes = this.getChildren();
    for (const label of path) {
      const node = nodes.find((one) => one.row().label === label);
      nodes = node === undefined ? [] : this.getChildren(node);
    }
    return nodes.map((node) => node.row());
  }

  dispose(): void {
    this.changes.dispose();
  }
}
