import type { Clock } from '../core/base/clock';
import { Failure } from '../core/base/failure';
import type { DefinitionsPort } from '../core/broker/definitionsPort';
import { readDefinitions } from '../core/broker/readDefinitions';
import type { BrokerContract } from '../protocol/brokerContract';
import type { TransferParams, TransferProgress, TransferResult } from '../protocol/definitionsTransfer';
import type { Handlers } from '../protocol/endpoint';
import type { LiveBroker } from './connectionSession';
import { managementOf } from './listing';
import { QueueCounting } from './queueCounting';
import { Transfer } from './transfer';

type DefinitionsHandlers = Pick<
  Handlers<BrokerContract>,
  'exportDefinitions' | 'createDefinitions' | 'removeDefinitions'
>;

export interface DefinitionsParts {
  readonly live: () => LiveBroker;
  readonly clock: Clock;
  readonly onProgress: (progress: TransferProgress) => void;
}

/** Topology files against the broker. */
export function definitionsHandlers({ live, clock, onProgress }: DefinitionsParts): DefinitionsHandlers {
  let transferring = false;

  async function transfer(
    verb: 'create' | 'remove',
    params: TransferParams,
    signal: AbortSignal,
  ): Promise<TransferResult> {
    const broker = live();
    refuseReadOnly(broker);
    const port = definitionsOf(broker);
    if (transferring)
      throw new Failure('refused', 'Another import or removal is running on this connection.');
    transferring = true;
    const counting = new QueueCounting(broker.broker.amqp, clock, managementOf(broker));
    try {
      return await new Transfer(verb, params, { port, clock, onProgress, counting }).run(signal);
    } finally {
      transferring = false;
      await counting.close();
    }
  }

  return {
    exportDefinitions: (params, signal) => readDefinitions(managementOf(live()), params, signal),
    createDefinitions: (params, signal) => transfer('create', params, signal),
    removeDefinitions: (params, signal) => transfer('remove', params, signal),
  };
}

function refuseReadOnly({ profile }: LiveBroker): void {
  if (!profile.readOnly) return;
  throw new Failure('refused', `"${profile.name}" is read-only: nothing is made or removed on it.`, {
    advice: 'Turn read-only off in the settings of this connection, or use another one.',
  });
}

function definitionsOf(broker: LiveBroker): DefinitionsPort {
  const { definitions } = managementOf(broker);
  if (definitions) return definitions;
  throw new Failure('unsupported', 'Objects of a definitions file cannot be moved to or from this broker.');
}
