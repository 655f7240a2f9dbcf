/** Something that holds a resource until it is told to let go. Calling `dispose` twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** A disposable from a function, which runs at most once. */
export function toDisposable(release: () => void): Disposable {
  let pending: (() => void) | undefined = release;
  return {
    dispose() {
      const run = pending;
      pending = undefined;
      run?.();
    },
  };
}

/** Owns disposables and lets go of them in reverse order; what is added after its end is released at once. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private ended = false;

  add<T extends Disposable>(item: T): T {
    if (this.ended) item.dispose();
    else this.items.push(item);
    return item;
  }

  dispose(): void {
    this.ended = true;
    for (let item = this.items.pop(); item; item = this.items.pop()) item.dispose();
  }
}
