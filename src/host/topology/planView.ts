import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { seriesOfVersion } from '../../core/topology/seriesOfVersion';
import type { Wording } from '../../core/topology/treeModel';
import type { ItemOutcome } from '../../protocol/definitionsTransfer';
import type { ImportPlan, PlanStep } from '../../protocol/topologyService';
import type { ReadOnlyDocuments } from '../panels/readOnlyDocuments';
import type { TreeRow } from '../tree/treeNode';
import { withCancel } from '../withCancel';
import type { AskTopology } from './comparisonView';
import { planNodes, planSummary } from './planNodes';
import { PlanSelection } from './planSelection';
import { revealRange } from './revealRange';
import { moreContext } from './resultNode';
import type { ResultNode } from './resultNode';
import { ResultTree } from './resultTree';
import type { BrokerSide, FileSide, TopologySides } from './topologySide';

/** A plan, what of it is ticked, and what became of it. */
export interface Planned {
  readonly file: FileSide;
  readonly broker: BrokerSide;
  readonly plan: ImportPlan;
  readonly selection: PlanSelection;
  readonly outcomes?: ReadonlyMap<number, ItemOutcome>;
  readonly tried?: ReadonlySet<number>;
}

const shownKey = 'amqp.importPlanShown';
/** There is a plan, not the report of an undo. */
const plannedKey = 'amqp.importPlanned';
/** It was not applied yet. */
const openKey = 'amqp.importPlanOpen';

/** The view "Import Plan": what an import would do, ticked by ticked, and after an apply what became of it. */
export class PlanView implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly tree: ResultTree;
  private readonly view: vscode.TreeView<ResultNode>;
  private current: Planned | undefined;

  constructor(
    private readonly sides: TopologySides,
    private readonly ask: AskTopology,
    private readonly documents: ReadOnlyDocuments,
    private readonly words: Wording,
  ) {
    this.tree = this.subscriptions.add(new ResultTree('amqp.openStep', words));
    this.view = this.subscriptions.add(
      vscode.window.createTreeView('amqp.importPlan', {
        treeDataProvider: this.tree,
        showCollapseAll: true,
        manageCheckboxStateManually: true,
      }),
    );
    this.subscriptions.add(this.view.onDidChangeCheckboxState(({ items }) => this.ticked(items)));
    void this.setContexts();
  }

  get planned(): Planned | undefined {
    return this.current;
  }

  /** Reads what the broker has, works out the plan, and shows it. What was shown stays when that fails. */
  async plan(file: FileSide, broker: BrokerSide): Promise<void> {
    const [fileName, brokerName] = [this.sides.name(file), this.sides.name(broker)];
    const title = vscode.l10n.t('Planning the import of {0} into {1}', fileName, brokerName);
    const plan = await withCancel(title, async (_signal, _report, token) => {
      const [text, has] = [await this.sides.read(file, token), await this.sides.read(broker, token)];
      if (text === undefined || has === undefined) return undefined;
      const params = {
        file: text.topology,
        broker: has.topology,
        missing: has.missing.map(({ section }) => section),
        target: seriesOfVersion(has.version) ?? '4.3',
        ...(broker.vhost === undefined ? {} : { vhost: broker.vhost }),
      };
      return await this.ask('plan', params, token);
    });
    if (plan === undefined) return;
    const selection = new PlanSelection(plan.steps);
    // What nobody knows to be there might be written over: that is for the user to say.
    selection.tick(plan.steps.filter(({ action }) => action !== 'unknown').map(({ id }) => id));
    await this.show({ file, broker, plan, selection });
    await vscode.commands.executeCommand('amqp.importPlan.focus');
  }

  async refresh(): Promise<void> {
    if (this.current !== undefined) await this.plan(this.current.file, this.current.broker);
  }

  /** What became of the ticked steps; nothing can be ticked after that until it is planned anew. */
  async report(
    planned: Planned,
    tried: readonly number[],
    outcomes: readonly ItemOutcome[],
    result: string,
  ): Promise<void> {
    if (this.current !== planned) return;
    const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    await this.show({ ...planned, tried: new Set(tried), outcomes: byId }, result);
  }

  /** What became of an undo, in the place of the plan. */
  async showReport(nodes: readonly ResultNode[], description: string, message: string): Promise<void> {
    this.current = undefined;
    this.view.description = description;
    this.view.message = message;
    this.tree.show(nodes);
    await this.setContexts(true);
    await vscode.commands.executeCommand('amqp.importPlan.focus');
  }

  select(all: boolean): void {
    const planned = this.current;
    if (planned === undefined || planned.outcomes !== undefined) return;
    if (all) planned.selection.tickAll();
    else planned.selection.untickAll();
    this.tree.redraw();
  }

  async openFile(): Promise<void> {
    if (this.current === undefined) return;
    await vscode.window.showTextDocument(vscode.Uri.parse(this.current.file.uri), { preview: false });
  }

  async close(): Promise<void> {
    this.current = undefined;
    this.tree.show([]);
    await this.setContexts();
  }

  /** What the broker has and what the file says, in the diff editor; one text where there is only one. */
  async open(): Promise<void> {
    const [node] = this.view.selection;
    if (node?.row().context === moreContext && node.parent !== undefined) this.tree.showMore(node.parent);
    const step = this.stepOf(node);
    if (step === undefined || this.current === undefined) return;
    const [broker, file] = [this.sides.name(this.current.broker), this.sides.name(this.current.file)];
    const text = (side: string, json: string): { name: string; text: string; extension: string } => ({
      name: `${step.label} (${side})`,
      text: json,
      extension: 'json',
    });
    if (step.before === undefined) await this.documents.open(text(file, step.after));
    else {
      const title = `${step.label} (${broker} ↔ ${file})`;
      await this.documents.compare(text(broker, step.before), text(file, step.after), title);
    }
  }

  async reveal(given: ResultNode | undefined): Promise<void> {
    const step = this.stepOf(given ?? this.view.selection[0]);
    if (step !== undefined && this.current !== undefined)
      await revealRange(this.current.file.uri, step.range);
  }

  async copy(given: ResultNode | undefined): Promise<void> {
    const step = this.stepOf(given ?? this.view.selection[0]);
    if (step !== undefined) await vscode.env.clipboard.writeText(step.json);
  }

  /** For whoever looks on: the rows below the labels of `path`. */
  rows(path: readonly string[]): readonly TreeRow[] {
    return this.tree.rows(path);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private ticked(items: readonly (readonly [ResultNode, vscode.TreeItemCheckboxState])[]): void {
    const planned = this.current;
    if (planned === undefined) return;
    for (const [node, state] of items) {
      if (state === vscode.TreeItemCheckboxState.Checked) planned.selection.tick(node.objects);
      else planned.selection.untick(node.objects);
    }
    // All rows: a tick takes others along, and shows in the groups above.
    this.tree.redraw();
  }

  private stepOf(node: ResultNode | undefined): PlanStep | undefined {
    const [id] = node?.children === undefined ? (node?.objects ?? []) : [];
    return id === undefined ? undefined : this.current?.plan.steps.find((step) => step.id === id);
  }

  private async show(planned: Planned, result?: string): Promise<void> {
    this.current = planned;
    const sides = `${this.sides.name(planned.file)} → ${this.sides.name(planned.broker)}`;
    this.view.description = sides;
    // Again: where the sidebar is narrow the title has no room for it.
    this.view.message = `${sides}. ${result ?? planSummary(planned, this.words)}`;
    this.tree.show(planNodes(planned, this.words));
    await this.setContexts();
  }

  private async setContexts(reports = false): Promise<void> {
    await vscode.commands.executeCommand('setContext', shownKey, reports || this.current !== undefined);
    await vscode.commands.executeCommand('setContext', plannedKey, this.current !== undefined);
    const open = this.current !== undefined && this.current.outcomes === undefined;
    await vscode.commands.executeCommand('setContext', openKey, open);
  }
}
