import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable';
import type { Wording } from '../../core/topology/treeModel';
import type { CommandId } from '../commands/commandTable';
import { toTreeItem } from '../tree/treeItem';
import type { TreeRow } from '../tree/treeNode';
import { moreNode } from './resultNode';
import type { ResultNode } from './resultNode';

/**
 * The editor asks for what is below several open rows in one go, and mixes up the answers when the first comes before
 * its own timers for the others have run (seen in 1.139): rows then stand below the wrong group. A pause before the first
 * answer of such a round lets them run.
 */
const roundPauseMs = 40;
const roundLengthMs = 100;

/** Rows of a group that are handed to the view at a time: it lays out all that it gets. */
const pageSize = 500;

/** Shows result nodes, a page of each group at a time. */
export class ResultTree implements vscode.TreeDataProvider<ResultNode>, Disposable {
  private readonly changes = new vscode.EventEmitter<ResultNode | ResultNode[] | undefined>();
  private readonly pages = new Map<string, number>();
  private roots: readonly ResultNode[] = [];
  private roundEnds = 0;
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

  /** Draws these rows again; all of them without any. */
  redraw(nodes?: ResultNode[]): void {
    this.changes.fire(nodes);
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

  async getChildren(node?: ResultNode): Promise<ResultNode[]> {
    if (node !== undefined && node.parent === undefined && Date.now() > this.roundEnds) {
      await new Promise((resolve) => setTimeout(resolve, roundPauseMs));
      this.roundEnds = Date.now() + roundLengthMs;
    }
    return this.below(node);
  }

  /** Rows below the labels of `path`, for somebody who is not the view. */
  rows(path: readonly string[]): readonly TreeRow[] {
    let nodes = this.below();
    for (const label of path) {
      const node = nodes.find((one) => one.row().label === label);
      nodes = node === undefined ? [] : this.below(node);
    }
    return nodes.map((node) => node.row());
  }

  dispose(): void {
    this.changes.dispose();
  }

  private below(node?: ResultNode): ResultNode[] {
    if (node === undefined) return [...this.roots];
    const all = node.children?.() ?? [];
    const shown = all.slice(0, pageSize * (this.pages.get(node.id) ?? 1));
    const hidden = all.length - shown.length;
    return hidden === 0 ? shown : [...shown, moreNode(node, hidden, pageSize, this.words)];
  }
}
