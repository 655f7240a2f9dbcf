import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import { Failure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import type { Profile } from '../../core/broker/profile';
import type { OpenParams } from '../../protocol/brokerContract';
import type { ProfileStore } from '../profiles/profileStore';
import type { StartBroker } from './brokerLink';
import { BrokerSession } from './brokerSession';
import { isOpen } from './sessionState';
import type { TracingMemory } from './tracingMemory';

/** The sessions of all profiles. A profile that changes loses its connection: it was made for the old one. */
export class BrokerSessions implements Disposable {
  private readonly changes = new Emitter<BrokerSession>();
  private readonly sessions = new Map<string, { session: BrokerSession; listening: Disposable }>();
  private readonly subscriptions = new DisposableStore();
  /** The state of this session changed. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly profiles: ProfileStore,
    private readonly startBroker: StartBroker,
    private readonly network: () => OpenParams['network'],
    private readonly tracing: TracingMemory,
    private readonly log: Log,
  ) {
    this.subscriptions.add(profiles.onDidChange(() => this.follow()));
  }

  /** The session of a profile, made at the first call. */
  of(profile: Profile): BrokerSession {
    const known = this.sessions.get(profile.id);
    if (known !== undefined) return known.session;
    const session = new BrokerSession(profile, this.startBroker, this.network, this.tracing, this.log);
    const listening = session.onDidChangeState(() => this.changes.fire(session));
    this.sessions.set(profile.id, { session, listening });
    return session;
  }

  byId(profileId: string): BrokerSession {
    const stored = this.profiles.find(profileId);
    if (stored === undefined) throw new Failure('notFound', 'This connection does not exist any more.');
    return this.of(stored.profile);
  }

  /** Those that hold a connection, or try to get it back. */
  connected(): readonly BrokerSession[] {
    return [...this.sessions.values()].map(({ session }) => session).filter(({ state }) => isOpen(state));
  }

  /** For titles; a profile that is gone has nothing but its id. */
  nameOf(profileId: string): string {
    return this.profiles.find(profileId)?.profile.name ?? profileId;
  }

  /** Ends every connection in order: taps are unbound and deleted before their connections close (DOMAIN 2.1). */
  async closeAll(): Promise<void> {
    await Promise.all([...this.sessions.values()].map(({ session }) => session.close()));
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const id of [...this.sessions.keys()]) this.end(id);
    this.changes.dispose();
  }

  private follow(): void {
    for (const [id, { session }] of [...this.sessions]) {
      const profile = this.profiles.find(id)?.profile;
      if (JSON.stringify(profile) !== JSON.stringify(session.profile)) this.end(id);
    }
  }

  private end(id: string): void {
    const ended = this.sessions.get(id);
    if (ended === undefined) return;
    this.sessions.delete(id);
    const { session, listening } = ended;
    session.dispose();
    this.changes.fire(session);
    listening.dispose();
  }
}
