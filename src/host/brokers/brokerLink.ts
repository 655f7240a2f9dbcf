import type { Disposable } from '../../core/base/disposable';
import type { Event } from '../../core/base/emitter';
import type { BrokerContract } from '../../protocol/brokerContract';
import type { Client } from '../../protocol/endpoint';

/** A running broker worker, or what stands in for one in a test. Disposing it ends the worker at once. */
export interface BrokerLink extends Disposable {
  readonly client: Client<BrokerContract>;
  /** The worker ended without being told to; the value is for the log. */
  readonly onCrash: Event<string>;
}

export type StartBroker = (name: string) => BrokerLink;
