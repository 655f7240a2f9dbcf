import { asFailure, Failure } from '../core/base/failure';
import type { ManagementPort } from '../core/broker/managementPort';
import type { TapPlan } from '../core/tail/tapPlan';
import { planQueueTap, planTypedTap } from '../core/tail/tapPlan';
import type { BindingInfo, ExchangeType } from '../core/topology/model';
import type { ViewSource } from '../protocol/view';
import type { LiveBroker } from './connectionSession';

/** Gathers what the broker says of a source, and plans its tail. Rejects when the source does not exist. */
export async function planTail(source: ViewSource, live: LiveBroker, signal: AbortSignal): Promise<TapPlan> {
  const management = readable(live);
  if (source.kind === 'binding') {
    const { vhost, exchange, routingKey, queue } = source;
    const exchangeType = management && (await exchangeTypes(management, vhost, signal)).get(exchange);
    return planTypedTap({
      exchange,
      routingKey,
      ...(exchangeType === undefined ? {} : { exchangeType }),
      ...(queue === undefined ? {} : { queue }),
    });
  }
  if (source.kind !== 'queue') throw new Failure('unsupported', 'This way of watching cannot be used yet.');
  const { vhost, queue: name } = source;
  if (!management) {
    const queue = { vhost, name, arguments: [] };
    return planQueueTap({ queue, bindings: { unreadable: whyNot(live) }, exchangeTypes: new Map() });
  }
  const queue = await management.queue(vhost, name, signal);
  const bindings = await readBindings(management, vhost, name, signal);
  const types =
    'unreadable' in bindings || bindings.length === 0
      ? new Map<string, ExchangeType>()
      : await exchangeTypes(management, vhost, signal);
  return planQueueTap({ queue, bindings, exchangeTypes: types });
}

function readable(live: LiveBroker): ManagementPort | undefined {
  return live.summary.management.available ? live.broker.management : undefined;
}

function whyNot(live: LiveBroker): string {
  const { management } = live.summary;
  return management.available ? 'the management API is not there.' : management.text;
}

async function readBindings(
  management: ManagementPort,
  vhost: string,
  queue: string,
  signal: AbortSignal,
): Promise<readonly BindingInfo[] | { unreadable: string }> {
  try {
    return await management.queueBindings(vhost, queue, signal);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.reason !== 'auth' && failure.reason !== 'refused') throw failure;
    return { unreadable: failure.message };
  }
}

async function exchangeTypes(
  management: ManagementPort,
  vhost: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ExchangeType>> {
  const exchanges = await management.exchanges(vhost, signal);
  return new Map(exchanges.map((exchange) => [exchange.name, exchange.type]));
}
