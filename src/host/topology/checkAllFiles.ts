import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { CheckedFiles } from '../../protocol/topologyService';
import { withoutLinks } from '../messages';
import type { TopologyFiles } from '../topologyFiles';
import { localNumber } from '../words';
import { findTopologyFiles } from './findTopologyFiles';

/** Checks every topology file of the workspace, shows the Problems panel and says how much was found. */
export async function checkAllFiles(files: TopologyFiles): Promise<void> {
  if (vscode.workspace.workspaceFolders === undefined)
    throw new Failure('notFound', vscode.l10n.t('No folder is open.'), {
      advice: vscode.l10n.t('Open the folder with the topology files first.'),
    });
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Checking topology files'),
    cancellable: true,
  };
  const outcome = await vscode.window.withProgress(options, async (progress, token) => {
    const { uris, isCut } = await findTopologyFiles(token);
    const isCancelled = (): boolean => token.isCancellationRequested;
    if (isCancelled()) return undefined;
    let shown = 0;
    const listening = files.onNotice('checking', ({ done, total }) => {
      progress.report({ increment: ((done - shown) / total) * 100 });
      shown = done;
    });
    try {
      const checked = await files.request('checkFiles', { uris }, token);
      return { checked, isCut, isCancelled: isCancelled() };
    } finally {
      listening.dispose();
    }
  });
  if (!outcome) return;
  const { checked, isCut, isCancelled } = outcome;
  if (checked.errors + checked.others > 0)
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
  const sentences = [isCancelled ? vscode.l10n.t('Cancelled.') : undefined, counts(checked)];
  if (isCut)
    sentences.push(
      vscode.l10n.t(
        'There are more JSON or YAML files than were looked at: name those that matter in "{0}".',
        patternsSetting,
      ),
    );
  const [problem, ...more] = checked.problems;
  if (problem !== undefined) {
    sentences.push(problem);
    if (more.length > 0) sentences.push(vscode.l10n.t('Others could not be checked: {0}', more.length));
  }
  const text = withoutLinks(sentences.filter((sentence) => sentence !== undefined).join(' '));
  const isFine = problem === undefined && !isCut;
  void (isFine ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
}

const patternsSetting = 'amqp.topologyFiles.patterns';

function counts({ files, errors, others }: CheckedFiles): string {
  if (files === 0) return vscode.l10n.t('No topology file was found.');
  const checked =
    files === 1
      ? vscode.l10n.t('1 topology file checked')
      : vscode.l10n.t('{0} topology files checked', localNumber(files));
  if (errors + others === 0) return vscode.l10n.t('{0}: nothing to report.', checked);
  const graver = errors === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', localNumber(errors));
  const lesser =
    others === 1
      ? vscode.l10n.t('1 warning or advice')
      : vscode.l10n.t('{0} warnings or advice', localNumber(others));
  return vscode.l10n.t('{0}: {1}, {2}.', checked, graver, lesser);
}
