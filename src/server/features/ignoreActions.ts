import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { CodeAction, Diagnostic, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { IgnoredFinding } from '../../core/topologyFile/grading';
import { entryNames } from '../../core/topologyFile/grading';
import { addIgnored, ignoreListName, newIgnoreList } from '../../core/topologyFile/ignoreList';
import { LineIndex } from '../../core/topologyFile/lineIndex';
import type { IgnoreList } from '../check/ignoreLists';

/** The title's part about a finding; a name of hundreds of letters is cut. */
function about(code: string, name?: string): string {
  if (name === undefined) return code;
  const line = name.replace(/\s+/g, ' ');
  return `${code} in "${line.length > 40 ? `${line.slice(0, 39)}…` : line}"`;
}

/** Fixes that accept what is found, in the nearest ignore list or a new one beside the file. */
export function ignoreActions(
  file: string,
  document: TopologyDocument,
  diagnostics: readonly Diagnostic[],
  list: IgnoreList | undefined,
): CodeAction[] {
  const nameOf = entryNames(document);
  const offered = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const { code, source } = diagnostic;
    if (source !== 'amqp' || typeof code !== 'string' || !code.includes('/')) return [];
    const name = nameOf(diagnostic);
    const choices: [string, IgnoredFinding][] = [[`Ignore This Code: ${about(code)}`, { code }]];
    if (name !== undefined) choices.unshift([`Ignore This Here: ${about(code, name)}`, { code, name }]);
    return choices.flatMap(([title, ignored]) => {
      const edit = offered.has(title) ? undefined : editFor(file, list, ignored);
      offered.add(title);
      return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }] : [];
    });
  });
}

function editFor(
  file: string,
  list: IgnoreList | undefined,
  ignored: IgnoredFinding,
): WorkspaceEdit | undefined {
  const uri = pathToFileURL(list?.file ?? path.join(path.dirname(file), ignoreListName)).toString();
  if (!list) {
    const start = { line: 0, character: 0 };
    const text = { range: { start, end: start }, newText: newIgnoreList(ignored) };
    // Without options the edit fails where somebody has made one meanwhile.
    const create = { kind: 'create', uri } as const;
    return { documentChanges: [create, edits(uri, text)] };
  }
  const edit = addIgnored(list.text, ignored);
  if (!edit) return undefined;
  const range = new LineIndex(list.text).range(edit.start, edit.end);
  return { documentChanges: [edits(uri, { range, newText: edit.text })] };
}

function edits(uri: string, edit: TextDocumentEdit['edits'][number]): TextDocumentEdit {
  return { textDocument: { uri, version: null }, edits: [edit] };
}

/** Leads to the setting that decides for all files. */
export function configureSeverity(diagnostics: readonly Diagnostic[]): CodeAction[] {
  const own = diagnostics.filter(({ source }) => source === 'amqp');
  if (own.length === 0) return [];
  const title = 'Configure Severity...';
  const command = {
    title,
    command: 'workbench.action.openSettings',
    arguments: ['amqp.topologyFiles.severity'],
  };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: own, command }];
}
