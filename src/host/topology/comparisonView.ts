import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Wording } from '../../core/topology/treeModel';
import type { ComparedObject, TopologyRequests } from '../../protocol/topologyService';
import type { ReadOnlyDocuments, ReadOnlyText } from '../panels/readOnlyDocuments';
import type { TreeRow } from '../tree/treeNode';
import { withCancel } from '../withCancel';
import { comparisonNodes, comparisonSummary } from './comparisonNodes';
import type { NotSeen, ShownComparison } from './comparisonNodes';
import { revealRange } from './revealRange';
import { moreContext } from './resultNode';
import type { ResultNode } from './resultNode';
import { ResultTree } from './resultTree';
import type { ReadTopology, TopologySide, TopologySides } from './topologySide';

/** Asks the language server. */
export type AskTopology = <K extends keyof TopologyRequests>(
  name: K,
  params: TopologyRequests[K]['params'],
  token?: vscode.CancellationToken,
) => Promise<TopologyRequests[K]['result']>;

interface Compared extends Pick<ShownComparison, 'comparison' | 'left' | 'right' | 'notSeen'> {
  readonly leftSide: TopologySide;
  readonly rightSide: TopologySide;
}

const shownKey = 'amqp.comparisonShown';
const sameKey = 'amqp.identicalShown';

/** The view "Topology Comparison": there while there is a comparison, which is made anew only when asked for. */
export class ComparisonView implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly tree: ResultTree;
  private readonly view: vscode.TreeView<ResultNode>;
  private current: Compared | undefined;
  private showSame = false;

  constructor(
    private readonly sides: TopologySides,
    private readonly ask: AskTopology,
    private readonly documents: ReadOnlyDocuments,
    private readonly words: Wording,
  ) {
    this.tree = this.subscriptions.add(new ResultTree('amqp.openDifference', words));
    this.view = this.subscriptions.add(
      vscode.window.createTreeView('amqp.comparison', {
        treeDataProvider: this.tree,
        showCollapseAll: true,
      }),
    );
    void this.setContexts();
  }

  /** Reads both sides, compares them, and shows the result. What was shown stays when that fails. */
  async compare(leftSide: TopologySide, rightSide: TopologySide): Promise<void> {
    const [left, right] = [this.sides.name(leftSide), this.sides.name(rightSide)];
    const title = vscode.l10n.t('Comparing {0} with {1}', left, right);
    const made = await withCancel(title, async (_signal, _report, token) => {
      const [leftRead, rightRead] = [
        await this.sides.read(leftSide, token),
        await this.sides.read(rightSide, token),
      ];
      if (leftRead === undefined || rightRead === undefined) return undefined;
      const vhost = vhostOf(leftSide) ?? vhostOf(rightSide);
      const comparison = await this.ask(
        'compare',
        { left: leftRead.topology, right: rightRead.topology, ...(vhost === undefined ? {} : { vhost }) },
        token,
      );
      return { comparison, notSeen: [...notSeen(left, leftRead), ...notSeen(right, rightRead)] };
    });
    if (made === undefined) return;
    this.current = {
      ...made,
      leftSide,
      rightSide,
      left: { name: left, isFile: leftSide.kind === 'file' },
      right: { name: right, isFile: rightSide.kind === 'file' },
    };
    await this.setContexts();
    this.draw();
    await vscode.commands.executeCommand('amqp.comparison.focus');
  }

  async refresh(): Promise<void> {
    if (this.current !== undefined) await this.compare(this.current.leftSide, this.current.rightSide);
  }

  async swap(): Promise<void> {
    if (this.current !== undefined) await this.compare(this.current.rightSide, this.current.leftSide);
  }

  async setSame(shown: boolean): Promise<void> {
    this.showSame = shown;
    await this.setContexts();
    this.draw();
  }

  async close(): Promise<void> {
    this.current = undefined;
    this.tree.show([]);
    await this.setContexts();
  }

  /** The JSON of both sides in the diff editor; an object that is the same on both is shown once. */
  async open(): Promise<void> {
    const [node] = this.view.selection;
    if (node?.row().context === moreContext && node.parent !== undefined) this.tree.showMore(node.parent);
    const object = this.objectOf(node);
    if (object === undefined || this.current === undefined) return;
    const { left, right } = this.current;
    const of = (side: string, text: string | undefined): ReadOnlyText => ({
      name: `${object.label} (${side})`,
      text: text ?? '',
      extension: 'json',
    });
    if (object.state === 'same') await this.documents.open(of(left.name, object.left ?? object.right));
    else {
      const title = `${object.label} (${left.name} ↔ ${right.name})`;
      await this.documents.compare(of(left.name, object.left), of(right.name, object.right), title);
    }
  }

  async reveal(given: ResultNode | undefined): Promise<void> {
    const object = this.objectOf(given ?? this.view.selection[0]);
    if (object === undefined || this.current === undefined) return;
    const { leftSide, rightSide } = this.current;
    if (leftSide.kind === 'file' && object.leftRange !== undefined) {
      await revealRange(leftSide.uri, object.leftRange);
    } else if (rightSide.kind === 'file' && object.rightRange !== undefined) {
      await revealRange(rightSide.uri, object.rightRange);
    }
  }

  async copy(given: ResultNode | undefined): Promise<void> {
    const object = this.objectOf(given ?? this.view.selection[0]);
    const text = object?.left ?? object?.right;
    if (text !== undefined) await vscode.env.clipboard.writeText(text);
  }

  /** For whoever looks on: the rows below the labels of `path`. */
  rows(path: readonly string[]): readonly TreeRow[] {
    return this.tree.rows(path);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private objectOf(node: ResultNode | undefined): ComparedObject | undefined {
    const [index] = node?.children === undefined ? (node?.objects ?? []) : [];
    return index === undefined ? undefined : this.current?.comparison.objects[index];
  }

  private draw(): void {
    if (this.current === undefined) return;
    const shown = { ...this.current, showSame: this.showSame };
    const sides = `${shown.left.name} ↔ ${shown.right.name}`;
    this.view.description = sides;
    // Again: where the sidebar is narrow the title has no room for it.
    this.view.message = `${sides}. ${comparisonSummary(shown, this.words)}`;
    this.tree.show(comparisonNodes(shown, this.words));
  }

  private async setContexts(): Promise<void> {
    await vscode.commands.executeCommand('setContext', shownKey, this.current !== undefined);
    await vscode.commands.executeCommand('setContext', sameKey, this.showSame);
  }
}

function notSeen(side: string, { missing }: ReadTopology): NotSeen[] {
  return missing.map(({ section, why }) => ({ section, why, side }));
}

function vhostOf(side: TopologySide): string | undefined {
  return side.kind === 'broker' ? side.vhost : undefined;
}
