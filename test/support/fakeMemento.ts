import type { Memento } from 'vscode';

/** What an editor remembers, in memory. */
export class FakeMemento implements Memento {
  private readonly kept = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.kept.keys()];
  }

  readonly get: Memento['get'] = (key: string, otherwise?: unknown) =>
    (this.kept.has(key) ? this.kept.get(key) : otherwise) as never;

  update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }
}
