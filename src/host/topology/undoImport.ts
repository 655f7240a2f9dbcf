import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import { undoItems } from '../../core/topology/undoFile';
import type { UndoItem, UndoRecord } from '../../core/topology/undoFile';
import type { Profile } from '../../core/broker/profile';
import type { TopologyTarget } from '../commands/commandTable';
import { withoutIcons, withoutLinks } from '../messages';
import type { ProfileStore } from '../profiles/profileStore';
import { typedName } from '../typedName';
import type { KeptUndo, KeptUndos } from './keptUndos';
import type { PlanView } from './planView';
import type { TopologyQuestions } from './questions';
import type { BrokerSide, TopologySides } from './topologySide';
import { demandWritable, transfer } from './transfer';
import { undoDetails, undoNodes, undoResult, undoVerb } from './undoNodes';
import type { UndoneEntry } from './undoNodes';

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
  const question = vscode.l10n.t('Undo the import into {0} of {1}?', broker, when(undo));
  const verb = undoVerb(undo, words);
  const detail = [undoDetails(undo, words), ...kept.problems].join('\n');
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) return;
  const isProduction = session.profile.environment === 'production';
  if (isProduction && !(await typedName(session.profile, vscode.l10n.t('Undo on Production')))) return;
  const title = vscode.l10n.t('Undoing the import into {0}', broker);
  const run = async (
    request: 'createDefinitions' | 'removeDefinitions',
    items: readonly UndoItem[],
  ): Promise<UndoneEntry[]> => {
    if (items.length === 0) return [];
    const { outcomes } = await transfer(session, request, { items, stopAtRefusal: false }, title, words);
    const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    return items.map((item) => {
      const outcome = byId.get(item.id);
      return outcome === undefined ? item : { ...item, outcome };
    });
  };
  const { remove, restore } = undoItems(undo);
  const undone = {
    removed: await run('removeDefinitions', remove),
    restored: await run('createDefinitions', restore),
  };
  const { text, wentWell } = undoResult(undone, words);
  await view.showReport(undoNodes(undone, words), vscode.l10n.t('Undo on {0}', broker), text);
  if (wentWell) await undos.forget(kept);
  const show = wentWell ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(withoutLinks(text));
}

/** Tells whether a connection leads to the broker that an import went to. No part of it is secret. */
export function brokerAddress({ kind, id, host, port }: Profile): string {
  // The demo broker lives in memory; its address is anybody's.
  if (kind === 'memory') return `memory:${id}`;
  return `${host}:${String(port)}`;
}

function when({ time }: UndoRecord): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : at.toLocaleString(vscode.env.language);
}

async function which(target: TopologyTarget, { undos, words }: UndoDeps): Promise<KeptUndo | undefined> {
  if (typeof target === 'object' && target.kind === 'file') return read(vscode.Uri.parse(target.uri), undos);
  const kept = await undos.all();
  const items = kept.map((one) => ({
    label: withoutIcons(visibleName(one.undo.connection, words)),
    description: withoutIcons(when(one.undo)),
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

/** The connection it was applied to, where one still leads there; else the user says which. */
async function brokerOf(
  undo: UndoRecord,
  { profiles, questions }: UndoDeps,
): Promise<BrokerSide | undefined> {
  const there = profiles.all().filter(({ profile }) => brokerAddress(profile) === undo.broker);
  const found = there.find(({ profile }) => profile.name === undo.connection) ?? there[0];
  if (found !== undefined) return { kind: 'broker', profileId: found.profile.id };
  const title = vscode.l10n.t('Undo Import: The connection it was applied to is gone');
  return questions.broker(undefined, title, 'whole');
}
