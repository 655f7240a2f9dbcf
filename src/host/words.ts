import * as vscode from 'vscode';
import type { Wording } from '../core/topology/treeModel';

/** The editor's translations and number format, for the pure functions that make the tree's texts. */
export function editorWords(): Wording {
  return { t: (message, ...args) => vscode.l10n.t(message, ...args), number: localNumber };
}

/** A number as people of the editor's language write it: 1,204. */
export function localNumber(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
