import { SymbolKind } from 'vscode-languageserver/node';
import type { Connection, DocumentSymbol, SelectionRange } from 'vscode-languageserver/node';
import type { Range } from '../../core/topologyFile/finding';
import type { OutlineItem } from '../../core/topologyFile/outline';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { ManifestFeatures } from '../manifests/manifestFeatures';
import type { OpenDocuments } from '../openDocuments';

/** What shows how a file is built: outline, folding, selection, colours. */
export function registerStructure(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
  manifests: ManifestFeatures,
): void {
  connection.onDocumentSymbol(({ textDocument }) => {
    if (manifests.has(textDocument.uri)) return manifests.symbols(textDocument.uri);
    const document = open.get(textDocument.uri);
    return document ? service.outline(document).map(toSymbol) : [];
  });

  connection.onFoldingRanges(({ textDocument }) => {
    const document = open.get(textDocument.uri);
    // An empty list would keep the editor from folding YAML by its indentation.
    return document ? service.foldingRanges(document) : null;
  });

  connection.onSelectionRanges(({ textDocument, positions }) => {
    const document = open.get(textDocument.uri);
    if (!document) return [];
    // One answer for each position, in their order.
    return positions.map(
      (position) =>
        toSelection(service.selectionRanges(document, position)) ?? {
          range: { start: position, end: position },
        },
    );
  });

  connection.languages.semanticTokens.on(({ textDocument }) => {
    const document = open.get(textDocument.uri);
    return { data: document ? service.semanticTokens(document) : [] };
  });

  connection.languages.semanticTokens.onRange(({ textDocument, range }) => {
    const document = open.get(textDocument.uri);
    return { data: document ? service.semanticTokens(document, range) : [] };
  });
}

const symbolKinds: Partial<Record<OutlineItem['section'], SymbolKind>> = {
  queues: SymbolKind.Array,
  exchanges: SymbolKind.Interface,
  bindings: SymbolKind.Event,
  vhosts: SymbolKind.Namespace,
  policies: SymbolKind.Property,
};

function toSymbol(item: OutlineItem): DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail,
    kind: item.isVhost ? SymbolKind.Namespace : (symbolKinds[item.section] ?? SymbolKind.Object),
    range: item.range,
    selectionRange: item.selection,
    children: item.children.map(toSymbol),
  };
}

/** Innermost first, each the child of the next. */
function toSelection(ranges: readonly Range[]): SelectionRange | undefined {
  return ranges.reduceRight<SelectionRange | undefined>(
    (parent, range) => (parent ? { range, parent } : { range }),
    undefined,
  );
}
