import * as vscode from 'vscode';
import type { Alternative, ViewSource } from '../../protocol/view';
import type { PanelRevival } from '../../protocol/messagesPanel';
import type { BrokerSession } from '../brokers/brokerSession';
import { withoutIcons } from '../messages';
import { askBinding } from './askBinding';
import { askOffset } from './askOffset';

/** What is to be watched. */
export interface WatchedPlace {
  readonly vhost: string;
  readonly kind: 'queue' | 'exchange';
  readonly name: string;
}

type Way = Pick<PanelRevival, 'kind' | 'source'>;

/** Lists the ways to watch a queue or an exchange with their price, and asks whatever the chosen one needs to know. */
export async function pickWay(session: BrokerSession, place: WatchedPlace): Promise<Way | undefined> {
  const { vhost, kind, name } = place;
  const ways = await session.client.request('waysToWatch', {
    vhost,
    ...(kind === 'queue' ? { queue: name } : { exchange: name }),
  });
  const items = ways.map((way) => ({ label: withoutIcons(way.label), detail: withoutIcons(way.price), way }));
  const byBinding = {
    label: vscode.l10n.t('By a Binding...'),
    detail: vscode.l10n.t(
      'Takes nothing: a temporary queue is bound with the key or headers that you enter.',
    ),
    way: undefined,
  };
  const choice = await vscode.window.showQuickPick(kind === 'exchange' ? [byBinding, ...items] : items, {
    title: vscode.l10n.t('Live Tail of {0}', name),
    placeHolder: vscode.l10n.t('How to watch?'),
    matchOnDetail: true,
  });
  if (choice === undefined) return undefined;
  return choice.way === undefined
    ? tail(await askBinding(session, vhost, name))
    : follow(session, place, choice.way);
}

async function follow(
  session: BrokerSession,
  place: WatchedPlace,
  way: Alternative,
): Promise<Way | undefined> {
  const { vhost, name: queue } = place;
  if (way.kind === 'peek') return { kind: 'peek', source: { kind: 'queue', vhost, queue } };
  if (way.source !== undefined) return tail(way.source);
  if (way.kind === 'stream') {
    const offset = await askOffset('tail');
    return offset && tail({ kind: 'stream', vhost, queue, offset });
  }
  const exchange = await vscode.window.showInputBox({
    title: vscode.l10n.t('Live Tail of {0}', queue),
    prompt: vscode.l10n.t('Name of the exchange that messages come from.'),
    ignoreFocusOut: true,
    validateInput: (input) => (input === '' ? vscode.l10n.t('Enter the name of an exchange.') : undefined),
  });
  if (exchange === undefined) return undefined;
  const source = await askBinding(session, vhost, exchange);
  return source?.kind === 'binding' ? tail({ ...source, queue }) : undefined;
}

function tail(source: ViewSource | undefined): Way | undefined {
  return source && { kind: 'tail', source };
}
