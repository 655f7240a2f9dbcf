/**
 * The broker's only thread: what clients ask and what they are told runs through one line, in order, never within
 * the call that caused it. So everything is as asynchronous as over a socket, and nothing overtakes.
 */
export class TaskLoop {
  private tasks: (() => void)[] = [];
  private scheduled = false;
  private ended = false;

  constructor(private readonly onError: (error: unknown) => void) {}

  post(task: () => void): void {
    if (this.ended) return;
    this.tasks.push(task);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.turn();
    });
  }

  /** What is still waiting never happens. */
  end(): void {
    this.ended = true;
    this.tasks = [];
  }

  /** One batch a turn of the event loop, so that a busy broker leaves room for timers and sockets. */
  private turn(): void {
    const batch = this.tasks;
    this.tasks = [];
    this.scheduled = false;
    for (const task of batch) {
      try {
        task();
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
