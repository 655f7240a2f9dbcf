import type { Clock } from '../core/base/clock';
import { delay } from '../core/base/clock';
import { asFailure } from '../core/base/failure';
import { noteLine } from '../core/message/recordLine';
import type { RowReader } from '../core/tail/rowReader';
import type { MessageView, Recorder } from '../core/tail/view';
import type { RecordingState } from '../protocol/view';
import { recordedLine } from './exporting';
import { OutputFile } from './outputFile';
import { packLines } from './packLines';

/** How long the writer rests when it has caught up. */
const restMs = 50;

/**
 * Writes what arrives in a view to a file. It reads from the view's buffer at its own pace: a disk that is slower
 * than the flow costs neither memory nor intake. What the buffer let go meanwhile is counted, and said in the file.
 */
export class Recording implements Recorder {
  private readonly rows: RowReader;
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;
  private messages = 0;
  private leftOut = 0;
  /** Lines that had to be taken before the buffer was cleared. */
  private taken = '';
  private problem: string | undefined;

  private constructor(
    readonly path: string,
    private readonly file: OutputFile,
    private readonly view: MessageView,
    private readonly clock: Clock,
  ) {
    this.rows = view.newRows();
    view.recorder = this;
    view.changed();
    this.done = this.run();
  }

  /** Rejects when the file cannot be written. */
  static async start(path: string, view: MessageView, clock: Clock): Promise<Recording> {
    return new Recording(path, await OutputFile.growing(path), view, clock);
  }

  state(): RecordingState {
    const { path, messages, leftOut } = this;
    const slow = leftOut > 0 ? slowWords(leftOut) : undefined;
    const problem = this.problem ?? slow;
    return { path, messages, bytes: this.file.bytes, leftOut, ...(problem === undefined ? {} : { problem }) };
  }

  beforeClear(): void {
    if (this.problem !== undefined) return;
    for (let text = this.take(); text !== ''; text = this.take()) this.taken += text;
  }

  /** Writes what has arrived so far and closes the file. Never rejects: `problem` says what went wrong. */
  async stop(): Promise<RecordingState> {
    this.rows.endHere();
    this.ending.abort();
    await this.done;
    if (this.view.recorder === this) this.view.recorder = undefined;
    this.view.changed();
    return this.state();
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    try {
      for (;;) {
        // Looked at first: what arrived before the end is still written.
        const last = signal.aborted;
        const text = this.taken + this.take();
        this.taken = '';
        if (text !== '') {
          await this.file.write(text);
          this.view.changed();
        } else if (last) break;
        else await delay(this.clock, restMs, signal);
      }
      await this.file.finish();
    } catch (thrown) {
      this.problem = `${asFailure(thrown).message} Recording has ended.`;
      await this.file.abandon();
      this.view.changed();
    }
  }

  /** Some lines for one write. A note goes in front where messages are missing. */
  private take(): string {
    const packed = packLines(() => this.rows.next(), recordedLine, this.clock);
    this.messages += packed.messages;
    const missing = this.rows.missing - this.leftOut;
    if (missing === 0) return packed.text;
    this.leftOut = this.rows.missing;
    return this.gapLine(missing) + packed.text;
  }

  private gapLine(missing: number): string {
    const note = { receivedAt: this.clock.now(), severity: 'warning', text: slowWords(missing) } as const;
    return `${noteLine(note)}\n`;
  }
}

function slowWords(missing: number): string {
  return missing === 1
    ? '1 message is missing: it came faster than it could be written.'
    : `${missing.toLocaleString('en')} messages are missing: they came faster than they could be written.`;
}
