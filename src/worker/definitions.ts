import { Failure } from '../core/base/failure';
import type { BrokerContract } from '../protocol/brokerContract';
import type { Handlers } from '../protocol/endpoint';
import type { LiveBroker } from './connectionSession';

type DefinitionsHandlers = Pick<
  Handlers<BrokerContract>,
  'exportDefinitions' | 'createDefinitions' | 'removeDefinitions'
>;

/** Topology files against the broker. */
export function definitionsHandlers(live: () => LiveBroker): DefinitionsHandlers {
  const notYet = (): never => {
    throw new Failure('unsupported', `Not for ${live().profile.name} yet.`);
  };
  return { exportDefinitions: notYet, createDefinitions: notYet, removeDefinitions: notYet };
}
