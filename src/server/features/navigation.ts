import { DocumentHighlightKind, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Connection, TextEdit } from 'vscode-languageserver/node';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { TextEdit as OffsetEdit } from '../../core/topologyFile/textEdit';
import type { ManifestFeatures } from '../manifests/manifestFeatures';
import type { OpenDocuments } from '../openDocuments';

/** What leads from a name to the other places of the same name. */
export function registerNavigation(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
  manifests: ManifestFeatures,
): void {
  connection.onDefinition(({ textDocument: { uri }, position }) => {
    if (manifests.has(uri)) return manifests.definitions(uri, position);
    const document = open.get(uri);
    if (!document) return [];
    const found = service.definitions(document, position);
    if (!open.linksSupported) return found.map(({ name }) => ({ uri, range: name }));
    return found.map(({ origin, entry, name }) => ({
      originSelectionRange: origin,
      targetUri: uri,
      targetRange: entry,
      targetSelectionRange: name,
    }));
  });

  connection.onReferences(({ textDocument: { uri }, position, context }) => {
    if (manifests.has(uri)) return manifests.references(uri, position, context.includeDeclaration);
    const document = open.get(uri);
    const ranges = document ? service.references(document, position, context.includeDeclaration) : [];
    return ranges.map((range) => ({ uri, range }));
  });

  connection.onDocumentHighlight(({ textDocument, position }) => {
    if (manifests.has(textDocument.uri)) return manifests.highlights(textDocument.uri, position);
    const document = open.get(textDocument.uri);
    return (document ? service.highlights(document, position) : []).map(({ range, isDeclaration }) => ({
      range,
      kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  });

  connection.onPrepareRename(async ({ textDocument, position }) => {
    if (manifests.has(textDocument.uri)) {
      const start = await manifests.prepareRename(textDocument.uri, position);
      if (start === undefined || 'refusal' in start) return start && refused(start.refusal);
      return { range: start.range, placeholder: start.name };
    }
    const document = open.get(textDocument.uri);
    if (!document) return undefined;
    const start = service.prepareRename(document, position);
    if ('refusal' in start) return refused(start.refusal);
    return { range: document.lines.range(start.start, start.end), placeholder: start.name };
  });

  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    if (manifests.has(uri)) {
      const edit = await manifests.rename(uri, position, newName);
      return 'refusal' in edit ? refused(edit.refusal) : edit;
    }
    const document = open.get(uri);
    if (!document) return undefined;
    const edits = service.rename(document, position, newName);
    if ('refusal' in edits) return refused(edits.refusal);
    return { changes: { [uri]: toTextEdits(document, edits) } };
  });
}

function refused(sentence: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, sentence);
}

export function toTextEdits(document: TopologyDocument, edits: readonly OffsetEdit[]): TextEdit[] {
  return edits.map(({ start, end, text }) => ({ range: document.lines.range(start, end), newText: text }));
}
