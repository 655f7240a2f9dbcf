import { resolve } from 'node:path';
import type { Clock } from '../core/base/clock';
import { Failure } from '../core/base/failure';
import type { RecordingState } from '../protocol/view';
import type { OpenView } from './openView';
import { Recording } from './recording';

/** The views that are being recorded, by id. */
export class Recordings {
  /** Kept from the first moment on: whoever closes a view must find the recording that is about to begin. */
  private readonly running = new Map<string, Promise<Recording>>();
  private readonly paths = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** Rejects where the file cannot be written, or is being written already. */
  async start(view: OpenView, file: string): Promise<void> {
    const path = resolve(file);
    if (view.state().kind === 'peek')
      throw new Failure('refused', 'A peek does not go on: export what it read instead.');
    if (this.running.has(view.id)) throw new Failure('refused', 'This tail is being recorded already.');
    if (this.paths.has(path)) throw new Failure('refused', `Another tail is being recorded to ${path}.`);
    const starting = Recording.start(path, view.messages, this.clock);
    this.running.set(view.id, starting);
    this.paths.add(path);
    try {
      await starting;
    } catch (thrown) {
      this.running.delete(view.id);
      this.paths.delete(path);
      throw thrown;
    }
  }

  /** What the file holds, once it is complete; `undefined` where nothing was recorded. */
  async stop(viewId: string): Promise<RecordingState | undefined> {
    const recording = await this.running.get(viewId)?.catch(() => undefined);
    this.running.delete(viewId);
    const state = await recording?.stop();
    if (recording) this.paths.delete(recording.path);
    return state;
  }
}
