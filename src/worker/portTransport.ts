import type { MessagePort } from 'node:worker_threads';
import { Emitter } from '../core/base/emitter';
import type { Transport } from '../protocol/transport';

/** The worker's end of its port to the host. */
export class PortTransport implements Transport {
  private readonly messages = new Emitter<unknown>();
  private readonly closed = new Emitter<void>();
  private open = true;
  readonly onMessage = this.messages.event;
  readonly onClosed = this.closed.event;

  constructor(private readonly port: MessagePort) {
    port.on('message', (message: unknown) => {
      if (this.open) this.messages.fire(message);
    });
    port.on('close', () => {
      this.end();
    });
  }

  send(message: unknown): void {
    if (this.open) this.port.postMessage(message);
  }

  dispose(): void {
    this.end();
    this.port.close();
  }

  private end(): void {
    if (!this.open) return;
    this.open = false;
    this.closed.fire();
  }
}
