import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node';
import type { CompletionItem } from 'vscode-languageserver/node';
import type { CompletionItem as Completion, Proposal } from '../../core/topologyFile/completion/item';
import type { LineIndex } from '../../core/topologyFile/lineIndex';

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

/** `lines` are those of the file that the edit is for. */
export function toItem(
  { lines }: { readonly lines: LineIndex },
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
