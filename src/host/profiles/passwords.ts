import type { Profile } from '../../core/broker/profile';
import { isLoopback, secretKey } from '../../core/broker/profile';

/** The part of `vscode.SecretStorage` that passwords need. */
export interface SecretPort {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Passwords, kept in the editor's secret storage and nowhere else. */
export class Passwords {
  /** Endpoints that refused the well-known guest password: it is tried once, not at every attempt. */
  private readonly guestRefused = new Set<string>();

  constructor(private readonly secrets: SecretPort) {}

  /** The password to log in with, or `undefined` when the user must be asked. */
  async find(profile: Profile): Promise<string | undefined> {
    if (profile.kind === 'memory') return '';
    const key = secretKey(profile);
    const stored = await this.secrets.get(key);
    if (stored !== undefined) return stored;
    const guest = profile.user === 'guest' && isLoopback(profile.host) && !this.guestRefused.has(key);
    return guest ? 'guest' : undefined;
  }

  async store(profile: Profile, password: string): Promise<void> {
    await this.secrets.store(secretKey(profile), password);
  }

  async forget(profile: Profile): Promise<void> {
    await this.secrets.delete(secretKey(profile));
  }

  /** The broker refused what `find` gave: the next `find` must not offer a guess again. */
  noteRefused(profile: Profile): void {
    this.guestRefused.add(secretKey(profile));
  }
}
