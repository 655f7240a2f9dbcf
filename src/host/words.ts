import * as vscode from 'vscode';
import type { Wording } from '../core/topology/treeModel';

/** The editor's translations and number format, for the pure functions that make the tree's texts. */
export function editorWords(): Wording {
  const format = new Intl.NumberFormat(vscode.env.language);
  return {
    t: (message, ...args) => vscode.l10n.t(message, ...args),
    number: (value) => format.format(value),
  };
}
