import * as vscode from 'vscode';
import type { TextRange } from '../../protocol/topologyService';

/** Opens a file with an entry of it selected and in sight. */
export async function revealRange(uri: string, { start, end }: TextRange): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection, preview: true });
}
