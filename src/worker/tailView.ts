import type { Clock } from '../core/base/clock';
import type { Log } from '../core/base/log';
import type { TailBanner } from '../core/tail/banner';
import type { TailSession, TailSink, TailStatus } from '../core/tail/tailSession';
import { MessageView } from '../core/tail/view';
import type { ViewSource, ViewState, ViewStatus } from '../protocol/view';
import type { OpenView } from './openView';

export interface TailViewParts {
  readonly id: string;
  readonly source: ViewSource;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the session that feeds this view; it begins at once. */
  readonly session: (sink: TailSink) => TailSession;
}

/** What the banner says until the plan is made. */
const unplanned: TailBanner = { sees: '', misses: '', promise: 'Nothing is taken.', alternatives: [] };

/** One live tail: a session that receives, and the picture of what it received. */
export class TailView implements OpenView {
  readonly id: string;
  readonly source: ViewSource;
  readonly messages: MessageView;
  private status: TailStatus = { kind: 'starting' };
  private banner = unplanned;
  private readonly session: TailSession;

  constructor(parts: TailViewParts) {
    this.id = parts.id;
    this.source = parts.source;
    this.messages = new MessageView(parts.clock);
    this.session = parts.session({
      message: (arrival) => {
        this.messages.message(arrival);
      },
      note: (severity, text) => {
        this.messages.note(severity, text);
      },
      status: (status) => {
        this.status = status;
        this.messages.changed();
      },
      banner: (banner) => {
        this.banner = banner;
        this.messages.changed();
      },
    });
    this.session.start();
  }

  get onChanged(): OpenView['onChanged'] {
    return this.messages.onChanged;
  }

  state(): ViewState {
    const { waiting, ...window } = this.messages.window();
    return {
      viewId: this.id,
      kind: 'tail',
      source: this.source,
      status: this.shownStatus(waiting),
      banner: this.banner,
      overflow: 'roll',
      ...window,
    };
  }

  async close(): Promise<void> {
    await this.session.stop();
    this.dispose();
  }

  dispose(): void {
    this.messages.dispose();
  }

  /** A pause is the panel's; whatever is wrong with the tap is said all the same. */
  private shownStatus(waiting: number | undefined): ViewStatus {
    return waiting !== undefined && this.status.kind === 'running'
      ? { kind: 'paused', waiting, receiving: true }
      : this.status;
  }
}
