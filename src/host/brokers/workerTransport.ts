import type { Worker } from 'node:worker_threads';
import { Emitter } from '../../core/base/emitter';
import type { Transport } from '../../protocol/transport';

/** The host's end of a broker worker's port. It closes when the worker is gone, for whatever reason. */
export class WorkerTransport implements Transport {
  private readonly messages = new Emitter<unknown>();
  private readonly closed = new Emitter<void>();
  private open = true;
  readonly onMessage = this.messages.event;
  readonly onClosed = this.closed.event;

  constructor(private readonly worker: Worker) {
    worker.on('message', (message: unknown) => {
      if (this.open) this.messages.fire(message);
    });
    worker.on('exit', () => {
      this.end();
    });
  }

  send(message: unknown): void {
    if (this.open) this.worker.postMessage(message);
  }

  dispose(): void {
    this.end();
  }

  private end(): void {
    if (!this.open) return;
    this.open = false;
    this.closed.fire();
  }
}
