// Measures from inside a real extension host; `benchHost` starts VS Code with it and reads what it writes.
import { existsSync, writeFileSync, renameSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';
import { inRepository } from '../lab/paths';

/** What one window found out. Delays in milliseconds, 99th percentile. */
export interface HostFindings {
  /** Loading the bundle, which nothing interrupts. */
  readonly loadMs: number;
  /** Load and `activate` on the wall clock: other extensions start at the same time on the same thread. */
  readonly activationMs: number;
  readonly pairs: readonly { readonly bare: DelayPass; readonly tail: DelayPass }[];
}

interface DelayPass {
  readonly p99: number;
  readonly messagesPerSecond: number;
}

const passMs = 4_000;
const settleMs = 1_500;
const pairs = 7;

export async function run(): Promise<void> {
  const file = process.env['AMQP_BENCH_RESULT'];
  if (file === undefined) throw new Error('AMQP_BENCH_RESULT says where the findings go.');
  const findings = await find(file).catch((error: unknown) => ({ error: String(error) }));
  writeFileSync(`${file}.draft`, JSON.stringify(findings));
  renameSync(`${file}.draft`, file);
}

async function find(file: string): Promise<HostFindings> {
  const extension = vscode.extensions.getExtension<WorkbenchApi>(id);
  if (extension === undefined) throw new Error('The extension is missing.');
  const api = await extension.activate();
  return {
    ...activationTime(),
    pairs: existsSync(`${file}.pairs`) ? await measurePairs(api) : [],
  };
}

const id = 'amqp-workbench.amqp-workbench';

/** From the marks that VS Code itself sets around loading and activating an extension: whoever activates it first. */
function activationTime(): Pick<HostFindings, 'loadMs' | 'activationMs'> {
  const { MonacoPerformanceMarks } = globalThis as unknown as {
    MonacoPerformanceMarks: { getMarks(): readonly { name: string; startTime: number }[] };
  };
  const at = (what: string): number => {
    const mark = MonacoPerformanceMarks.getMarks().find(({ name }) => name === `code/extHost/${what}/${id}`);
    if (!mark) throw new Error(`VS Code has no mark for ${what}.`);
    return mark.startTime;
  };
  const loadMs = at('didLoadExtensionCode') - at('willLoadExtensionCode');
  const call = at('didActivateExtension') - at('willActivateExtension');
  const loadsInside = at('willActivateExtension') <= at('willLoadExtensionCode');
  return { loadMs, activationMs: loadsInside ? call : loadMs + call };
}

async function measurePairs(api: WorkbenchApi): Promise<HostFindings['pairs']> {
  await vscode.commands.executeCommand('amqp.connect', 'bench');
  const found: { bare: DelayPass; tail: DelayPass }[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const inTurn = pair % 2 === 0 ? [bareWorker, liveTail] : [liveTail, bareWorker];
    const passes = new Map<unknown, DelayPass>();
    for (const consumer of inTurn) passes.set(consumer, await measure(await consumer(api)));
    const [bare, tail] = [passes.get(bareWorker), passes.get(liveTail)];
    // The first pair warms up both.
    if (pair > 0 && bare && tail) found.push({ bare, tail });
  }
  return found;
}

/** Something that receives at full speed outside this thread. */
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
  name: 'bench.queue',
  info: { vhost: '/', name: 'bench.queue', type: 'classic', arguments: [] },
  row: { label: 'bench.queue', context: 'queue', expandable: false },
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
