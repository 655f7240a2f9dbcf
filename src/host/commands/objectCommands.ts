import * as vscode from 'vscode';
import type { PanelRevival } from '../../protocol/messagesPanel';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import type { RememberedQueues } from '../brokers/rememberedQueues';
import type { MessagesPanels } from '../panels/messagesPanels';
import type { PublishPanels } from '../panels/publishPanels';
import type { BrokersTree } from '../tree/brokersTree';
import type { BrokersView } from '../tree/brokersView';
import type { TreeNode } from '../tree/treeNode';
import { askBinding } from '../watch/askBinding';
import { pickWay } from '../watch/pickWay';
import type { CommandHandlers, CommandId, Target } from './commandTable';
import type { Pickers, Place } from './pickers';

type ObjectCommandId = Extract<
  CommandId,
  | 'amqp.refresh'
  | 'amqp.showBuiltInExchanges'
  | 'amqp.hideBuiltInExchanges'
  | 'amqp.openRow'
  | 'amqp.showMore'
  | 'amqp.addQueueByName'
  | 'amqp.forgetQueue'
  | 'amqp.copyName'
  | 'amqp.publish'
  | 'amqp.peek'
  | 'amqp.tail'
  | 'amqp.tailFrom'
  | 'amqp.newTail'
>;

export interface ObjectCommandDeps {
  readonly sessions: BrokerSessions;
  readonly login: Login;
  readonly remembered: RememberedQueues;
  readonly tree: BrokersTree;
  readonly view: BrokersView;
  readonly messages: MessagesPanels;
  readonly publish: PublishPanels;
  readonly pickers: Pickers;
}

/** What can be done with what a broker contains. */
export function objectCommands(deps: ObjectCommandDeps): Pick<CommandHandlers, ObjectCommandId> {
  const { sessions, login, remembered, tree, view, messages, publish, pickers } = deps;

  async function peek(target: Target): Promise<void> {
    const place = placeOf(target);
    const queue = place?.kind === 'queue' ? place : await pickers.place('queues');
    if (queue === undefined) return;
    const { profileId, vhost, name } = queue;
    await messages.show({ profileId, kind: 'peek', source: { kind: 'queue', vhost, queue: name } });
  }

  /** Opens a panel for what the user names and `choose` makes of it. */
  async function watch(target: Target, choose: ChooseWay, another: boolean): Promise<void> {
    const place = placeOf(target) ?? (await pickers.place('both'));
    if (place === undefined || !(await login.connect(place.profileId))) return;
    const { profileId } = place;
    const way = await choose(sessions.byId(profileId), place);
    if (way === undefined) return;
    await (another ? messages.another({ profileId, ...way }) : messages.show({ profileId, ...way }));
  }

  return {
    'amqp.refresh': () => tree.reload(),
    'amqp.showBuiltInExchanges': () => view.setBuiltIns(true),
    'amqp.hideBuiltInExchanges': () => view.setBuiltIns(false),
    'amqp.openRow': async () => {
      const row = view.selected;
      // Read now, not when the row was drawn: after the first click of two there may be nothing left to do.
      if (row?.row.command !== undefined) await vscode.commands.executeCommand(row.row.command, row);
    },
    'amqp.showMore': async (target) => {
      if (typeof target === 'object' && target.kind === 'more') await tree.showMore(target);
    },
    'amqp.addQueueByName': async (target) => {
      const none = vscode.l10n.t('There is no connection yet. Add one, or try the demo broker.');
      const given = typeof target === 'string' ? target : target?.profileId;
      const profileId = given ?? (await pickers.connection(() => true, none));
      if (profileId === undefined || !(await login.connect(profileId))) return;
      const session = sessions.byId(profileId);
      const vhost = vhostOf(target) ?? (await pickers.vhost(session));
      if (vhost === undefined) return;
      const queue = await pickers.queueName();
      if (queue === undefined) return;
      await session.client.request('checkQueue', { vhost, queue });
      await remembered.add(profileId, vhost, queue);
      await tree.refresh();
      await view.revealConnection(profileId);
    },
    'amqp.forgetQueue': async (target) => {
      const place = placeOf(target);
      if (place === undefined) return;
      await remembered.remove(place.profileId, place.vhost, place.name);
      await tree.refresh();
    },
    'amqp.copyName': async (target) => {
      // From the keyboard there is no row, but one is selected.
      const name = nameOf(target ?? view.selected);
      if (name !== undefined) await vscode.env.clipboard.writeText(name);
    },
    'amqp.publish': async (target) => {
      const place = placeOf(target) ?? (await pickers.place('both'));
      if (place !== undefined) publish.show(place.profileId, place.vhost, place.kind, place.name);
    },
    'amqp.peek': peek,
    'amqp.tail': (target) => watch(target, usualWay, false),
    'amqp.tailFrom': (target) => watch(target, pickWay, false),
    'amqp.newTail': (target) => watch(target, usualWay, true),
  };
}

type ChooseWay = (
  session: BrokerSession,
  place: Place,
) => Promise<Pick<PanelRevival, 'kind' | 'source'> | undefined>;

/** A queue by what fits it best; of an exchange the user says what. */
const usualWay: ChooseWay = async (session, { vhost, kind, name }) => {
  const source =
    kind === 'queue' ? ({ kind, vhost, queue: name } as const) : await askBinding(session, vhost, name);
  return source && { kind: 'tail', source };
};

function placeOf(target: Target): Place | undefined {
  if (typeof target !== 'object' || (target.kind !== 'queue' && target.kind !== 'exchange')) return undefined;
  const { profileId, vhost, kind, name } = target;
  return { profileId, vhost, kind, name };
}

function vhostOf(target: Target): string | undefined {
  return typeof target === 'object' && 'vhost' in target ? target.vhost : undefined;
}

/** The name itself, not the label: labels make invisible characters visible. */
function nameOf(target: Target): string | undefined {
  if (typeof target !== 'object') return undefined;
  const node: TreeNode = target;
  switch (node.kind) {
    case 'queue':
    case 'exchange':
      return node.name;
    case 'vhost':
      return node.vhost;
    case 'binding':
      return node.binding.routingKey;
    default:
      return node.row.label;
  }
}
