import * as vscode from 'vscode';
import { asFailure } from '../../core/base/failure';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import { treeId } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { ProfileStore } from '../profiles/profileStore';
import type { StoredProfile } from '../profiles/profileMerge';
import { isOpen } from '../brokers/sessionState';
import { connectionRow } from './connectionRow';
import type { LoadOptions, TreeLoader } from './treeLoader';
import { toTreeItem } from './treeItem';
import { fingerprint } from './treeNode';
import type { ConnectionNode, MoreNode, TreeNode } from './treeNode';

/**
 * What the Brokers view shows. A branch is loaded when the view asks for it and kept until it is collapsed; a
 * refresh loads the kept ones again and redraws only where a row looks different, so that nothing flickers.
 */
export class BrokersTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  private readonly changes = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly subscriptions = new DisposableStore();
  /** Children by the id of their parent. */
  private readonly branches = new Map<string, TreeNode[]>();
  /** The object that the view holds for an id: it knows nodes by object, we by id. */
  private readonly shown = new Map<string, TreeNode>();
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
    const children = node === undefined ? this.connections() : await this.childrenOf(node);
    for (const child of children) this.shown.set(child.id, child);
    return children;
  }

  /** What is below a node right now, for somebody who is not the view: nothing of it is kept. */
  read(node?: TreeNode): Promise<TreeNode[]> {
    return node === undefined ? Promise.resolve(this.connections()) : this.load(node);
  }

  /** The row of a connection, for revealing it. */
  connection(profileId: string): ConnectionNode | undefined {
    return this.connections().find((node) => node.profileId === profileId);
  }

  setBuiltIns(shown: boolean): void {
    this.builtIns = shown;
    this.reload();
  }

  showMore({ parent, holds }: MoreNode): Promise<void> {
    const vhost = parent?.parent;
    if (vhost === undefined) return Promise.resolve();
    const key = treeId(vhost.id, holds);
    this.pages.set(key, (this.pages.get(key) ?? 1) + 1);
    return this.refreshBranch(vhost);
  }

  /** Forgets a branch that is collapsed, and with it everything below. */
  collapsed(node: TreeNode): void {
    if (node.kind !== 'folder') this.branches.delete(node.id);
  }

  /** Loads everything anew. */
  reload(): void {
    this.branches.clear();
    this.shown.clear();
    this.changes.fire(undefined);
  }

  /** Loads what is open again, one branch after the other; a second call meanwhile does nothing. */
  async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      for (const id of [...this.branches.keys()]) {
        const node = this.shown.get(id);
        if (node !== undefined && this.isOnScreen(node)) await this.refreshBranch(node);
      }
    } finally {
      this.refreshing = false;
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changes.dispose();
  }

  private connections(): ConnectionNode[] {
    return this.profiles.all().map((stored) => this.connectionNode(stored));
  }

  private connectionNode(stored: StoredProfile): ConnectionNode {
    const { profile } = stored;
    const row = connectionRow(stored, this.sessions.of(profile).state, this.words);
    return { kind: 'connection', id: treeId('connection', profile.id), profileId: profile.id, row };
  }

  private async childrenOf(node: TreeNode): Promise<TreeNode[]> {
    if (node.kind === 'folder') return node.children;
    const known = this.branches.get(node.id);
    if (known !== undefined) return known;
    try {
      const children = await this.load(node);
      this.branches.set(node.id, children);
      return children;
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.log.warn(failure.message, failure.more.detail);
      // Kept as a branch, so that the next refresh tries again.
      const note = [this.loader.note(node, failure.message, 'error', failure.more.advice)];
      this.branches.set(node.id, note);
      return note;
    }
  }

  private load(node: TreeNode): Promise<TreeNode[]> {
    const session = this.sessions.byId(node.profileId);
    if (!isOpen(session.state)) return Promise.resolve([]);
    const options: LoadOptions = {
      showBuiltIns: this.builtIns,
      pages: (vhost, holds) => this.pages.get(treeId(vhost, holds)) ?? 1,
    };
    return this.loader.children(node, session, options);
  }

  private async refreshBranch(node: TreeNode): Promise<void> {
    const before = this.branches.get(node.id);
    let after: TreeNode[];
    try {
      after = await this.load(node);
    } catch (thrown) {
      // What was read stays; the connection's own row says that it is out of date.
      this.log.debug(`A refresh failed: ${asFailure(thrown).message}`);
      return;
    }
    // Collapsed or reloaded meanwhile: what was read is for nobody.
    if (before === undefined || this.branches.get(node.id) !== before) return;
    if (fingerprint(before) === fingerprint(after)) return;
    this.branches.set(node.id, after);
    this.changes.fire(this.shown.get(node.id));
  }

  private isOnScreen(node: TreeNode): boolean {
    for (let above = node.parent; above !== undefined; above = above.parent) {
      if (above.kind !== 'folder' && !this.branches.has(above.id)) return false;
    }
    return true;
  }

  private sessionChanged(session: BrokerSession): void {
    // A lost connection that is being tried again keeps what is on screen.
    if (session.state.status !== 'reconnecting') {
      for (const key of this.branches.keys()) {
        if (this.shown.get(key)?.profileId === session.profile.id) this.branches.delete(key);
      }
    }
    if (!isOpen(session.state)) this.pages.clear();
    // A connection's row is made anew from its state, and the view takes rows only from its parent's children.
    this.changes.fire(undefined);
  }
}
