import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import { ignoreListName } from '../../core/topologyFile/ignoreList';
import type { IgnoreList } from '../check/ignoreLists';
import { IgnoreLists, textOnDisk } from '../check/ignoreLists';
import { filePath } from '../filePath';
import type { OpenDocuments } from '../openDocuments';

/** How long typing in a list may pause before files are judged by it again, in milliseconds. */
const settleMs = 300;

/** The ignore lists that count: as they stand in the editor, or else on disk. */
export interface EditedIgnoreLists {
  /** The nearest to a file. */
  of(file: string): Promise<IgnoreList | undefined>;
  /** A file was changed or deleted on disk; other files than lists are passed over. */
  changedOnDisk(uri: string): void;
}

/** Follows the ignore lists, shows what makes no sense in them, and says when files have to be judged again. */
export function registerIgnoring(
  connection: Connection,
  open: OpenDocuments,
  onChange: () => void,
): EditedIgnoreLists {
  const lists = new IgnoreLists((file) => {
    const edited = open.texts.all().find(({ uri }) => isList(uri) && filePath(uri) === file);
    return edited ? Promise.resolve(edited.getText()) : textOnDisk(file);
  });
  /** Files with something shown, and the lists that it was said of. */
  const shown = new Map<string, IgnoreList>();
  let timer: NodeJS.Timeout | undefined;

  function show(file: string, list: IgnoreList | undefined): void {
    const before = shown.get(file);
    if (before === list) return;
    if (list) shown.set(file, list);
    else shown.delete(file);
    const placed = list?.placed ?? [];
    if (placed.length === 0 && (before?.placed.length ?? 0) === 0) return;
    const diagnostics = placed.map(({ message, range }) => ({
      severity: DiagnosticSeverity.Warning,
      source: 'amqp',
      message,
      range,
    }));
    void connection.sendDiagnostics({ uri: uriOf(file), diagnostics });
  }

  /** The name under which the editor knows it: the same file can be written in two ways. */
  function uriOf(file: string): string {
    const edited = open.texts.all().find(({ uri }) => isList(uri) && filePath(uri) === file);
    return edited?.uri ?? pathToFileURL(file).toString();
  }

  function changed(uri: string): void {
    const file = isList(uri) ? filePath(uri) : undefined;
    if (file === undefined) return;
    lists.forget(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      void lists.read(file).then((list) => {
        show(file, list);
        onChange();
      });
    }, settleMs);
  }

  open.texts.onDidChangeContent(({ document }) => changed(document.uri));
  open.texts.onDidClose(({ document }) => changed(document.uri));
  return {
    of: async (file) => {
      const list = await lists.of(file);
      if (list) show(list.file, list);
      return list;
    },
    changedOnDisk: changed,
  };
}

function isList(uri: string): boolean {
  return uri.endsWith(`/${ignoreListName}`);
}
