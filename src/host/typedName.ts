import * as vscode from 'vscode';
import type { Profile } from '../core/broker/profile';

/** Has the name of a production connection typed before something is done to it. */
export async function typedName({ name }: Profile, title: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('"{0}" is marked as production. Type its name to go on.', name),
    ignoreFocusOut: true,
    validateInput: (input) =>
      input === name ? undefined : vscode.l10n.t('This is not the name of the connection.'),
  });
  return typed === name;
}
