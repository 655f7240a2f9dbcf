import { asFailure } from '../../core/base/failure';
import type { ExchangeInfo, QueueInfo } from '../../core/topology/model';
import type { LiveExchange, LiveObjects, LiveQueue, LiveRequests } from '../../protocol/topologyService';
import type { BrokerSession } from '../brokers/brokerSession';

type Params<K extends keyof LiveRequests> = LiveRequests[K]['params'];

/** RabbitMQ's largest page; also the most names of an answer. */
const pageSize = 500;
/** So few are looked for one by one at once; of more the first page comes first. */
const fewNames = 3;
/** The most queues that are looked for one by one. */
const mostSearches = 60;
const searchesAtOnce = 4;

/** Names of a connected broker that contain a part. A virtual host that this login does not see has none. */
export async function liveNames(
  { client }: BrokerSession,
  { kind, vhost, part }: Params<'liveNames'>,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const found = await orNothing(async () => {
    if (kind === 'vhost') return await client.request('vhosts', undefined, signal);
    if (kind === 'exchange') return await client.request('exchanges', { vhost }, signal);
    const page = { vhost, page: 1, size: pageSize, ...(part === '' ? {} : { name: part }) };
    return (await client.request('queues', page, signal)).items;
  });
  const names = (found ?? []).map(({ name }) => name);
  return names.filter((name) => name !== '' && name.includes(part)).slice(0, pageSize);
}

/** What a connected broker says of queues and exchanges now. */
export async function liveObjects(
  session: BrokerSession,
  { vhost, queues, exchanges }: Params<'liveObjects'>,
  signal?: AbortSignal,
): Promise<LiveObjects> {
  const connection = session.profile.name;
  const found = await orNothing(async () => {
    const [some, listed] = await Promise.all([
      queuesNamed(session, vhost, queues, signal),
      exchanges.length === 0 ? [] : session.client.request('exchanges', { vhost }, signal),
    ]);
    const wanted = new Set(exchanges);
    return {
      connection,
      queues: some.found.map(toLiveQueue),
      exchanges: listed.filter(({ name }) => wanted.has(name)).map(toLiveExchange),
      ...(some.isPartial ? { isPartial: true as const } : {}),
    };
  });
  return found ?? { connection, queues: [], exchanges: [], vhostMissing: true };
}

/** `undefined` where the broker knows no such virtual host. */
async function orNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if (asFailure(thrown).reason === 'notFound') return undefined;
    throw thrown;
  }
}

/** A broker lists its queues in pages and searches by a part of the name: few names cost few small answers. */
async function queuesNamed(
  { client }: BrokerSession,
  vhost: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ readonly found: readonly QueueInfo[]; readonly isPartial: boolean }> {
  const missing = new Set(names);
  const found: QueueInfo[] = [];
  let isPartial = false;
  const take = (items: readonly QueueInfo[]): void => {
    for (const item of items) if (missing.delete(item.name)) found.push(item);
  };
  if (missing.size === 0) return { found, isPartial };
  if (missing.size > fewNames) {
    const { items, total } = await client.request('queues', { vhost, page: 1, size: pageSize }, signal);
    take(items);
    if (total <= items.length) return { found, isPartial };
  }
  const left = [...missing];
  if (left.length > mostSearches) isPartial = true;
  const turns = left.slice(0, mostSearches).values();
  const search = async (): Promise<void> => {
    for (const name of turns) {
      const page = { vhost, page: 1, size: pageSize, name };
      const { items, total } = await client.request('queues', page, signal);
      take(items);
      if (missing.has(name) && total > items.length) isPartial = true;
    }
  };
  await Promise.all(Array.from({ length: searchesAtOnce }, search));
  return { found, isPartial };
}

function toLiveQueue({ name, type, ready, unacked, consumers, policy }: QueueInfo): LiveQueue {
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(ready === undefined ? {} : { ready }),
    ...(unacked === undefined ? {} : { unacked }),
    ...(consumers === undefined ? {} : { consumers }),
    ...(policy === undefined ? {} : { policy }),
  };
}

function toLiveExchange({ name, type, rateIn }: ExchangeInfo): LiveExchange {
  return { name, type, ...(rateIn === undefined ? {} : { rateIn }) };
}
