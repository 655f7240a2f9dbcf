import * as vscode from 'vscode';

/** Opens a definitions file at the queue of that name, where its outline knows one; else at its beginning. */
export async function revealName(uri: string, name: string): Promise<void> {
  const file = vscode.Uri.parse(uri);
  const editor = await vscode.window.showTextDocument(file, { preview: true });
  const found: unknown = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', file);
  const symbol = Array.isArray(found) ? find(found as vscode.DocumentSymbol[], name, false) : undefined;
  if (symbol === undefined) return;
  editor.selection = new vscode.Selection(symbol.selectionRange.start, symbol.selectionRange.end);
  editor.revealRange(symbol.selectionRange, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Queues stand below a symbol "queues": a binding or an exchange of the same name is passed over. */
function find(
  symbols: readonly vscode.DocumentSymbol[],
  name: string,
  inQueues: boolean,
): vscode.DocumentSymbol | undefined {
  for (const symbol of symbols) {
    if (inQueues && symbol.name === name) return symbol;
    const below = find(symbol.children, name, inQueues || symbol.name === 'queues');
    if (below !== undefined) return below;
  }
  return undefined;
}
