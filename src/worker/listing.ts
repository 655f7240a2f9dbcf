import { Failure } from '../core/base/failure';
import type { ManagementPort } from '../core/broker/managementPort';
import type { BrokerContract } from '../protocol/brokerContract';
import type { Handlers } from '../protocol/endpoint';
import type { LiveBroker } from './connectionSession';

type Listing = Pick<Handlers<BrokerContract>, 'vhosts' | 'exchanges' | 'queues' | 'bindings'>;

/** The requests that only the management API can answer. Without it they reject, saying why and what to do. */
export function listing(live: () => LiveBroker): Listing {
  return {
    vhosts: (_, signal) => managementOf(live()).vhosts(signal),
    exchanges: ({ vhost }, signal) => managementOf(live()).exchanges(vhost, signal),
    queues: ({ vhost, ...page }, signal) => managementOf(live()).queues(vhost, page, signal),
    bindings: ({ vhost, kind, name, side }, signal) => {
      if (kind === 'exchange') return managementOf(live()).exchangeBindings(vhost, name, side, signal);
      if (side === 'to') return managementOf(live()).queueBindings(vhost, name, signal);
      throw new Failure('badInput', 'No binding leads away from a queue.');
    },
  };
}

/** Rejects, saying why and what to do, where it cannot be used. */
export function managementOf({ broker, summary }: LiveBroker): ManagementPort {
  const { management: found } = summary;
  if (!found.available) throw new Failure('unsupported', found.text, { advice: found.advice });
  if (!broker.management) throw new Failure('unsupported', 'This connection has no management API.');
  return broker.management;
}
