import type { Disposable } from '../core/base/disposable';
import type { Event } from '../core/base/emitter';
import { Emitter } from '../core/base/emitter';

/** A pair of ends that carry structured-cloneable values in order: webview messages, a worker's port, a test. */
export interface Transport extends Disposable {
  /** Never throws: what cannot be delivered any more is dropped, and `onClosed` says so. */
  send(message: unknown): void;
  readonly onMessage: Event<unknown>;
  /** The other end is gone; whatever waits for it must stop waiting. */
  readonly onClosed: Event<void>;
}

/** Two ends joined in memory, for tests. Delivery is asynchronous and copies, as across a real border. */
export function transportPair(): [Transport, Transport] {
  const first = new MemoryTransport();
  const second = new MemoryTransport();
  first.peer = second;
  second.peer = first;
  return [first, second];
}

class MemoryTransport implements Transport {
  private readonly messages = new Emitter<unknown>();
  private readonly closed = new Emitter<void>();
  readonly onMessage = this.messages.event;
  readonly onClosed = this.closed.event;
  peer: MemoryTransport | undefined;

  send(message: unknown): void {
    const copy = structuredClone(message);
    const peer = this.peer;
    queueMicrotask(() => peer?.messages.fire(copy));
  }

  dispose(): void {
    const peer = this.peer;
    if (!peer) return;
    this.peer = undefined;
    peer.peer = undefined;
    this.closed.fire();
    peer.closed.fire();
  }
}
