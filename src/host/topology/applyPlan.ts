import * as vscode from 'vscode';
import { Failure, asFailure } from '../../core/base/failure';
import type { Wording } from '../../core/topology/treeModel';
import { withoutLinks } from '../messages';
import { typedName } from '../typedName';
import { applyDetails, applyResult, applyVerb, objectsWords } from './applyWords';
import type { Told } from './applyWords';
import type { KeptUndos } from './keptUndos';
import type { PlanView } from './planView';
import type { TopologySides } from './topologySide';
import { demandWritable, transfer } from './transfer';
import { undoEntries } from './undoEntries';
import { brokerAddress } from './undoImport';

export interface ApplyDeps {
  readonly view: PlanView;
  readonly sides: TopologySides;
  readonly undos: KeptUndos;
  readonly words: Wording;
}

/** Apply Selected: asks, makes what is ticked one after the other, keeps an undo file, and reports each object. */
export async function applyPlan({ view, sides, undos, words }: ApplyDeps): Promise<void> {
  const planned = view.planned;
  if (planned === undefined || planned.outcomes !== undefined) return;
  const chosen = new Set(planned.selection.selected());
  const steps = planned.plan.steps.filter(({ id }) => chosen.has(id));
  if (steps.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is ticked.'));
    return;
  }
  const session = await sides.session(planned.broker);
  if (session === undefined) return;
  demandWritable(session);
  const [file, broker] = [sides.name(planned.file), sides.name(planned.broker)];
  const objects = objectsWords(steps.length, words);
  const question = vscode.l10n.t('Apply {0} of {1} to {2}?', objects, file, broker);
  const verb = applyVerb(steps, words);
  const detail = applyDetails(steps, words);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) return;
  const isProduction = session.profile.environment === 'production';
  if (isProduction && !(await typedName(session.profile, vscode.l10n.t('Import into Production')))) return;
  const items = steps.map(({ id, section, vhost, json }) => ({ id, section, vhost, json }));
  const title = vscode.l10n.t('Importing {0} into {1}', objects, broker);
  const params = { items, stopAtRefusal: true };
  const result = await transfer(session, 'createDefinitions', params, title, words);
  const told = applyResult(steps, result, words);
  await view.report(planned, [...chosen], result.outcomes, told.text);
  const undo = {
    connection: session.profile.name,
    broker: brokerAddress(session.profile),
    time: new Date().toISOString(),
    ...undoEntries(steps, result.outcomes),
  };
  const kept = await undos.keep(undo).catch((thrown: unknown) => asFailure(thrown));
  await tell(told, kept);
}

async function tell({ text, wentWell }: Told, kept: vscode.Uri | undefined | Failure): Promise<void> {
  if (kept === undefined || kept instanceof Failure) {
    const lost = kept === undefined ? [] : [vscode.l10n.t('The undo file could not be written.')];
    const show =
      wentWell && kept === undefined
        ? vscode.window.showInformationMessage
        : vscode.window.showWarningMessage;
    await show(withoutLinks([text, ...lost].join(' ')));
    return;
  }
  const undo = vscode.l10n.t('Undo Import...');
  const open = vscode.l10n.t('Open Undo File');
  const save = vscode.l10n.t('Save Undo File...');
  const said = withoutLinks(`${text} ${vscode.l10n.t('An undo file is kept.')}`);
  const show = wentWell ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const answer = await show(said, undo, open, save);
  if (answer === undo) await vscode.commands.executeCommand('amqp.undoImport', kept);
  if (answer === open) await vscode.window.showTextDocument(kept, { preview: false });
  if (answer === save) await saveCopy(kept);
}

async function saveCopy(kept: vscode.Uri): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Undo File'),
    filters: { JSON: ['json'] },
  });
  if (target !== undefined) await vscode.workspace.fs.copy(kept, target, { overwrite: true });
}
