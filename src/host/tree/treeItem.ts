import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandTable';
import type { TreeRow } from './treeNode';

/**
 * A row as its view wants it. Labels and tooltips are strings, never markdown: names come from strangers.
 * `open` runs the command of a row: it reads the selection of the view.
 */
export function toTreeItem(
  { id, row }: { readonly id: string; readonly row: TreeRow },
  open: CommandId = 'amqp.openRow',
): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible(row));
  item.id = id;
  item.contextValue = row.context;
  item.tooltip = row.tooltip ?? row.label;
  if (row.description !== undefined) item.description = row.description;
  if (row.icon !== undefined) {
    const color = row.color === undefined ? undefined : new vscode.ThemeColor(row.color);
    item.iconPath = new vscode.ThemeIcon(row.icon, color);
  }
  if (row.checked !== undefined) {
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    item.checkboxState = row.checked ? Checked : Unchecked;
  }
  if (row.command !== undefined) {
    // Without arguments: VS Code drops those of a row that is redrawn, and a second click would then name an unknown command.
    item.command = { command: open, title: row.label };
  }
  return item;
}

function collapsible({ expandable, expanded }: TreeRow): vscode.TreeItemCollapsibleState {
  if (!expandable) return vscode.TreeItemCollapsibleState.None;
  return expanded === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}
