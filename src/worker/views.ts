import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/base/clock';
import { delay } from '../core/base/clock';
import { Failure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { MessageDraft } from '../core/message/message';
import { runPeek } from '../core/peek/peekSession';
import { SteadyTail } from '../core/tail/steadyTail';
import { tailSources } from '../core/tail/tailSources';
import type { TracingSwitch } from '../core/tail/tracingSwitch';
import type { Profile } from '../core/broker/profile';
import type { TailPlan } from '../core/tail/tailPlan';
import type { TailSink } from '../core/tail/tailSession';
import type { QueueParams } from '../protocol/brokerContract';
import type { RecordingState, ViewSource, ViewState } from '../protocol/view';
import type { LiveBroker } from './connectionSession';
import type { OpenView } from './openView';
import { MemoryShare } from './memoryShare';
import { peekFacts } from './peekFacts';
import type { PeekWish } from './peekFacts';
import { PeekView } from './peekView';
import { Recordings } from './recordings';
import { TailView } from './tailView';
import { followed, planTail } from './tailFacts';

export interface ViewsParts {
  readonly clock: Clock;
  readonly log: Log;
  /** The broker as it is known now: reconnecting may have found another version. */
  readonly live: () => LiveBroker;
  readonly onView: (state: ViewState) => void;
}

/** How long a view that closes waits for its recording. */
const lastLinesMs = 2_000;
/** Begins the names of temporary queues, for the broker's operator; the profile may set another one. */
const defaultPrefix = 'amqp-workbench.tap.';

/** Every open tail and peek, by id. The same source opened twice gives two views. */
export class Views {
  private readonly open = new Map<string, OpenView>();
  private readonly tails = new Set<TailView>();
  /** Ids of those that cannot see what is sent straight to their queue. */
  private readonly mirrors = new Set<string>();
  private readonly peeks = new Map<string, PeekView>();
  /** The highest delivery count that a peek saw, by virtual host and queue. */
  private readonly deliveryCounts = new Map<string, number>();
  private readonly recordings: Recordings;
  private readonly memory = new MemoryShare();
  private lastId = 0;

  constructor(private readonly parts: ViewsParts) {
    this.recordings = new Recordings(parts.clock);
  }

  /** `confirmed`: the user accepted what this source takes or changes. */
  openTail(source: ViewSource, confirmed: boolean, tracing: TracingSwitch): ViewState {
    const { clock, log, live } = this.parts;
    const { broker, profile } = live();
    checkAllowed(source, confirmed, profile);
    const { vhost } = source;
    const follow = followed(source, live);
    const open = tailSources({
      amqp: broker.amqp,
      clock,
      vhost,
      connectionName: `AMQP Workbench, tail of ${watched(source)}`,
      queueName: () => `${profile.queuePrefix ?? defaultPrefix}${randomUUID()}`,
      tracing,
      ...(follow ? { follow } : {}),
    });
    const id = this.nextId('tail');
    const plan = async (signal: AbortSignal): Promise<TailPlan> => {
      const made = await planTail(source, live(), signal);
      if (made.kind === 'mirror' || made.kind === 'nothing') this.mirrors.add(id);
      return made;
    };
    const session = (sink: TailSink): SteadyTail => new SteadyTail({ clock, log, sink, plan, open });
    const view = new TailView({ id, source, clock, log, session });
    this.tails.add(view);
    return this.add(view);
  }

  async openPeek({ vhost, queue, ...wish }: QueueParams & PeekWish): Promise<ViewState> {
    const { clock, log, live } = this.parts;
    const key = JSON.stringify([vhost, queue]);
    const view = new PeekView({
      id: this.nextId('peek'),
      vhost,
      queue,
      clock,
      log,
      facts: (wanted) => peekFacts(live(), { vhost, queue, ...wanted }, this.deliveryCounts.get(key)),
      run: (plan, show, signal) =>
        runPeek(
          {
            amqp: live().broker.amqp,
            clock,
            vhost,
            queue,
            plan,
            show,
            connectionName: `AMQP Workbench, peek at ${queue}`,
          },
          signal,
        ),
      done: ({ highestDeliveryCount }) => {
        if (highestDeliveryCount !== undefined) this.deliveryCounts.set(key, highestDeliveryCount + 1);
      },
    });
    await view.plan(wish);
    this.peeks.set(view.id, view);
    return this.add(view);
  }

  get(viewId: string): OpenView {
    return this.open.get(viewId) ?? unknownView();
  }

  peek(viewId: string): PeekView {
    return this.peeks.get(viewId) ?? unknownView();
  }

  /** A message that the user published straight to a queue becomes a row of that queue's tails: a tap cannot see it. */
  sentStraight(vhost: string, draft: MessageDraft): void {
    for (const { id, source, messages } of this.tails) {
      if (!this.mirrors.has(id)) continue;
      if (source.vhost === vhost && 'queue' in source && source.queue === draft.routingKey) {
        messages.message({ ...draft, redelivered: false }, true);
      }
    }
  }

  record(viewId: string, path: string): Promise<void> {
    return this.recordings.start(this.get(viewId), path);
  }

  async stopRecording(viewId: string): Promise<RecordingState> {
    const state = await this.recordings.stop(viewId);
    if (state) return state;
    throw new Failure('notFound', 'This tail is not being recorded.');
  }

  async close(viewId: string): Promise<void> {
    const view = this.get(viewId);
    this.open.delete(viewId);
    this.peeks.delete(viewId);
    this.mirrors.delete(viewId);
    for (const tail of this.tails) if (tail === view) this.tails.delete(tail);
    // Before the view lets go of its rows; but a slow disk must not keep the tap from ending in order.
    const recorded = this.recordings.stop(viewId);
    const patience = new AbortController();
    await Promise.race([recorded, delay(this.parts.clock, lastLinesMs, patience.signal)]);
    patience.abort();
    await view.close();
    this.memory.leave(view.messages);
    await recorded;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.close(id)));
  }

  private add(view: OpenView): ViewState {
    this.open.set(view.id, view);
    // What was consumed is nowhere else: no other view may make it go.
    if (view.source.kind !== 'consume') this.memory.join(view.messages);
    view.onChanged(() => {
      this.parts.onView(view.state());
    });
    return view.state();
  }

  private nextId(kind: string): string {
    return `${kind}-${String(++this.lastId)}`;
  }
}

/** Taking messages and switching tracing need the user's word, and a read-only connection does neither (DESIGN 3). */
function checkAllowed({ kind }: ViewSource, confirmed: boolean, { name, readOnly }: Profile): void {
  if (kind !== 'consume' && kind !== 'firehose') return;
  if (readOnly) {
    const what = kind === 'consume' ? 'nothing is consumed' : 'tracing is not switched';
    throw new Failure('refused', `"${name}" is read-only: ${what} on it.`, {
      advice: 'Turn read-only off in the settings of this connection, or watch in another way.',
    });
  }
  if (!confirmed) throw new Failure('refused', 'This way of watching has to be confirmed first.');
}

function watched(source: ViewSource): string {
  if (source.kind === 'binding') return source.exchange;
  return source.queue ?? (source.kind === 'firehose' ? source.exchange : undefined) ?? source.vhost;
}

function unknownView(): never {
  throw new Failure('notFound', 'This view was closed.', { advice: 'Open the tail or peek again.' });
}
