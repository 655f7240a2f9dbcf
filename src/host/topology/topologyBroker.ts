import type { Memento } from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import type { Event } from '../../core/base/emitter';
import type { ChosenBroker } from '../../protocol/topologyService';
import type { BrokerSession } from '../brokers/brokerSession';

const key = 'amqp.topologyBroker';

/** The part of the sessions that is needed here. */
export interface ConnectedSessions {
  connected(): readonly BrokerSession[];
  readonly onDidChange: Event<BrokerSession>;
}

/**
 * The connected broker that topology files are completed and explained with: the one that was chosen in this
 * workspace, else the only one that is connected. Never connects anything.
 */
export class TopologyBroker implements Disposable {
  private readonly changes = new Emitter<ChosenBroker | null>();
  private readonly subscriptions = new DisposableStore();
  private told: string;
  /** The broker, or what is known of it, became another. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly sessions: ConnectedSessions,
    private readonly memory: Memento,
  ) {
    this.told = this.identity();
    this.subscriptions.add(sessions.onDidChange(() => this.follow()));
  }

  /** Those that can be asked: connected, with a management API. */
  candidates(): readonly BrokerSession[] {
    return this.sessions
      .connected()
      .filter(({ state }) => state.status === 'connected' && state.management.available);
  }

  session(): BrokerSession | undefined {
    const candidates = this.candidates();
    const chosen = this.memory.get<string>(key);
    const remembered = candidates.find(({ profile }) => profile.id === chosen);
    return remembered ?? (candidates.length === 1 ? candidates[0] : undefined);
  }

  chosen(): ChosenBroker | null {
    const session = this.session();
    return session ? { connection: session.profile.name, vhost: session.profile.vhost } : null;
  }

  async choose(profileId: string): Promise<void> {
    await this.memory.update(key, profileId);
    this.follow();
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changes.dispose();
  }

  private follow(): void {
    const identity = this.identity();
    if (identity === this.told) return;
    this.told = identity;
    this.changes.fire(this.chosen());
  }

  /** With the id: two connections may bear one name. */
  private identity(): string {
    return JSON.stringify([this.chosen(), this.session()?.profile.id]);
  }
}
