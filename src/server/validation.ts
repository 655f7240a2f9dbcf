import { setImmediate as nextTurn } from 'node:timers/promises';

/** What the scheduler needs to know of an open document. */
export interface VersionedText {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

/** How long typing may pause before a check begins, in milliseconds; a large text waits longer. */
function pauseFor(length: number): number {
  return length < 500_000 ? 150 : 400;
}

/**
 * Runs one check for the last of many edits. A check works in two steps with a turn of the event loop between them;
 * a newer edit that arrived meanwhile makes it stop there, and its result is never sent.
 */
export class ValidationSchedule {
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(
    /** The document as it is now, or `undefined` when it has been closed. */
    private readonly current: (uri: string) => VersionedText | undefined,
    private readonly prepare: (document: VersionedText) => void,
    private readonly publish: (document: VersionedText) => Promise<void>,
  ) {}

  request(document: VersionedText): void {
    this.cancel(document.uri);
    const timer = setTimeout(() => {
      this.waiting.delete(document.uri);
      void this.run(document.uri);
    }, pauseFor(document.getText().length));
    this.waiting.set(document.uri, timer);
  }

  cancel(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
  }

  private async run(uri: string): Promise<void> {
    const document = this.current(uri);
    if (!document) return;
    const { version } = document;
    this.prepare(document);
    await nextTurn();
    if (this.current(uri)?.version === version) await this.publish(document);
  }
}
