import * as vscode from 'vscode';
import { asFailure } from '../../core/base/failure';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import { treeId } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import { isOpen } from '../brokers/sessionState';
import type { ProfileStore } from '../profiles/profileStore';
import type { StoredProfile } from '../profiles/profileMerge';
import { connectionRow } from './connectionRow';
import { openVhostRow } from './objectRows';
import { mergeNodes } from './mergeNodes';
import type { LoadOptions, TreeLoader } from './treeLoader';
import { toTreeItem } from './treeItem';
import { QueuePages } from './queuePages';
import type { ConnectionNode, MoreNode, TreeNode } from './treeNode';

/** What is below a node, kept while the view shows it. */
interface Branch {
  readonly node: TreeNode;
  children: TreeNode[];
  readonly queues: QueuePages;
}

/**
 * What the Brokers view shows. A branch is loaded when the view asks for it and kept until it is collapsed; a
 * refresh loads the kept ones again and redraws only the rows that look different, so that nothing flickers.
 */
export class BrokersTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  private readonly changes = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  private readonly subscriptions = new DisposableStore();
  /** By the id of their node. */
  private readonly branches = new Map<string, Branch>();
  private connections: ConnectionNode[] = [];
  private readonly pages = new Map<string, number>();
  private refreshing = false;
  private builtIns = false;
  readonly onDidChangeTreeData = this.changes.event;

  constructor(
    private readonly profiles: ProfileStore,
    private readonly sessions: BrokerSessions,
    private readonly loader: TreeLoader,
    private readonly words: Wording,
    private readonly log: Log,
  ) {
    this.subscriptions.add(profiles.onDidChange(() => this.reload()));
    this.subscriptions.add(sessions.onDidChange((session) => this.sessionChanged(session)));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return toTreeItem(node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.roots();
    if (node.kind === 'folder') return node.children;
    const known = this.branches.get(node.id);
    if (known !== undefined) return known.children;
    const queues = new QueuePages();
    const children = await this.load(node, queues).catch((thrown: unknown) => [this.trouble(node, thrown)]);
    // Kept even when it failed, so that the next refresh tries again.
    if (children.length > 0) this.branches.set(node.id, { node, children, queues });
    if (node.kind === 'vhost') {
      node.row = openVhostRow(node, children, this.words);
      this.changes.fire(node);
    }
    return children;
  }

  /** What is below a node right now, for somebody who is not the view: nothing of it is kept. */
  read(node?: TreeNode): Promise<TreeNode[]> {
    return node === undefined ? Promise.resolve(this.roots()) : this.load(node);
  }

  /** The row of a connection, for revealing it. */
  connection(profileId: string): ConnectionNode | undefined {
    return this.roots().find((node) => node.profileId === profileId);
  }

  setBuiltIns(shown: boolean): void {
    this.builtIns = shown;
    this.reload();
  }

  async showMore({ parent, holds }: MoreNode): Promise<void> {
    const branch = parent?.parent === undefined ? undefined : this.branches.get(parent.parent.id);
    if (branch === undefined) return;
    const key = treeId(branch.node.id, holds);
    this.pages.set(key, (this.pages.get(key) ?? 1) + 1);
    await this.refreshBranch(branch);
  }

  /** Forgets a branch that is collapsed; what is below it is not refreshed either. */
  collapsed(node: TreeNode): void {
    if (node.kind !== 'folder') this.branches.delete(node.id);
  }

  /** Loads everything anew. */
  reload(): void {
    this.branches.clear();
    this.changes.fire(undefined);
  }

  /** Loads what is open again, one branch after the other; a second call meanwhile does nothing. */
  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      for (const branch of [...this.branches.values()]) {
        if (this.isOnScreen(branch.node)) await this.refreshBranch(branch);
      }
    } finally {
      this.refreshing = false;
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changes.dispose();
  }

  private roots(): ConnectionNode[] {
    const fresh = this.profiles.all().map((stored) => this.connectionNode(stored));
    this.connections = mergeNodes(this.connections, fresh).nodes.filter((node) => node.kind === 'connection');
    return this.connections;
  }

  private connectionNode(stored: StoredProfile): ConnectionNode {
    const { profile } = stored;
    const row = connectionRow(stored, this.sessions.of(profile).state, this.words);
    return { kind: 'connection', id: treeId('connection', profile.id), profileId: profile.id, row };
  }

  private async load(node: TreeNode, queues = new QueuePages()): Promise<TreeNode[]> {
    const session = this.sessions.byId(node.profileId);
    if (!isOpen(session.state)) return [];
    const options: LoadOptions = {
      showBuiltIns: this.builtIns,
      pages: (vhost, holds) => this.pages.get(treeId(vhost, holds)) ?? 1,
      queues,
    };
    const children = await this.loader.children(node, session, options);
    for (const child of children) {
      const below = this.branches.get(child.id)?.children;
      if (child.kind === 'vhost' && below !== undefined) child.row = openVhostRow(child, below, this.words);
    }
    return children;
  }

  private trouble(node: TreeNode, thrown: unknown): TreeNode {
    const failure = asFailure(thrown);
    this.log.warn(failure.message, failure.more.detail);
    return this.loader.note(node, failure.message, 'error', failure.more.advice);
  }

  private async refreshBranch(branch: Branch): Promise<void> {
    const { node } = branch;
    let fresh: TreeNode[];
    try {
      fresh = await this.load(node, branch.queues);
    } catch (thrown) {
      // What was read stays; the connection's own row says that it is out of date.
      this.log.debug(`A refresh failed: ${asFailure(thrown).message}`);
      return;
    }
    // Collapsed or reloaded meanwhile: what was read is for nobody.
    if (this.branches.get(node.id) !== branch) return;
    const { nodes, restructured, changed } = mergeNodes(branch.children, fresh, node);
    branch.children = nodes;
    if (restructured) this.changes.fire(node);
    else if (changed.length > 0) this.changes.fire([...changed]);
  }

  private isOnScreen(node: TreeNode): boolean {
    for (let above = node.parent; above !== undefined; above = above.parent) {
      if (above.kind !== 'folder' && !this.branches.has(above.id)) return false;
    }
    return true;
  }

  private sessionChanged(session: BrokerSession): void {
    const { profile, state } = session;
    // A lost connection that is being tried again keeps what is on screen.
    if (state.status !== 'reconnecting') {
      for (const [id, { node }] of [...this.branches]) {
        if (node.profileId === profile.id) this.branches.delete(id);
      }
    }
    if (!isOpen(state)) this.pages.clear();
    const shown = this.connections.find((node) => node.profileId === profile.id);
    this.roots();
    this.changes.fire(shown);
  }
}
