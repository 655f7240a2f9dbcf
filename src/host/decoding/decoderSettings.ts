import * as vscode from 'vscode';
import { utf8TextLossy } from '../../core/base/bytes';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import { asFailure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import type {
  CommandSurroundings,
  DecodingRule,
  DecodingSetup,
  SchemaFile,
} from '../../core/message/decode/decodingSetup';
import { decoderRules } from './decoderRules';

const mostFiles = 500;
const mostFileBytes = 1024 * 1024;
const mostBytes = 16 * 1024 * 1024;
/** An editor that saves all, or a checkout, changes many files at once. */
const settleMs = 300;

/** What a command of the user's gets from the environment of the editor, which may hold more than it should see. */
const handedOn = [
  ...(['PATH', 'Path', 'PATHEXT', 'HOME', 'USERPROFILE', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP'] as const),
  ...(['SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'JAVA_HOME', 'VIRTUAL_ENV'] as const),
];

/** The setting `amqp.decoders` with the schema files that it names, read when it is first needed. */
export class DecoderSettings implements Disposable {
  private readonly changes = new Emitter<void>();
  private readonly subscriptions = new DisposableStore();
  private isWatching = false;
  private current: Promise<DecodingSetup> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** The setting, the trust or a schema file may have changed. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly log: Log) {
    this.subscriptions.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('amqp.decoders')) this.changed();
      }),
    );
    this.subscriptions.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.changed();
      }),
    );
  }

  /** Never rejects: what cannot be read is written to the log and left out. */
  setup(): Promise<DecodingSetup> {
    this.current ??= this.read();
    return this.current;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
    this.changes.dispose();
  }

  private changed(): void {
    this.current = undefined;
    this.changes.fire();
  }

  private async read(): Promise<DecodingSetup> {
    const found = vscode.workspace.getConfiguration('amqp').inspect<unknown>('decoders');
    const values = {
      user: found?.globalValue,
      workspace: found?.workspaceValue,
      folder: found?.workspaceFolderValue,
    };
    const { rules, problems } = decoderRules(values, vscode.workspace.isTrusted);
    for (const problem of problems) this.log.warn(problem);
    const files = new Map<string, SchemaFile>();
    const resolved: DecodingRule[] = [];
    for (const rule of rules) resolved.push({ ...rule, files: await this.readFiles(rule.files, files) });
    if (rules.some((rule) => rule.files.length > 0)) this.watch();
    const setup = { rules: resolved, files: [...files.values()] };
    return vscode.workspace.isTrusted ? { ...setup, commands: commandSurroundings() } : setup;
  }

  /** The names of the files that the globs match; their texts are added to `known`. */
  private async readFiles(globs: readonly string[], known: Map<string, SchemaFile>): Promise<string[]> {
    const names: string[] = [];
    for (const glob of globs) {
      const uris = await vscode.workspace.findFiles(glob, undefined, mostFiles);
      if (uris.length === 0) this.log.warn(`amqp.decoders: no file of the workspace matches ${glob}.`);
      for (const uri of uris.sort((a, b) => a.path.localeCompare(b.path))) {
        const name = vscode.workspace.asRelativePath(uri);
        if (!known.has(name)) await this.readFile(uri, name, known);
        if (known.has(name) && !names.includes(name)) names.push(name);
      }
    }
    return names;
  }

  private async readFile(uri: vscode.Uri, name: string, known: Map<string, SchemaFile>): Promise<void> {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      const total = [...known.values()].reduce((sum, { text }) => sum + text.length, bytes.length);
      if (bytes.length > mostFileBytes || total > mostBytes || known.size >= mostFiles)
        this.log.warn(`amqp.decoders: ${name} is left out: there is too much to read.`);
      else known.set(name, { name, text: utf8TextLossy(bytes) });
    } catch (thrown) {
      this.log.warn(`amqp.decoders: ${name} could not be read.`, asFailure(thrown).more.detail);
    }
  }

  /**
   * Changes from outside come from the watcher, which may miss what happens in folders that have just been made; a save
   * in the editor is never missed.
   */
  private watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    const later = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.changed();
      }, settleMs);
    };
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{proto,avsc}');
    this.subscriptions.add(watcher);
    watcher.onDidCreate(later);
    watcher.onDidChange(later);
    watcher.onDidDelete(later);
    this.subscriptions.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (/\.(proto|avsc)$/.test(uri.path)) later();
      }),
    );
  }
}

function commandSurroundings(): CommandSurroundings {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
  const environment = Object.fromEntries(
    handedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { environment, ...(folder !== undefined && { folder }) };
}
