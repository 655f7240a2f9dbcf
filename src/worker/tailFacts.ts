import { asFailure, Failure } from '../core/base/failure';
import type { ManagementPort } from '../core/broker/managementPort';
import type { FollowedQueue } from '../core/tail/bindingFollower';
import { planConsume, planFirehose, planStream } from '../core/tail/sourcePlans';
import type { TailPlan } from '../core/tail/tailPlan';
import { mirrorsOf, planQueueTail, planTypedTap } from '../core/tail/tapPlan';
import { waysToWatchExchange, waysToWatchQueue } from '../core/tail/waysToWatch';
import type { WatchFacts } from '../core/tail/waysToWatch';
import type { BindingInfo, ExchangeType, QueueInfo } from '../core/topology/model';
import type { WatchParams } from '../protocol/brokerContract';
import type { Alternative, ViewSource } from '../protocol/view';
import type { LiveBroker } from './connectionSession';

/** Gathers what the broker says of a source, and plans its tail. Rejects when the source does not exist. */
export async function planTail(source: ViewSource, live: LiveBroker, signal: AbortSignal): Promise<TailPlan> {
  const { vhost } = source;
  const facts = watchFacts(vhost, live);
  switch (source.kind) {
    case 'queue':
      return planQueue(live, facts, source.queue, signal);
    case 'binding': {
      const management = readable(live);
      const exchangeType =
        management && (await exchangeTypes(management, vhost, signal)).get(source.exchange);
      return planTypedTap({ ...facts, ...source, ...(exchangeType === undefined ? {} : { exchangeType }) });
    }
    case 'stream':
      return planStream(facts, await queueInfo(live, vhost, source.queue, signal), source.offset);
    case 'consume':
      return planConsume(facts, await queueInfo(live, vhost, source.queue, signal));
    case 'firehose': {
      const { queue, exchange } = source;
      return planFirehose(facts, {
        ...(queue === undefined ? {} : { queue: await queueInfo(live, vhost, queue, signal) }),
        ...(exchange === undefined ? {} : { exchange }),
      });
    }
  }
}

/** The ways to watch that object, the usual one first. */
export async function waysToWatch(
  { vhost, queue, exchange }: WatchParams,
  live: LiveBroker,
  signal: AbortSignal,
): Promise<readonly Alternative[]> {
  const facts = watchFacts(vhost, live);
  return queue === undefined
    ? waysToWatchExchange(facts, exchange)
    : waysToWatchQueue(facts, await queueInfo(live, vhost, queue, signal));
}

/** How the bindings of a queue are read again while a tap runs; nothing where they cannot be read at all. */
export function followed(source: ViewSource, live: () => LiveBroker): FollowedQueue | undefined {
  if (source.kind !== 'queue' || !readable(live())) return undefined;
  const { vhost, queue } = source;
  let types: ReadonlyMap<string, ExchangeType> = new Map();
  return {
    queue,
    read: async (signal) => {
      const management = readable(live());
      if (!management) throw new Failure('closed', whyNot(live()));
      const bindings = await management.queueBindings(vhost, queue, signal);
      if (bindings.some((binding) => !types.has(binding.source))) {
        types = await exchangeTypes(management, vhost, signal);
      }
      // A queue that is not there has no bindings either.
      const exists = bindings.length > 0 || (await isThere(management, vhost, queue, signal));
      const { mirrored, skipped } = mirrorsOf(bindings, types);
      return { exists, bindings: mirrored, skipped };
    },
  };
}

function watchFacts(vhost: string, { broker, profile, summary }: LiveBroker): WatchFacts {
  const { management, product } = summary;
  return {
    vhost,
    product,
    ...(management.available ? { userTags: management.userTags } : {}),
    canTrace: broker.management?.tracing !== undefined,
    readOnly: profile.readOnly === true,
  };
}

async function planQueue(
  live: LiveBroker,
  facts: WatchFacts,
  name: string,
  signal: AbortSignal,
): Promise<TailPlan> {
  const { vhost } = facts;
  const management = readable(live);
  if (!management) {
    const queue = { vhost, name, arguments: [] };
    return planQueueTail({
      ...facts,
      queue,
      bindings: { unreadable: whyNot(live) },
      exchangeTypes: new Map(),
    });
  }
  const queue = await management.queue(vhost, name, signal);
  const bindings = queue.type === 'stream' ? [] : await readBindings(management, vhost, name, signal);
  const types =
    'unreadable' in bindings || bindings.length === 0
      ? new Map<string, ExchangeType>()
      : await exchangeTypes(management, vhost, signal);
  return planQueueTail({ ...facts, queue, bindings, exchangeTypes: types });
}

/** What is known of a queue; without the management API that is its name. Rejects when it is not there. */
async function queueInfo(
  live: LiveBroker,
  vhost: string,
  name: string,
  signal: AbortSignal,
): Promise<QueueInfo> {
  return (await readable(live)?.queue(vhost, name, signal)) ?? { vhost, name, arguments: [] };
}

async function isThere(
  management: ManagementPort,
  vhost: string,
  queue: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await management.queue(vhost, queue, signal);
    return true;
  } catch (thrown) {
    if (asFailure(thrown).reason === 'notFound') return false;
    throw thrown;
  }
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
