import { CodeActionKind } from 'vscode-languageserver/node';
import type { CodeAction, Connection, Diagnostic } from 'vscode-languageserver/node';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { TextEdit as OffsetEdit } from '../../core/topologyFile/textEdit';
import { filePath } from '../filePath';
import type { Judge } from '../judge';
import type { ManifestFeatures } from '../manifests/manifestFeatures';
import type { OpenDocuments } from '../openDocuments';
import { toDiagnostic } from './diagnostics';
import { configureSeverity, ignoreActions } from './ignoreActions';
import type { EditedIgnoreLists } from './ignoring';
import { toTextEdits } from './navigation';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.amqp`;
export const sortKind = 'source.sort.amqp';

/** Quick fixes, and what is done to the file as a whole. */
export function registerActions(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
  judge: Judge,
  lists: EditedIgnoreLists,
  manifests: ManifestFeatures,
): void {
  connection.onCodeAction(async ({ textDocument: { uri }, range, context: { only, diagnostics } }) => {
    const isWanted = (kind: string): boolean =>
      only === undefined
        ? kind === CodeActionKind.QuickFix
        : only.some((one) => kind === one || kind.startsWith(`${one}.`));
    if (manifests.has(uri)) {
      if (!isWanted(CodeActionKind.QuickFix)) return [];
      const ruled = open.rulePages === undefined ? [] : pages(diagnostics);
      return [...(await manifests.fixes(uri, range, diagnostics)), ...ruled];
    }
    const document = open.get(uri);
    if (!document) return [];
    const options = { target: open.settingsOf(uri).target, gradings: await judge.gradings(uri) };
    const actions: CodeAction[] = [];
    if (isWanted(CodeActionKind.QuickFix)) {
      const [start, end] = [document.lines.offset(range.start), document.lines.offset(range.end)];
      for (const fix of service.fixes(document, start, end, options)) {
        actions.push({
          ...action(uri, document, fix.title, CodeActionKind.QuickFix, fix.edits),
          diagnostics: diagnostics.filter((one) => isSame(one, toDiagnostic(fix.finding))),
          ...(fix.isCertain ? { isPreferred: true } : {}),
        });
      }
      if (open.rulePages !== undefined) actions.push(...pages(diagnostics));
      const file = open.commandsSupported ? filePath(uri) : undefined;
      if (file !== undefined)
        actions.push(...ignoreActions(file, document, diagnostics, await lists.of(file)));
      if (open.commandsSupported) actions.push(...configureSeverity(diagnostics));
    }
    // Of the file as a whole, and costly: only when asked for by kind.
    const all = isWanted(fixAllKind) ? service.fixAll(document, options) : undefined;
    if (all) actions.push(action(uri, document, 'Fix What Has One Right Answer', fixAllKind, [all]));
    const sorted = isWanted(sortKind) ? service.formatForReview(document) : undefined;
    if (sorted) actions.push(action(uri, document, 'Sort and Format for Review', sortKind, [sorted]));
    return actions;
  });
}

function action(
  uri: string,
  document: TopologyDocument,
  title: string,
  kind: string,
  edits: readonly OffsetEdit[],
): CodeAction {
  return { title, kind, edit: { changes: { [uri]: toTextEdits(document, edits) } } };
}

/** The way from the keyboard to what stands behind the link of a code; after what corrects it, before what accepts it. */
function pages(diagnostics: readonly Diagnostic[]): CodeAction[] {
  const codes = diagnostics.flatMap(({ code, source }) =>
    source === 'amqp' && typeof code === 'string' ? [code] : [],
  );
  return [...new Set(codes)].map((code) => ({
    title: `Show Rule ${code}`,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostics.filter((one) => one.code === code),
    command: { title: 'Show Rule', command: 'amqp.showRule', arguments: [code] },
  }));
}

function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return (
    one.code === other.code &&
    one.message === other.message &&
    one.range.start.line === other.range.start.line
  );
}
