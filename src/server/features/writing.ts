import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node';
import type { CompletionItem, Connection } from 'vscode-languageserver/node';
import type { CompletionItem as Completion, Proposal } from '../../core/topologyFile/completion/item';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { Position } from '../../core/topologyFile/finding';
import { nameAt } from '../../core/topologyFile/navigation';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { LiveFacts } from '../liveFacts';
import { liveMarkdown } from '../liveWords';
import type { OpenDocuments } from '../openDocuments';
import { LiveNames } from './live';

/** What is said while a file is written and read: completion and hover. */
export function registerWriting(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
  live: LiveFacts,
): void {
  connection.onCompletion(async ({ textDocument, position }) => {
    const document = open.get(textDocument.uri);
    if (!document) return undefined;
    const known = new LiveNames(live, document);
    const options = { target: open.settingsOf(textDocument.uri).target, known };
    let completions = service.completions(document, position, options);
    if (await known.hear()) completions = service.completions(document, position, options);
    const { items, isIncomplete } = completions;
    return {
      isIncomplete: isIncomplete || known.isCut,
      items: items.map((item, index) => toItem(document, item, index, open.snippetsSupported)),
    };
  });

  connection.onHover(async ({ textDocument, position }) => {
    const document = open.get(textDocument.uri);
    const hover = document && service.hover(document, position, open.settingsOf(textDocument.uri).target);
    if (!document || !hover) return undefined;
    const said = await liveParagraph(document, position, live);
    const value = said === undefined ? hover.markdown : `${hover.markdown}\n\n${said}`;
    return { range: hover.range, contents: { kind: MarkupKind.Markdown, value } };
  });
}

/** What the broker says now of the queue or exchange at the cursor. */
async function liveParagraph(
  document: TopologyDocument,
  position: Position,
  live: LiveFacts,
): Promise<string | undefined> {
  const thing = nameAt(document, position)?.thing;
  const { broker } = live;
  if (!broker || (thing?.kind !== 'queue' && thing?.kind !== 'exchange')) return undefined;
  const { kind, vhost, name } = thing;
  const [state] = await live.statesOf([{ kind, vhost, name }], hoverAgeMs);
  return state && liveMarkdown(state, broker.connection, vhost === '' ? broker.vhost : vhost);
}

/** A second look within this time shows the same numbers. */
const hoverAgeMs = 2_000;

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
