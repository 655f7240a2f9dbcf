import { MarkupKind } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import type { TopologyDocument } from '../../core/topologyFile/document';
import type { Position } from '../../core/topologyFile/finding';
import { nameAt } from '../../core/topologyFile/navigation';
import type { TopologyFileService } from '../../core/topologyFile/service';
import type { LiveFacts } from '../liveFacts';
import { liveMarkdown } from '../liveWords';
import type { ManifestFeatures } from '../manifests/manifestFeatures';
import type { OpenDocuments } from '../openDocuments';
import { LiveNames } from './live';
import { toItem } from './toItem';

/** What is said while a file is written and read: completion and hover. */
export function registerWriting(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
  live: LiveFacts,
  manifests: ManifestFeatures,
): void {
  connection.onCompletion(async ({ textDocument, position }) => {
    if (manifests.has(textDocument.uri)) return await manifests.completions(textDocument.uri, position);
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
    if (manifests.has(textDocument.uri)) return await manifests.hover(textDocument.uri, position);
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
