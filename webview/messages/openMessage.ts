import { asFailure } from '../../src/core/base/failure';
import type { MessageDetail } from '../../src/core/message/detail';

/** The message in the detail pane: which, and what of it has come. */
export class OpenMessage {
  seq: number | undefined;
  detail: MessageDetail | undefined;
  /** Why there is no detail, when it was asked for and did not come. */
  problem = '';
  private fetching: AbortController | undefined;

  constructor(
    private readonly fetch: (seq: number, signal: AbortSignal) => Promise<MessageDetail>,
    private readonly changed: () => void,
  ) {}

  /** The one shown before stays until this one comes. */
  show(seq: number): void {
    if (seq === this.seq) return;
    this.fetching?.abort();
    const fetching = new AbortController();
    this.fetching = fetching;
    this.seq = seq;
    this.problem = '';
    this.changed();
    this.fetch(seq, fetching.signal).then(
      (detail) => {
        if (fetching.signal.aborted) return;
        this.detail = detail;
        this.changed();
      },
      (thrown: unknown) => {
        if (fetching.signal.aborted) return;
        this.detail = undefined;
        this.problem = asFailure(thrown).message;
        this.changed();
      },
    );
  }

  close(): void {
    this.fetching?.abort();
    this.seq = undefined;
    this.detail = undefined;
    this.changed();
  }
}
