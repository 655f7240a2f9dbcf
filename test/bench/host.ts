import { repository } from '../lab/paths';
import { rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { DelayFindings } from './hostProbe';
import { openHostWindows } from './hostWindow';
import { startPublisher } from './publisher';
import { resultOf } from './result';
import type { Budget, Result } from './result';
import { median } from './statistics';

const budget: Budget = {
  words: 'at most 5 ms more than beside a bare amqplib worker at the same rate',
  about: 'difference',
  holds: (more) => more <= 5,
};
/** Of what a tail takes at full speed: with everything else on the machine both consumers must hold this rate. */
const paceShare = 0.85;
/** How far the rates of the two may lie apart before the comparison is worth nothing. */
const mostApart = 0.05;

/**
 * The event-loop delay of a real extension host while a tail runs with its panel on screen, beside the same host with
 * a worker that only counts what amqplib delivers. What a tail takes at full speed is found out first; then both
 * receive from a publisher that is paced close below it.
 */
export async function benchHost(): Promise<Result[]> {
  const node = await startRabbit({ series: '4.3' });
  const publisher = await startPublisher(node, 1_024);
  const vscode = await openHostWindows({
    developmentPath: repository,
    userSettings: { 'amqp.connections': [rabbitProfile(node, { id: 'bench' })] },
    env: { AMQP_BENCH_URL: node.amqpUrl },
  });
  try {
    publisher.setRate(Infinity);
    const { messagesPerSecond } = await vscode.visit('fullSpeed');
    publisher.setRate(messagesPerSecond * paceShare);
    return [eventLoop(await vscode.visit('delays'), messagesPerSecond)];
  } finally {
    await vscode.close();
    await publisher.stop();
    await node.stop();
  }
}

function eventLoop({ bare, tail }: DelayFindings, fullSpeed: number): Result {
  const rate = (passes: DelayFindings['bare']): number =>
    Math.round(median(passes.map(({ messagesPerSecond }) => messagesPerSecond)));
  const result = resultOf({
    name: `event-loop delay of the extension host, p99, tail at ${rate(tail)} messages/s (${Math.round(fullSpeed)} at full speed) beside a bare worker at ${rate(bare)}`,
    unit: 'ms',
    measured: tail.map(({ p99 }) => p99),
    baseline: bare.map(({ p99 }) => p99),
    budget,
  });
  const apart = Math.abs(rate(tail) / rate(bare) - 1);
  return apart > mostApart && result.ok === 'yes' ? { ...result, ok: 'noisy' } : result;
}
