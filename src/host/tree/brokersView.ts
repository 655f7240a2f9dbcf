import * as vscode from 'vscode';
import { DisposableStore, toDisposable } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { BrokersTree } from './brokersTree';
import type { TreeNode } from './treeNode';

/** As often as the broker itself collects its counters (DOMAIN 4.1). */
const refreshEveryMs = 5_000;
const builtInsKey = 'amqp.builtInExchangesShown';

/** The view around the tree: refreshes it while somebody can see it, and remembers whether built-ins show. */
export class BrokersView implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly view: vscode.TreeView<TreeNode>;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tree: BrokersTree,
    private readonly memory: vscode.Memento,
  ) {
    this.showBuiltIns(memory.get(builtInsKey, false));
    this.view = this.subscriptions.add(
      vscode.window.createTreeView('amqp.brokers', { treeDataProvider: tree, showCollapseAll: true }),
    );
    this.subscriptions.add(this.view.onDidChangeVisibility(() => this.followVisibility()));
    this.subscriptions.add(this.view.onDidCollapseElement(({ element }) => tree.collapsed(element)));
    this.subscriptions.add(toDisposable(() => clearInterval(this.timer)));
    this.followVisibility();
  }

  get selected(): TreeNode | undefined {
    return this.view.selection[0];
  }

  async setBuiltIns(shown: boolean): Promise<void> {
    this.showBuiltIns(shown);
    await this.memory.update(builtInsKey, shown);
  }

  /** Selects a connection and opens it down to its exchanges and queues. */
  async revealConnection(profileId: string): Promise<void> {
    const node = this.tree.connection(profileId);
    if (node !== undefined) await this.view.reveal(node, { select: true, focus: true, expand: 3 });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private showBuiltIns(shown: boolean): void {
    this.tree.setBuiltIns(shown);
    void vscode.commands.executeCommand('setContext', builtInsKey, shown);
  }

  private followVisibility(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (!this.view.visible) return;
    this.timer = setInterval(() => void this.tree.refresh(), refreshEveryMs);
  }
}
