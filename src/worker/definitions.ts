import { Failure } from '../core/base/failure';
import { readDefinitions } from '../core/broker/readDefinitions';
import type { BrokerContract } from '../protocol/brokerContract';
import type { Handlers } from '../protocol/endpoint';
import type { LiveBroker } from './connectionSession';
import { managementOf } from './listing';

type DefinitionsHandlers = Pick<
  Handlers<BrokerContract>,
  'exportDefinitions' | 'createDefinitions' | 'removeDefinitions'
>;

/** Topology files against the broker. */
export function definitionsHandlers(live: () => LiveBroker): DefinitionsHandlers {
  const notYet = (): never => {
    throw new Failure('unsupported', `Not for ${live().profile.name} yet.`);
  };
  return {
    exportDefinitions: (params, signal) => readDefinitions(managementOf(live()), params, signal),
    createDefinitions: notYet,
    removeDefinitions: notYet,
  };
}
