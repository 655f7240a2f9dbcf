import { inRepository } from '../lab/paths';
import { rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import { run } from '../lab/run';
import type { MemoryFindings, MemoryTask } from './memoryProbe';
import { startPublisher } from './publisher';
import { resultOf } from './result';
import type { Result } from './result';

const mebibyte = 1024 * 1024;
const tails = 6;
/** Beyond the counted bytes: pages of numbers, what is in flight, and the allocator's own rounding. */
const slack = 16;
/** What the garbage collector leaves behind at one time and not at another. */
const mostGrowth = 8;

/** One million messages of 1 KiB through a tail, and a profile's whole budget shared by six, in a process of its own. */
export async function benchMemory(): Promise<Result[]> {
  const node = await startRabbit({ series: '4.3' });
  const publisher = await startPublisher(node, 1_024);
  try {
    const task: MemoryTask = {
      profile: rabbitProfile(node),
      password: node.password,
      messages: 1_000_000,
      warmUp: 200_000,
      samples: 8,
      tails,
      messagesEach: 100_000,
    };
    publisher.setRate(Infinity);
    const output = await run(
      process.execPath,
      ['--expose-gc', inRepository('out', 'lab', 'benchMemoryProbe.js')],
      { env: { ...process.env, AMQP_BENCH_MEMORY: JSON.stringify(task) } },
    );
    return figures(JSON.parse(output) as MemoryFindings);
  } finally {
    await publisher.stop();
    await node.stop();
  }
}

function figures({ before, oneTail, manyTails }: MemoryFindings): Result[] {
  const [warm, ...later] = oneTail;
  const last = later.at(-1);
  if (!warm || !last) throw new Error('The probe took no samples.');
  const growth = (name: string, what: 'held' | 'rss'): Result =>
    resultOf({
      name,
      unit: 'MiB',
      measured: later.map((sample) => sample[what] / mebibyte),
      baseline: later.map(() => warm[what] / mebibyte),
      budget: {
        words: `one million messages of 1 KiB pass through: at most ${mostGrowth} MiB more than after 200,000`,
        about: 'difference',
        holds: (more) => more <= mostGrowth,
      },
    });
  const held = (name: string, bytes: number, limit: number): Result =>
    resultOf({
      name,
      unit: 'MiB',
      measured: [(bytes - before.held) / mebibyte],
      budget: {
        words: `at most ${limit} MiB and ${slack} for what is in flight`,
        about: 'value',
        holds: (value) => value <= limit + slack,
      },
    });
  return [
    held('memory held for one full tail', last.held, 64),
    growth('memory held while one million messages pass', 'held'),
    growth('resident memory while one million messages pass', 'rss'),
    held(`memory held for ${tails} full tails of one profile`, manyTails.held, 256),
  ];
}
