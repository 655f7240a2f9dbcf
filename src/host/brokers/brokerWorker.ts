import { Worker } from 'node:worker_threads';
import { Emitter } from '../../core/base/emitter';
import type { BrokerContract } from '../../protocol/brokerContract';
import { connect } from '../../protocol/endpoint';
import type { StartBroker } from './brokerLink';
import { WorkerTransport } from './workerTransport';

/**
 * Bounds for one worker's JavaScript heap, in MiB. Buffers do not count here: the tail's own budgets bound those
 * (DESIGN 4). Beyond them Node ends the worker, which costs one connection and not the editor.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

/** Starts workers from the bundle `dist/worker.js`. */
export function brokerWorkers(scriptPath: string): StartBroker {
  return (name) => {
    // An empty environment: a worker needs nothing of the host's, and NODE_OPTIONS or the like must not reach it.
    const worker = new Worker(scriptPath, { name: `amqp ${name}`, resourceLimits, env: {} });
    const crashes = new Emitter<string>();
    let ended = false;
    let lastError: string | undefined;
    // Without this listener an error in the worker would be an uncaught exception of the whole extension host.
    worker.on('error', (error) => {
      lastError = error instanceof Error ? (error.stack ?? error.message) : String(error);
    });
    const transport = new WorkerTransport(worker);
    const client = connect<BrokerContract>(transport);
    worker.on('exit', (code) => {
      if (!ended) crashes.fire(lastError ?? `The worker ended with code ${String(code)}.`);
      ended = true;
    });
    return {
      client,
      onCrash: crashes.event,
      dispose() {
        ended = true;
        client.dispose();
        transport.dispose();
        void worker.terminate();
      },
    };
  };
}
