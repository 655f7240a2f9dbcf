import * as vscode from 'vscode';
import type { TreeNode } from './treeNode';

/** A node as the view wants it. Labels and tooltips are strings, never markdown: names come from strangers. */
export function toTreeItem(node: TreeNode): vscode.TreeItem {
  const { row } = node;
  const item = new vscode.TreeItem(
    row.label,
    row.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = node.id;
  item.contextValue = row.context;
  item.tooltip = row.tooltip ?? row.label;
  if (row.description !== undefined) item.description = row.description;
  if (row.icon !== undefined) {
    const color = row.color === undefined ? undefined : new vscode.ThemeColor(row.color);
    item.iconPath = new vscode.ThemeIcon(row.icon, color);
  }
  if (row.command !== undefined) {
    // Without arguments: VS Code drops those of a row that is redrawn, and a second click would then name an unknown command.
    item.command = { command: 'amqp.openRow', title: row.label };
  }
  return item;
}
