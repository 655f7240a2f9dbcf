import type { Event } from '../../core/base/emitter';
import type { ConfiguredValues } from './profileMerge';

/** The setting `amqp.connections` and the trust it is read under, as the profile store needs them. */
export interface ConfigurationPort {
  read(): ConfiguredValues;
  trusted(): boolean;
  /** Replaces the value in the user's settings, wherever the others stand. */
  writeUser(value: readonly unknown[]): Promise<void>;
  /** The setting or the trust may have changed. */
  readonly onDidChange: Event<void>;
}
