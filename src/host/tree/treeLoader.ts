import { asFailure } from '../../core/base/failure';
import { emptyTable } from '../../core/base/fieldValue';
import type { ExchangeInfo, QueueInfo } from '../../core/topology/model';
import { byName, isBuiltInExchange, isTap, treeId } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSession } from '../brokers/brokerSession';
import type { RememberedQueues } from '../brokers/rememberedQueues';
import { boundRows } from './boundRows';
import { exchangeRow, folderRow, noteRow, queueRow, vhostRow } from './objectRows';
import { pageSize } from './queuePages';
import type { QueuePages } from './queuePages';
import type {
  ActionNode,
  ConnectionNode,
  ExchangeNode,
  FolderNode,
  MoreNode,
  NoteNode,
  QueueNode,
  TreeNode,
  VhostNode,
} from './treeNode';

export interface LoadOptions {
  readonly showBuiltIns: boolean;
  /** Pages of queues and of exchanges that are shown of a virtual host. */
  pages(vhostNodeId: string, holds: 'exchanges' | 'queues'): number;
  /** What was read of the virtual host's queues before. */
  readonly queues: QueuePages;
}

/** Asks the broker for what is below a node. Folders come filled with their virtual host: two requests, both counts. */
export class TreeLoader {
  constructor(
    private readonly remembered: RememberedQueues,
    private readonly words: Wording,
  ) {}

  async children(node: TreeNode, session: BrokerSession, options: LoadOptions): Promise<TreeNode[]> {
    switch (node.kind) {
      case 'connection':
        return this.vhosts(node, session);
      case 'vhost':
        return listed(session)
          ? this.folders(node, session, options)
          : [await this.namedQueues(node, session)];
      case 'folder':
        return node.children;
      case 'queue':
      case 'exchange':
        return boundRows(node, session, this.words);
      default:
        return [];
    }
  }

  note(parent: TreeNode, text: string, icon: 'info' | 'warning' | 'error', advice?: string): NoteNode {
    const { profileId } = parent;
    return {
      kind: 'note',
      id: treeId(parent.id, 'note'),
      profileId,
      parent,
      row: noteRow(text, icon, advice),
    };
  }

  private async vhosts(parent: ConnectionNode, session: BrokerSession): Promise<TreeNode[]> {
    const { profileId } = parent;
    const of = (vhost: { name: string; messages?: number; description?: string }): VhostNode => ({
      kind: 'vhost',
      id: treeId(parent.id, 'vhost', vhost.name),
      profileId,
      parent,
      vhost: vhost.name,
      row: vhostRow(vhost, this.words),
    });
    const { state } = session;
    if (state.status === 'connected' && !state.management.available) {
      const { text, advice } = state.management;
      const note = this.note(parent, this.words.t('Nothing can be listed'), 'info');
      note.row = { ...note.row, description: text, tooltip: `${text}\n${advice}` };
      return [note, of({ name: session.profile.vhost })];
    }
    const vhosts = await session.client.request('vhosts', undefined);
    if (vhosts.length > 0) return [...vhosts].sort(byName).map(of);
    const text = this.words.t('This user may see no virtual host');
    return [this.note(parent, text, 'warning', this.words.t('Ask for permissions on one.'))];
  }

  private async folders(
    parent: VhostNode,
    session: BrokerSession,
    options: LoadOptions,
  ): Promise<TreeNode[]> {
    const { vhost } = parent;
    const [exchanges, queues] = await Promise.all([
      session.client.request('exchanges', { vhost }),
      options.queues.read(options.pages(parent.id, 'queues'), (page) =>
        session.client.request('queues', { vhost, page, size: pageSize }),
      ),
    ]);
    const shown = exchanges
      .filter((exchange) => options.showBuiltIns || !isBuiltInExchange(exchange))
      .sort(byName);
    const prefix = session.profile.queuePrefix;
    const shownQueues = queues.items.filter((queue) => options.showBuiltIns || !isTap(queue, prefix));
    const firstExchanges = shown.slice(0, pageSize * options.pages(parent.id, 'exchanges'));
    return [
      this.folder(parent, 'exchanges', shown.length, (folder) => [
        ...firstExchanges.map((exchange) => this.exchange(folder, exchange, session)),
        ...this.rest(folder, shown.length - firstExchanges.length),
      ]),
      this.folder(parent, 'queues', queues.total - (queues.items.length - shownQueues.length), (folder) => [
        ...shownQueues.map((queue) => this.queue(folder, queue, session, { named: false })),
        ...this.rest(folder, queues.total - queues.items.length),
      ]),
    ];
  }

  /** Without the management API: the queues that the user named, each checked by a passive declare. */
  private async namedQueues(parent: VhostNode, session: BrokerSession): Promise<FolderNode> {
    const { vhost, profileId } = parent;
    const names = this.remembered.of(profileId, vhost);
    const checked = await Promise.all(
      names.map(async (name) => {
        const info: QueueInfo = { vhost, name, arguments: emptyTable };
        try {
          return {
            info: { ...info, ...(await session.client.request('checkQueue', { vhost, queue: name })) },
          };
        } catch (thrown) {
          const failure = asFailure(thrown);
          return {
            info,
            trouble: failure.reason === 'notFound' ? this.words.t('not found') : failure.message,
          };
        }
      }),
    );
    return this.folder(parent, 'queues', undefined, (folder) => [
      ...checked.map(({ info, trouble }) =>
        this.queue(folder, info, session, { named: true, ...(trouble === undefined ? {} : { trouble }) }),
      ),
      this.addQueueAction(folder),
    ]);
  }

  private folder(
    parent: VhostNode,
    holds: 'exchanges' | 'queues',
    count: number | undefined,
    fill: (folder: FolderNode) => TreeNode[],
  ): FolderNode {
    const { profileId, vhost } = parent;
    const row = folderRow(holds, count, this.words);
    const children: TreeNode[] = [];
    const id = treeId(parent.id, holds);
    const counted = count === undefined ? {} : { count };
    const folder: FolderNode = {
      kind: 'folder',
      id,
      profileId,
      parent,
      vhost,
      holds,
      row,
      children,
      ...counted,
    };
    children.push(...fill(folder));
    if (children.length === 0) children.push(this.note(folder, this.words.t('None'), 'info'));
    return folder;
  }

  private exchange(parent: FolderNode, info: ExchangeInfo, session: BrokerSession): ExchangeNode {
    const { profileId, vhost } = parent;
    const row = exchangeRow(info, session.profile.readOnly ?? false, this.words);
    return {
      kind: 'exchange',
      id: treeId(parent.id, info.name),
      profileId,
      parent,
      vhost,
      name: info.name,
      info,
      row,
    };
  }

  private queue(
    parent: FolderNode,
    info: QueueInfo,
    session: BrokerSession,
    options: { named: boolean; trouble?: string },
  ): QueueNode {
    const { profileId, vhost } = parent;
    const row = queueRow(info, { readOnly: session.profile.readOnly ?? false, ...options }, this.words);
    return {
      kind: 'queue',
      id: treeId(parent.id, info.name),
      profileId,
      parent,
      vhost,
      name: info.name,
      info,
      row,
    };
  }

  private rest(parent: FolderNode, hidden: number): MoreNode[] {
    if (hidden <= 0) return [];
    const { profileId, vhost, holds } = parent;
    const row = {
      label: this.words.t('Show {0} more', this.words.number(Math.min(hidden, pageSize))),
      description: this.words.t('{0} not shown', this.words.number(hidden)),
      icon: 'ellipsis',
      context: 'more',
      expandable: false,
      command: 'amqp.showMore',
    };
    return [{ kind: 'more', id: treeId(parent.id, 'more', 0), profileId, parent, vhost, holds, row }];
  }

  private addQueueAction(parent: FolderNode): ActionNode {
    const { profileId, vhost } = parent;
    const row = {
      label: this.words.t('Add Queue by Name...'),
      tooltip: this.words.t(
        'Without the management API queues cannot be listed, but they can be used by name.',
      ),
      icon: 'add',
      context: 'action',
      expandable: false,
      command: 'amqp.addQueueByName',
    };
    return { kind: 'action', id: treeId(parent.id, 'action', 0), profileId, parent, vhost, row };
  }
}

/** Whether the broker can list its objects. While it reconnects we ask, and its answer says what is wrong. */
function listed({ state }: BrokerSession): boolean {
  return state.status !== 'connected' || state.management.available;
}
