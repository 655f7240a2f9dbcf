// Lets a million messages pass through tails of the real worker code and says what it held; started by `benchMemory`.
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { Profile } from '../../src/core/broker/profile';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';
import { benchQueue } from './publisher';

/** Bytes after a full collection. */
interface Held {
  readonly rss: number;
  /** JavaScript objects, and the memory of all buffers. */
  readonly held: number;
}

export interface MemoryFindings {
  readonly before: Held;
  /** At intervals while the million passes, the first when the buffer has been full for a while. */
  readonly oneTail: readonly Held[];
  readonly manyTails: Held;
}

/** What the probe is started with, as JSON in AMQP_BENCH_MEMORY. */
export interface MemoryTask {
  readonly profile: Profile;
  readonly password: string;
  readonly messages: number;
  readonly warmUp: number;
  readonly samples: number;
  /** Open at once in the end. */
  readonly tails: number;
  /** Messages through each of them. */
  readonly messagesEach: number;
}

async function main(task: MemoryTask): Promise<MemoryFindings> {
  const session = workerSession(openBroker, systemClock);
  await session.open(task.profile, task.password);
  const before = held();
  const views = [await openTail(session)];
  const oneTail: Held[] = [];
  for (let sample = 0; sample <= task.samples; sample++) {
    const goal = task.warmUp + ((task.messages - task.warmUp) * sample) / task.samples;
    await passed(session, views, goal);
    oneTail.push(held());
  }
  while (views.length < task.tails) views.push(await openTail(session));
  await passed(session, views, task.messagesEach);
  const manyTails = held();
  await session.close();
  return { before, oneTail, manyTails };
}

async function openTail({ client }: WorkerSession): Promise<string> {
  const source = { kind: 'queue', vhost: '/', queue: benchQueue } as const;
  return (await client.request('openTail', { source, confirmed: true })).viewId;
}

async function passed({ client }: WorkerSession, views: readonly string[], messages: number): Promise<void> {
  for (const viewId of views) {
    while ((await client.request('view', { viewId })).received < messages)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function held(): Held {
  // The first frees what finalizers held, the second what they freed.
  for (let round = 0; round < 2; round++) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, held: heapUsed + external };
}

main(JSON.parse(process.env['AMQP_BENCH_MEMORY'] ?? '{}') as MemoryTask).then(
  (findings) => {
    process.stdout.write(JSON.stringify(findings), () => process.exit(0));
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
