import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { DefinitionsItem, ItemOutcome } from '../../protocol/definitionsTransfer';
import type { TopologyTarget } from '../commands/commandTable';
import { withoutIcons, withoutLinks } from '../messages';
import type { ProfileStore } from '../profiles/profileStore';
import { typedName } from '../typedName';
import type { KeptUndo, KeptUndos } from './keptUndos';
import type { PlanView } from './planView';
import type { TopologyQuestions } from './questions';
import type { BrokerSide, TopologySides } from './topologySide';
import { demandWritable, transfer } from './transfer';
import type { UndoDocument, UndoItem } from './undoDocument';
import { undoDetails, undoNodes, undoResult, undoVerb } from './undoNodes';

export interface UndoDeps {
  readonly view: PlanView;
  readonly sides: TopologySides;
  readonly undos: KeptUndos;
  readonly questions: TopologyQuestions;
  readonly profiles: ProfileStore;
  readonly words: Wording;
}

/** Undo Import: asks which, says what it removes and restores, does it, and reports each object. */
export async function undoImport(target: TopologyTarget, deps: UndoDeps): Promise<void> {
  const { view, sides, undos, words } = deps;
  const kept = await which(target, deps);
  if (kept === undefined) return;
  const { undo } = kept;
  const side = await brokerOf(undo, deps);
  if (side === undefined) return;
  const session = await sides.session(side);
  if (session === undefined) return;
  demandWritable(session);
  const broker = sides.name(side);
  const question = vscode.l10n.t('Undo the import of {0} into {1}?', visibleName(undo.file, words), broker);
  const verb = undoVerb(undo, words);
  const detail = undoDetails(undo, words);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) return;
  const isProduction = session.profile.environment === 'production';
  if (isProduction && !(await typedName(session.profile, vscode.l10n.t('Undo on Production')))) return;
  const title = vscode.l10n.t('Undoing the import of {0}', visibleName(undo.file, words));
  const run = async (
    request: 'createDefinitions' | 'removeDefinitions',
    items: readonly DefinitionsItem[],
  ): Promise<ReadonlyMap<number, ItemOutcome>> => {
    if (items.length === 0) return new Map();
    const result = await transfer(session, request, { items, stopAtRefusal: false }, title, words);
    return new Map(result.outcomes.map((outcome) => [outcome.id, outcome]));
  };
  // What was made last goes first: bindings before their queues.
  const removed = await run('removeDefinitions', undo.made.map(asItem).reverse());
  const restored = await run('createDefinitions', undo.replaced.map(asItem));
  const outcomes = { removed, restored };
  const { text, wentWell } = undoResult(undo, outcomes, words);
  await view.showReport(
    undoNodes(undo, outcomes, words),
    `${visibleName(undo.file, words)} ← ${broker}`,
    text,
  );
  if (wentWell) await undos.forget(kept);
  const show = wentWell ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(withoutLinks(text));
}

function asItem({ section, vhost, json }: UndoItem, id: number): DefinitionsItem {
  return { id, section, vhost, json };
}

async function which(target: TopologyTarget, { undos, words }: UndoDeps): Promise<KeptUndo | undefined> {
  if (typeof target === 'object' && target.kind === 'file') return read(vscode.Uri.parse(target.uri), undos);
  const kept = await undos.all();
  const items = kept.map((one) => ({
    label: withoutIcons(
      `${visibleName(one.undo.file, words)} → ${visibleName(one.undo.connection.name, words)}`,
    ),
    description: new Date(one.undo.at).toLocaleString(vscode.env.language),
    detail: withoutIcons(undoDetails(one.undo, words).replaceAll('\n', ' ')),
    one: one,
  }));
  const other = { label: vscode.l10n.t('From a File...'), description: '', detail: '', one: undefined };
  const choice = await vscode.window.showQuickPick([...items, other], {
    title: vscode.l10n.t('Undo Import'),
    placeHolder: vscode.l10n.t('Which import?'),
    matchOnDescription: true,
  });
  if (choice?.one !== undefined || choice === undefined) return choice?.one;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Undo Import'),
      openLabel: vscode.l10n.t('Choose'),
      canSelectMany: false,
      filters: { JSON: ['json'] },
    })) ?? [];
  return uri === undefined ? undefined : read(uri, undos);
}

async function read(uri: vscode.Uri, undos: KeptUndos): Promise<KeptUndo> {
  const kept = await undos.read(uri);
  if (kept !== undefined) return kept;
  throw new Failure('badInput', vscode.l10n.t('This is not the undo file of an import.'));
}

/** The connection it was applied to, where that still leads to the same place; else the user says which. */
async function brokerOf(
  { connection }: UndoDocument,
  { profiles, questions }: UndoDeps,
): Promise<BrokerSide | undefined> {
  const profile = profiles.find(connection.id)?.profile;
  if (profile !== undefined && profile.host === connection.host && profile.port === connection.port) {
    return { kind: 'broker', profileId: profile.id };
  }
  const title = vscode.l10n.t('Undo Import: The connection it was applied to is gone');
  return questions.broker(undefined, title, 'whole');
}
