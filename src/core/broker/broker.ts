import type { AmqpPort } from './amqpPort';
import type { ManagementPort } from './managementPort';
import type { Profile } from './profile';

/** Both halves of one broker, joined by `openBroker`. */
export interface Broker {
  readonly amqp: AmqpPort;
  /** Missing when the profile says that there is none. Whether it answers is found out by asking it. */
  readonly management?: ManagementPort;
  dispose(): void;
}

/** What opening a broker needs beyond its profile. Certificates are PEM texts. */
export interface BrokerSecrets {
  readonly password: string;
}

export interface NetworkSettings {
  /** `http.proxy`, for the management API only. */
  readonly proxy?: string;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  /** Extra certificate authorities: the system's, where VS Code would use them. */
  readonly certificateAuthorities: readonly string[];
}

export type OpenBroker = (profile: Profile, secrets: BrokerSecrets, network: NetworkSettings) => Broker;
