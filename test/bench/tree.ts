import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { Wording } from '../../src/core/topology/treeModel';
import type { BrokerSession } from '../../src/host/brokers/brokerSession';
import { RememberedQueues } from '../../src/host/brokers/rememberedQueues';
import { pageSize, QueuePages } from '../../src/host/tree/queuePages';
import { TreeLoader } from '../../src/host/tree/treeLoader';
import type { VhostNode } from '../../src/host/tree/treeNode';
import { rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { workerSession } from '../support/workerSession';
import { countingProxy } from './countingProxy';
import type { CountingProxy } from './countingProxy';
import { inTurns } from './inTurns';
import { resultOf } from './result';
import type { Result } from './result';

const queues = 10_000;
/** The lab's management calls wait a minute at most. */
const queuesAtOnce = 2_000;

const words: Wording = { t: (message) => message, number: String };

interface Reading {
  readonly ms: number;
  /** Of the management API, from `/api/` on. */
  readonly requests: readonly string[];
  readonly bytes: number;
}

/** A virtual host with 10,000 queues in the tree: expanded, and refreshed while every page of it is shown. */
export async function benchTree(): Promise<Result[]> {
  const node = await startRabbit({ series: '4.3' });
  const proxy = await countingProxy(node.managementUrl ?? '');
  const worker = workerSession(openBroker, systemClock);
  try {
    await declareQueues(node);
    const profile = rabbitProfile(node, { managementUrl: proxy.url });
    const state = await worker.open(profile);
    const session = { profile, state, client: worker.client } as unknown as BrokerSession;
    const memory = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };
    const loader = new TreeLoader(new RememberedQueues(memory as never), words);
    const load = async (pages: number, known: QueuePages): Promise<Reading> => {
      const options = { showBuiltIns: false, pages: () => pages, queues: known };
      return await reading(proxy, async () => {
        await loader.children(vhost, session, options);
      });
    };
    proxy.take();
    const first = await load(1, new QueuePages());
    const whole = wholeListing(first, node, proxy);
    const expanded = await inTurns({ whole, tree: () => load(1, new QueuePages()) });
    const known = new QueuePages();
    await load(queues / pageSize, known);
    const refreshed = await inTurns({ whole, tree: () => load(queues / pageSize, known) });
    return [...expandFigures(first, expanded), ...refreshFigures(refreshed)];
  } finally {
    await worker.close();
    proxy.close();
    await node.stop();
  }
}

type Rounds = Readonly<Record<'whole' | 'tree', readonly Reading[]>>;

function expandFigures(cold: Reading, { whole, tree }: Rounds): Result[] {
  const rows = `expanding a virtual host with ${queues} queues`;
  const withinASecond = {
    words: 'first rows within 1 s',
    about: 'value',
    holds: (ms: number) => ms <= 1_000,
  } as const;
  return [
    resultOf({ name: `${rows}, the first time`, unit: 'ms', measured: [cold.ms], budget: withinASecond }),
    resultOf({
      name: `${rows}, beside a full listing of the same columns`,
      unit: 'ms',
      measured: tree.map(({ ms }) => ms),
      baseline: whole.map(({ ms }) => ms),
      budget: withinASecond,
    }),
    resultOf({
      name: `${rows}, what is asked of the management API`,
      unit: 'requests',
      measured: tree.map(({ requests }) => requests.length),
      budget: { words: 'at most 2 requests', about: 'value', holds: (requests) => requests <= 2 },
    }),
  ];
}

function refreshFigures({ whole, tree }: Rounds): Result[] {
  const name = `refresh of ${queues} queues that are all shown, beside a full listing of the same columns`;
  return [
    resultOf({
      name: `${name}, bytes on the wire, compressed`,
      unit: 'bytes',
      measured: tree.map(({ bytes }) => bytes),
      baseline: whole.map(({ bytes }) => bytes),
      budget: { words: 'at most 15 % of the full listing', about: 'ratio', holds: (ratio) => ratio <= 0.15 },
    }),
    resultOf({
      name,
      unit: 'ms',
      measured: tree.map(({ ms }) => ms),
      baseline: whole.map(({ ms }) => ms),
    }),
  ];
}

/** All queues in one answer, with the columns that the tree asks for. */
function wholeListing(first: Reading, node: RabbitNode, proxy: CountingProxy): () => Promise<Reading> {
  const asked = first.requests.find((path) => path.includes('/queues/'));
  if (asked === undefined) throw new Error('The tree asked for no queues.');
  const url = new URL(asked, proxy.url);
  for (const paging of ['page', 'page_size', 'name', 'use_regex']) url.searchParams.delete(paging);
  const authorization = `Basic ${btoa(`${node.user}:${node.password}`)}`;
  return () =>
    reading(proxy, async () => {
      const answer = await fetch(url, { headers: { authorization, 'accept-encoding': 'gzip' } });
      const listed = (await answer.json()) as unknown[];
      if (listed.length !== queues) throw new Error(`The full listing has ${listed.length} queues.`);
    });
}

async function reading(proxy: CountingProxy, read: () => Promise<void>): Promise<Reading> {
  proxy.take();
  const start = performance.now();
  await read();
  const ms = performance.now() - start;
  const { paths, bytes } = proxy.take();
  return { ms, requests: paths, bytes };
}

async function declareQueues(node: RabbitNode): Promise<void> {
  const all = Array.from({ length: queues }, (_, index) => ({
    name: `orders.${String(index).padStart(5, '0')}`,
    vhost: '/',
    durable: true,
    auto_delete: false,
    arguments: {},
  }));
  for (let from = 0; from < all.length; from += queuesAtOnce)
    await node.api('POST', '/api/definitions', { queues: all.slice(from, from + queuesAtOnce) });
}

const vhost: VhostNode = {
  kind: 'vhost',
  id: 'vhost',
  profileId: 'lab',
  vhost: '/',
  row: { label: '/', icon: 'symbol-namespace', context: 'vhost', expandable: true },
};
