import { Emitter } from '../../src/core/base/emitter';
import { silentLog } from '../../src/core/base/log';
import type { Profile } from '../../src/core/broker/profile';
import type { ConfigurationPort } from '../../src/host/profiles/configurationPort';
import type { ConfiguredValues } from '../../src/host/profiles/profileMerge';
import { ProfileStore } from '../../src/host/profiles/profileStore';

export function rabbitProfile(id: string, more: Partial<Profile> = {}): Profile {
  const usual = {
    kind: 'rabbitmq',
    tls: false,
    host: 'localhost',
    port: 5672,
    user: 'guest',
    vhost: '/',
  } as const;
  return { id, name: id, ...usual, ...more };
}

/** The settings of an editor, in memory. */
export class FakeConfiguration implements ConfigurationPort {
  readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;
  isTrusted = true;

  constructor(public values: ConfiguredValues) {}

  read(): ConfiguredValues {
    return this.values;
  }

  trusted(): boolean {
    return this.isTrusted;
  }

  writeUser(value: readonly unknown[]): Promise<void> {
    this.values = { ...this.values, user: value };
    return Promise.resolve();
  }
}

export function profileStoreOver(values: ConfiguredValues): {
  store: ProfileStore;
  configuration: FakeConfiguration;
} {
  const configuration = new FakeConfiguration(values);
  let shown = false;
  const demo = {
    read: () => shown,
    write: (value: boolean) => {
      shown = value;
      return Promise.resolve();
    },
  };
  return { configuration, store: new ProfileStore(configuration, demo, silentLog) };
}

/** A secret storage in memory. */
export class FakeSecrets {
  readonly kept = new Map<string, string>();

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.kept.delete(key);
    return Promise.resolve();
  }
}
