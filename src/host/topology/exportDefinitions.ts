import * as vscode from 'vscode';
import type { BrokerDefinitions } from '../../protocol/definitionsTransfer';
import type { Wording } from '../../core/topology/treeModel';
import { withoutLinks } from '../messages';
import { suggestedPath } from '../localFiles';
import { withCancel } from '../withCancel';
import { sectionTitle } from './sectionWords';
import { isAdministrator } from './topologySide';
import type { BrokerSide, TopologySides } from './topologySide';

/** Notes about an export that fit into a message. */
const mostNotes = 3;

/** Asks where to, writes what the broker holds, opens it, and says what is not in it. */
export async function exportDefinitions(
  side: BrokerSide,
  sides: TopologySides,
  words: Wording,
): Promise<void> {
  const session = await sides.session(side);
  if (session === undefined) return;
  const { vhost } = side;
  // A virtual host's file has no users, so there is nothing to ask.
  const passwordHashes = vhost === undefined && isAdministrator(session) ? await askHashes() : false;
  if (passwordHashes === undefined) return;
  const name = vhost === undefined ? session.profile.name : `${session.profile.name}.${vhost}`;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Definitions of {0}', sides.name(side)),
    filters: { JSON: ['json'] },
    defaultUri: vscode.Uri.file(suggestedPath(name, 'definitions.json')),
  });
  if (uri === undefined) return;
  const exported = await withCancel(
    vscode.l10n.t('Reading the definitions of {0}', sides.name(side)),
    (signal) =>
      session.client.request(
        'exportDefinitions',
        { ...(vhost === undefined ? {} : { vhost }), passwordHashes },
        signal,
      ),
  );
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(exported.text));
  await vscode.window.showTextDocument(uri, { preview: false });
  tell(exported, uri, words);
}

async function askHashes(): Promise<boolean | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Without Password Hashes'),
        description: vscode.l10n.t('a file that can be kept with the source'),
        hashes: false,
      },
      {
        label: vscode.l10n.t('With Password Hashes'),
        description: vscode.l10n.t('to take the users along to another broker; keep the file to yourself'),
        hashes: true,
      },
    ],
    { title: vscode.l10n.t('Export Definitions: Users') },
  );
  return choice?.hashes;
}

function tell({ objects, missing, notes }: BrokerDefinitions, uri: vscode.Uri, words: Wording): void {
  const file = uri.path.split('/').pop() ?? '';
  const parts = [
    objects === 1
      ? vscode.l10n.t('1 object written to {0}.', file)
      : vscode.l10n.t('{0} objects written to {1}.', words.number(objects), file),
  ];
  if (missing.length > 0) {
    const gaps = missing.map(({ section, why }) => `${sectionTitle(section, words)}: ${why}`);
    parts.push(vscode.l10n.t('Not in it: {0}', gaps.join(' ')));
  }
  parts.push(...notes.slice(0, mostNotes));
  const rest = notes.length - mostNotes;
  if (rest > 0) parts.push(vscode.l10n.t('And {0} more.', words.number(rest)));
  const show = parts.length > 1 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(withoutLinks(parts.join(' ')));
}
