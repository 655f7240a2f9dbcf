import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { isDefinitionsFile } from '../topologyFiles';

const key = 'amqp.definitionsFileActive';

/** Tells menus whether the editor in front holds a definitions file, by name or by content. */
export function followDefinitionsEditors(): Disposable {
  const store = new DisposableStore();
  let said: boolean | undefined;
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const active = document !== undefined && isDefinitionsFile(document);
    if (active === said) return;
    said = active;
    void vscode.commands.executeCommand('setContext', key, active);
  };
  store.add(vscode.window.onDidChangeActiveTextEditor(look));
  store.add(
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document === vscode.window.activeTextEditor?.document) look();
    }),
  );
  // After activation, which awaits nothing.
  setImmediate(look);
  return store;
}
