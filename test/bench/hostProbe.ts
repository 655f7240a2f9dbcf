// Measures from inside a real extension host; `openHostWindows` starts VS Code with it and reads what it writes.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';
import { inRepository } from '../lab/paths';
import type { ActivationTimes } from './activation';
import { inTurns } from './inTurns';
import { benchQueue } from './publisher';

/** What a window can be asked to find out. */
export interface ProbeTasks {
  readonly activation: ActivationTimes;
  /** Messages a second that a tail takes when the publisher does not hold back. */
  readonly fullSpeed: { readonly messagesPerSecond: number };
  readonly delays: DelayFindings;
}

export type DelayFindings = Readonly<Record<'bare' | 'tail', readonly DelayPass[]>>;

export interface DelayPass {
  /** 99th percentile of the event-loop delay, in milliseconds. */
  readonly p99: number;
  readonly messagesPerSecond: number;
}

const passMs = 4_000;
const settleMs = 1_500;
const id = 'amqp-workbench.amqp-workbench';

export async function run(): Promise<void> {
  const task = fromEnvironment('AMQP_BENCH_TASK');
  const result = fromEnvironment('AMQP_BENCH_RESULT');
  const findings = await find(readFileSync(task, 'utf8') as keyof ProbeTasks).catch((error: unknown) => ({
    error: String(error),
  }));
  writeFileSync(`${result}.draft`, JSON.stringify(findings));
  renameSync(`${result}.draft`, result);
}

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}

async function find(task: keyof ProbeTasks): Promise<ProbeTasks[keyof ProbeTasks]> {
  const extension = vscode.extensions.getExtension<WorkbenchApi>(id);
  if (extension === undefined) throw new Error('The extension is missing.');
  const api = await extension.activate();
  if (task === 'activation') return activationTimes();
  await vscode.commands.executeCommand('amqp.connect', 'bench');
  const tail = async (): Promise<DelayPass> => measure(await liveTail(api));
  if (task === 'fullSpeed') return tail();
  return inTurns({ bare: async () => measure(await bareWorker()), tail });
}

/** Left behind by the script that stands around the extension, see `activation.ts`. */
function activationTimes(): ActivationTimes {
  const { amqpActivation } = globalThis as { amqpActivation?: ActivationTimes };
  if (amqpActivation === undefined) throw new Error('Nobody measured the activation.');
  return amqpActivation;
}

/** Something that receives outside this thread. */
interface Running {
  received(): number;
  stop(): Promise<void>;
}

async function measure(running: Running): Promise<DelayPass> {
  await pause(settleMs);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = running.received();
  const started = performance.now();
  delay.enable();
  await pause(passMs);
  delay.disable();
  const seconds = (performance.now() - started) / 1_000;
  const messagesPerSecond = (running.received() - before) / seconds;
  await running.stop();
  return { p99: delay.percentile(99) / 1e6, messagesPerSecond };
}

/** amqplib alone in a worker of this host, counting. */
async function bareWorker(): Promise<Running> {
  const worker = new Worker(inRepository('out', 'lab', 'benchBareConsumer.js'), { env: process.env });
  let received = 0;
  worker.on('message', (count: number) => (received = count));
  await new Promise((resolve) => worker.once('message', resolve));
  return {
    received: () => received,
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** The product: Live Tail of the queue, with its panel on screen. */
async function liveTail(api: WorkbenchApi): Promise<Running> {
  await vscode.commands.executeCommand('amqp.tail', queueRow);
  const view = () => api.messagePanels()[0]?.view;
  const deadline = Date.now() + 20_000;
  while (view()?.status.kind !== 'running') {
    if (Date.now() > deadline)
      throw new Error(`The tail does not run: ${JSON.stringify(api.messagePanels())}`);
    await pause(50);
  }
  return {
    received: () => view()?.received ?? 0,
    stop: async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    },
  };
}

const queueRow = {
  kind: 'queue',
  id: 'bench',
  profileId: 'bench',
  vhost: '/',
  name: benchQueue,
  info: { vhost: '/', name: benchQueue, type: 'classic', arguments: [] },
  row: { label: benchQueue, context: 'queue', expandable: false },
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
