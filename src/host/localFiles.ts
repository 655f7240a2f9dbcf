import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../core/base/failure';
import { withoutLinks } from './messages';

export type FileFormat = 'jsonl' | 'csv';

/** Asks where to write messages; `undefined` when the user changed their mind. Rejects for other file systems. */
export async function askTarget(
  title: string,
  source: string,
  format: FileFormat,
): Promise<string | undefined> {
  const filters =
    format === 'csv' ? { CSV: ['csv'] } : { [vscode.l10n.t('JSON Lines')]: ['jsonl', 'ndjson'] };
  const uri = await vscode.window.showSaveDialog({
    title,
    filters,
    defaultUri: vscode.Uri.file(path.join(usualFolder(), suggestedName(source, format, new Date()))),
  });
  return uri === undefined ? undefined : localPath(uri);
}

/** Asks for a recording or an export. */
export async function askRecording(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Replay a Recording or an Export'),
      openLabel: vscode.l10n.t('Replay'),
      canSelectMany: false,
      filters: {
        [vscode.l10n.t('JSON Lines')]: ['jsonl', 'ndjson'],
        [vscode.l10n.t('All Files')]: ['*'],
      },
      defaultUri: vscode.Uri.file(usualFolder()),
    })) ?? [];
  return uri === undefined ? undefined : localPath(uri);
}

/** Files are read and written by the process that talks to the broker, which knows no file systems of the editor. */
function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new Failure(
    'unsupported',
    vscode.l10n.t(
      'Only files of the machine that this extension runs on can be used, not "{0}:".',
      uri.scheme,
    ),
    { advice: vscode.l10n.t('Choose a file on its disk.') },
  );
}

/** Says that messages are in a file now, with buttons to open or to replay it. Does not wait for an answer. */
export function tellOfFile(message: string, file: string, more: { readonly problem?: string }): void {
  const open = vscode.l10n.t('Open');
  const replay = vscode.l10n.t('Replay...');
  const buttons = path.extname(file) === '.jsonl' ? [open, replay] : [open];
  const { problem } = more;
  const text = withoutLinks(problem === undefined ? message : `${message} ${problem}`);
  const show =
    problem === undefined ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(text, ...buttons).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    if (answer === replay) void vscode.commands.executeCommand('amqp.replay', file);
  });
}

function usualFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return folder?.uri.fsPath ?? homedir();
}

/** "orders.fulfilment-20261124-120405.jsonl", local time: sorts by itself and overwrites nothing. */
export function suggestedName(source: string, extension: string, at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(at.getFullYear())}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
  return `${fileWords(source) || 'messages'}-${day}-${time}.${extension}`;
}

/** Where a file named after a connection is expected: in the folder that is open. */
export function suggestedPath(source: string, extension: string): string {
  return path.join(usualFolder(), `${fileWords(source) || 'broker'}.${extension}`);
}

function fileWords(source: string): string {
  return source
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80);
}
