import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { Handlers } from '../../protocol/endpoint';
import type { MessagesPanelContract, PanelRevival } from '../../protocol/messagesPanel';
import { messageOutlets } from './messageOutlets';
import type { OpenPublish } from './messageOutlets';
import type { ColumnStore } from './columnStore';
import type { FilterStore } from './filterStore';
import type { MessagesFeed } from './messagesFeed';
import type { ReadOnlyDocuments } from './readOnlyDocuments';
import { askOffset } from '../watch/askOffset';
import { sourceKey } from './revival';

/** What the user arranged in one panel and finds again in others. */
export interface PanelStores {
  readonly filters: FilterStore;
  readonly columns: ColumnStore;
}

/** What a messages panel may ask of the host. */
export function messagesHandlers(
  feed: MessagesFeed,
  documents: ReadOnlyDocuments,
  openPublish: OpenPublish,
  { filters, columns }: PanelStores,
): Handlers<MessagesPanelContract> {
  return {
    ready: () => feed.state(),
    rows: ({ from, count }, signal) => feed.rows(from, count, signal),
    message: ({ seq }, signal) => feed.message(seq, signal),
    pause: ({ receiving }) => feed.change('pause', { receiving }),
    resume: () => feed.change('resume', {}),
    clear: () => feed.change('clear', {}),
    setOverflow: ({ overflow }) => feed.change('setOverflow', { overflow }),
    setFilter: (filter) => feed.change('setFilter', filter),
    completeFilter: (params, signal) => feed.ask('completeFilter', params, signal),
    histogram: (params, signal) => feed.ask('histogram', params, signal),
    decode: (params, signal) => feed.ask('decode', params, signal),
    planPeek: (params, signal) => feed.change('planPeek', params, signal),
    peekFrom: async ({ count }, signal) => {
      const offset = await askOffset('peek');
      return offset && feed.change('planPeek', { count, offset }, signal);
    },
    startPeek: (params, signal) => feed.change('startPeek', params, signal),
    peekInstead: () => settle(feed.show({ kind: 'peek', source: queueOf(feed.revival.source) })),
    tailBinding: ({ exchange, routingKey }) => {
      const { source } = feed.revival;
      const queue = 'queue' in source ? source.queue : undefined;
      const binding = { kind: 'binding', vhost: source.vhost, exchange, routingKey } as const;
      return settle(
        feed.show({ kind: 'tail', source: queue === undefined ? binding : { ...binding, queue } }),
      );
    },
    watchInstead: ({ source }) => {
      const key = sourceKey(source);
      const offered = feed
        .state()
        .view?.banner.alternatives.some((way) => way.source && sourceKey(way.source) === key);
      if (!offered) throw new Failure('refused', vscode.l10n.t('This way of watching is not offered here.'));
      return settle(feed.show({ kind: 'tail', source }));
    },
    watchFrom: async () => {
      const { source } = feed.revival;
      if (source.kind !== 'queue' && source.kind !== 'stream') return undefined;
      const { vhost, queue } = source;
      const offset = await askOffset('tail');
      if (offset) await feed.show({ kind: 'tail', source: { kind: 'stream', vhost, queue, offset } });
      return undefined;
    },
    restart: () => settle(feed.start()),
    ...messageOutlets(feed, documents, openPublish),
    filters: () => filters.read(),
    keepFilter: ({ text, list }) => filters.keep(text, list),
    forgetFilter: ({ text }) => filters.forget(text),
    columns: () => columns.read(feed.revival.kind),
    keepColumns: (kept) => settle(columns.write(feed.revival.kind, kept.columns)),
  };
}

async function settle(work: Promise<void>): Promise<undefined> {
  await work;
  return undefined;
}

/** A tail of a typed binding that stands in for a queue goes back to that queue; another one has none to peek at. */
function queueOf(source: PanelRevival['source']): PanelRevival['source'] {
  const queue = 'queue' in source ? source.queue : undefined;
  return queue === undefined ? source : { kind: 'queue', vhost: source.vhost, queue };
}
