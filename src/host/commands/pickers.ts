import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import {
  byName,
  exchangeDescription,
  exchangeLabel,
  isBuiltInExchange,
  isTap,
  queueDescription,
  visibleName,
} from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import type { RememberedQueues } from '../brokers/rememberedQueues';
import { withoutIcons } from '../messages';
import type { ProfileStore } from '../profiles/profileStore';
import type { StoredProfile } from '../profiles/profileMerge';

/** Something on a broker that a command works on. */
export interface Place {
  readonly profileId: string;
  readonly vhost: string;
  readonly kind: 'queue' | 'exchange';
  readonly name: string;
}

/** Queues that a quick pick lists; with more of them the user types the name. */
const mostListed = 500;

/** The questions "which connection" and "which queue or exchange", for commands that come from the palette. */
export class Pickers {
  constructor(
    private readonly profiles: ProfileStore,
    private readonly sessions: BrokerSessions,
    private readonly login: Login,
    private readonly remembered: RememberedQueues,
    private readonly words: Wording,
  ) {}

  /** The only connection that fits, or the one the user picks. */
  async connection(
    fits: (stored: StoredProfile) => boolean,
    none: string,
    title?: string,
  ): Promise<string | undefined> {
    const fitting = this.profiles.all().filter(fits);
    if (fitting.length === 0) throw new Failure('notFound', none);
    if (fitting.length === 1) return fitting[0]?.profile.id;
    const choice = await vscode.window.showQuickPick(
      fitting.map(({ profile }) => ({
        label: withoutIcons(visibleName(profile.name, this.words)),
        description: profile.kind === 'memory' ? '' : withoutIcons(`${profile.host}:${String(profile.port)}`),
        id: profile.id,
      })),
      {
        ...(title === undefined ? {} : { title }),
        placeHolder: vscode.l10n.t('Which connection?'),
        matchOnDescription: true,
      },
    );
    return choice?.id;
  }

  /** A queue, or a queue or an exchange, of a connection, which is connected first. */
  async place(kinds: 'queues' | 'both'): Promise<Place | undefined> {
    const none = vscode.l10n.t('There is no connection yet. Add one, or try the demo broker.');
    const profileId = await this.connection(() => true, none);
    if (profileId === undefined || !(await this.login.connect(profileId))) return undefined;
    const session = this.sessions.byId(profileId);
    const vhost = await this.vhost(session);
    return vhost === undefined ? undefined : this.placeIn(session, vhost, kinds);
  }

  /** The same where connection and virtual host are known. */
  async placeIn(session: BrokerSession, vhost: string, kinds: 'queues' | 'both'): Promise<Place | undefined> {
    const found = await this.listed(session, vhost, kinds);
    const byHand = { label: vscode.l10n.t('Another Queue, by Name...'), place: undefined };
    const choice = await vscode.window.showQuickPick([...found, byHand], {
      placeHolder:
        kinds === 'queues' ? vscode.l10n.t('Which queue?') : vscode.l10n.t('Which queue or exchange?'),
      matchOnDescription: true,
    });
    if (choice === undefined) return undefined;
    if (choice.place !== undefined) return choice.place;
    const name = await this.queueName();
    if (name === undefined) return undefined;
    // Asking for it now gives the broker's own words about a name that does not exist.
    await session.client.request('checkQueue', { vhost, queue: name });
    return { profileId: session.profile.id, vhost, kind: 'queue', name };
  }

  async vhost(session: BrokerSession): Promise<string | undefined> {
    const { state, profile } = session;
    if (state.status === 'connected' && !state.management.available) return profile.vhost;
    const vhosts = [...(await session.client.request('vhosts', undefined))].sort(byName);
    if (vhosts.length <= 1) return vhosts[0]?.name ?? profile.vhost;
    const choice = await vscode.window.showQuickPick(
      vhosts.map(({ name }) => ({ label: withoutIcons(visibleName(name, this.words)), name })),
      { placeHolder: vscode.l10n.t('Which virtual host?') },
    );
    return choice?.name;
  }

  queueName(): Thenable<string | undefined> {
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Add Queue by Name'),
      prompt: vscode.l10n.t('Name of an existing queue. It is looked up, never created.'),
      ignoreFocusOut: true,
      validateInput: (input) =>
        Buffer.byteLength(input) > 255 ? vscode.l10n.t('AMQP names have at most 255 bytes.') : undefined,
    });
  }

  private async listed(
    session: BrokerSession,
    vhost: string,
    kinds: 'queues' | 'both',
  ): Promise<{ label: string; description: string; place: Place }[]> {
    const profileId = session.profile.id;
    const entry = (kind: Place['kind'], name: string, label: string, description: string): PickedPlace => ({
      label: `$(${kind === 'queue' ? 'inbox' : 'arrow-swap'}) ${withoutIcons(label)}`,
      description: withoutIcons(description),
      place: { profileId, vhost, kind, name },
    });
    const { state } = session;
    if (state.status === 'connected' && !state.management.available) {
      const names = this.remembered.of(profileId, vhost);
      return names.map((name) => entry('queue', name, visibleName(name, this.words), ''));
    }
    const [queues, exchanges] = await Promise.all([
      session.client.request('queues', { vhost, page: 1, size: mostListed }),
      kinds === 'both' ? session.client.request('exchanges', { vhost }) : [],
    ]);
    return [
      ...queues.items
        .filter((queue) => !isTap(queue, session.profile.queuePrefix))
        .map((queue) =>
          entry(
            'queue',
            queue.name,
            visibleName(queue.name, this.words),
            queueDescription(queue, this.words),
          ),
        ),
      ...exchanges
        .filter((exchange) => !exchange.internal && !isBuiltInExchange(exchange))
        .sort(byName)
        .map((exchange) => {
          const label = exchangeLabel(exchange.name, this.words);
          return entry('exchange', exchange.name, label, exchangeDescription(exchange, this.words));
        }),
    ];
  }
}

interface PickedPlace {
  readonly label: string;
  readonly description: string;
  readonly place: Place;
}
