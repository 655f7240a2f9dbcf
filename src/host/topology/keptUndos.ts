import * as vscode from 'vscode';
import type { Log } from '../../core/base/log';
import { readUndoFile, writeUndoFile } from '../../core/topology/undoFile';
import type { UndoRecord } from '../../core/topology/undoFile';
import { suggestedName } from '../localFiles';

/** Imports whose undo is kept; older ones go. */
const mostKept = 30;
const extension = 'undo.json';

export interface KeptUndo {
  readonly uri: vscode.Uri;
  readonly undo: UndoRecord;
  /** What of it cannot be read. */
  readonly problems: readonly string[];
}

/** The undo files of applied imports, in the extension's own storage: nobody has to remember to save one. */
export class KeptUndos {
  constructor(
    private readonly folder: vscode.Uri,
    private readonly log: Log,
  ) {}

  /** `undefined` where there is nothing to undo. Rejects when it cannot be written: then that has to be said. */
  async keep(undo: UndoRecord): Promise<vscode.Uri | undefined> {
    if (undo.created.length + undo.replaced.length === 0) return undefined;
    await vscode.workspace.fs.createDirectory(this.folder);
    const name = suggestedName(undo.connection, extension, new Date(undo.time));
    const uri = vscode.Uri.joinPath(this.folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(writeUndoFile(undo)));
    await this.forgetOldest();
    return uri;
  }

  /** Newest first. */
  async all(): Promise<KeptUndo[]> {
    const kept = await Promise.all((await this.files()).map((uri) => this.read(uri)));
    return kept.filter((one) => one !== undefined).sort((a, b) => (a.undo.time < b.undo.time ? 1 : -1));
  }

  /** `undefined` for what is no undo file. */
  async read(uri: vscode.Uri): Promise<KeptUndo | undefined> {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const { record, problems } = readUndoFile(text);
    return record === undefined ? undefined : { uri, undo: record, problems };
  }

  /** After it was undone. A file that the user keeps elsewhere is the user's. */
  async forget({ uri }: KeptUndo): Promise<void> {
    if (uri.toString().startsWith(`${this.folder.toString()}/`)) await vscode.workspace.fs.delete(uri);
  }

  private async files(): Promise<vscode.Uri[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.folder);
      return entries
        .filter(([name]) => name.endsWith(`.${extension}`))
        .map(([name]) => vscode.Uri.joinPath(this.folder, name));
    } catch {
      // Before the first one there is no folder.
      return [];
    }
  }

  private async forgetOldest(): Promise<void> {
    for (const { uri } of (await this.all()).slice(mostKept)) {
      await vscode.workspace.fs.delete(uri);
      this.log.debug(`The undo file ${uri.path} was the oldest of more than ${String(mostKept)}.`);
    }
  }
}
