import { toDisposable } from './disposable';
import type { Disposable } from './disposable';

/** Subscribe to something that happens; the result unsubscribes. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * A source of events for one owner, who fires, and any number of listeners. A listener that throws does not keep
 * the others from hearing: its error goes to `onListenerError`.
 */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<{ call: (value: T) => void }>();

  constructor(private readonly onListenerError: (error: unknown) => void = rethrowLater) {}

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener };
    this.listeners.add(entry);
    return toDisposable(() => this.listeners.delete(entry));
  };

  fire(value: T): void {
    for (const entry of [...this.listeners]) {
      try {
        entry.call(value);
      } catch (error) {
        this.onListenerError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

function rethrowLater(error: unknown): void {
  void Promise.reject(error instanceof Error ? error : new Error(String(error)));
}
