import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node';
import type { CompletionItem, Connection } from 'vscode-languageserver/node';
import type { CompletionItem as Completion, Proposal } from '../../core/topologyFile/completion/item';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { OpenDocuments } from '../openDocuments';

/** What is said while a file is written and read: completion, hover, lines above queues and exchanges. */
export function registerWriting(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
): void {
  connection.onCompletion(({ textDocument, position }) => {
    const document = open.get(textDocument.uri);
    if (!document) return undefined;
    const { items, isIncomplete } = service.completions(document, position, {
      target: open.settingsOf(textDocument.uri).target,
    });
    return {
      isIncomplete,
      items: items.map((item, index) => toItem(document, item, index, open.snippetsSupported)),
    };
  });

  connection.onHover(({ textDocument, position }) => {
    const document = open.get(textDocument.uri);
    const hover = document && service.hover(document, position, open.settingsOf(textDocument.uri).target);
    return hover && { range: hover.range, contents: { kind: MarkupKind.Markdown, value: hover.markdown } };
  });

  connection.onCodeLens(({ textDocument }) => {
    const document = open.get(textDocument.uri);
    // Without a command a lens is drawn as text.
    return (document ? service.codeLenses(document) : []).map(({ range, text }) => ({
      range,
      command: { title: text, command: '' },
    }));
  });
}

const kinds: Readonly<Record<Proposal['kind'], CompletionItemKind>> = {
  section: CompletionItemKind.Module,
  field: CompletionItemKind.Field,
  argument: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  entry: CompletionItemKind.Snippet,
  vhost: CompletionItemKind.Module,
  user: CompletionItemKind.Constant,
  exchange: CompletionItemKind.Class,
  queue: CompletionItemKind.Variable,
};

function toItem(
  { lines }: TopologyDocument,
  { label, kind, detail, documentation, edit, isSnippet, filter }: Completion,
  index: number,
  snippetsSupported: boolean,
): CompletionItem {
  return {
    label,
    kind: kinds[kind],
    filterText: filter,
    // In the order given, which goes from the usual to the rare.
    sortText: String(index).padStart(4, '0'),
    insertTextFormat: isSnippet && snippetsSupported ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: {
      range: lines.range(edit.start, edit.end),
      newText: isSnippet && !snippetsSupported ? withoutTabStops(edit.text) : edit.text,
    },
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
  };
}

/** For a client that takes no snippets: the first choice, the usual value, or nothing. */
function withoutTabStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
