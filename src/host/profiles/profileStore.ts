import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import { Failure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import { secretKey } from '../../core/broker/profile';
import type { Profile } from '../../core/broker/profile';
import type { ConfigurationPort } from './configurationPort';
import { demoProfile } from './demoProfile';
import { mergeProfiles } from './profileMerge';
import type { StoredProfile } from './profileMerge';

/** Remembers whether the demo broker is in the list (the extension's global state). */
export interface DemoFlag {
  read(): boolean;
  write(shown: boolean): Promise<void>;
}

/** All connections there are, and the only writer of the setting they are kept in. */
export class ProfileStore implements Disposable {
  private readonly changes = new Emitter<void>();
  private readonly subscription: Disposable;
  private merged: readonly StoredProfile[] | undefined;
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly configuration: ConfigurationPort,
    private readonly demo: DemoFlag,
    private readonly log: Log,
  ) {
    this.subscription = configuration.onDidChange(() => {
      this.changed();
    });
  }

  all(): readonly StoredProfile[] {
    if (this.merged === undefined) {
      const { profiles, problems } = mergeProfiles(this.configuration.read(), this.configuration.trusted());
      for (const problem of problems) this.log.warn(problem);
      const demo: StoredProfile[] = this.demo.read() ? [{ profile: demoProfile, origin: 'demo' }] : [];
      this.merged = [...profiles.filter(({ profile }) => profile.id !== demoProfile.id), ...demo];
    }
    return this.merged;
  }

  find(id: string): StoredProfile | undefined {
    return this.all().find(({ profile }) => profile.id === id);
  }

  /** Adds the profile to the user's settings, or replaces the one of that id there. */
  async save(profile: Profile): Promise<void> {
    const entries = this.userEntries();
    const at = entries.findIndex((entry) => idOf(entry) === profile.id);
    await this.configuration.writeUser(at < 0 ? [...entries, profile] : entries.with(at, profile));
    this.changed();
  }

  async remove(id: string): Promise<void> {
    const stored = this.find(id);
    if (stored?.origin === 'workspace') {
      throw new Failure('refused', 'This connection is defined in the workspace settings.', {
        advice: 'Remove it there.',
      });
    }
    if (stored?.origin === 'demo') await this.demo.write(false);
    else await this.configuration.writeUser(this.userEntries().filter((entry) => idOf(entry) !== id));
    this.changed();
  }

  async showDemo(): Promise<Profile> {
    await this.demo.write(true);
    this.changed();
    return demoProfile;
  }

  /** Whether another profile sends its password to exactly the same place, so that it must be kept for it. */
  sharesSecret(profile: Profile): boolean {
    return this.all().some(
      (other) => other.profile.id !== profile.id && secretKey(other.profile) === secretKey(profile),
    );
  }

  dispose(): void {
    this.subscription.dispose();
    this.changes.dispose();
  }

  /** As written, with entries that we cannot read: saving one profile must not delete another. */
  private userEntries(): unknown[] {
    const value = this.configuration.read().user;
    if (value !== undefined && !Array.isArray(value)) {
      throw new Failure('badInput', 'The setting "amqp.connections" is not a list.', {
        advice: 'Repair it in the user settings first.',
      });
    }
    return value === undefined ? [] : [...(value as unknown[])];
  }

  private changed(): void {
    this.merged = undefined;
    this.changes.fire();
  }
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as { id?: unknown }).id : undefined;
}
