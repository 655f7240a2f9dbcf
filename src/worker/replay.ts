import type { Clock } from '../core/base/clock';
import { delay } from '../core/base/clock';
import { Failure, asFailure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { MessageDraft } from '../core/message/message';
import { replayDraft } from '../core/message/replayDraft';
import type { ReplayParams, ReplayProgress } from '../protocol/brokerContract';
import type { LiveBroker } from './connectionSession';
import { recordingLines } from './recordingFile';
import type { NumberedLine } from './recordingFile';
import { cutWords, isCut } from './recordingFacts';
import { ReplayLane } from './replayLane';
import type { Fate } from './replayLane';
import { replayPace } from './replayPace';

/** Between two progress events. */
const tellMs = 250;
/** So many messages that did not arrive are named in the log. */
const mostNamed = 20;

export interface ReplayParts {
  readonly live: LiveBroker;
  readonly clock: Clock;
  readonly log: Log;
  readonly onProgress: (progress: ReplayProgress) => void;
  /** A message reached a queue through the default exchange, where no tap sees it. */
  readonly sentStraight: (vhost: string, draft: MessageDraft) => void;
}

type Counts = { -readonly [K in keyof ReplayProgress]: ReplayProgress[K] };

/** Publishes a recording, with its own timing or at a rate, and counts what became of it. */
export class Replay {
  private readonly counts: Counts = {
    published: 0,
    routed: 0,
    returned: 0,
    refused: 0,
    unknown: 0,
    skipped: 0,
  };
  private named = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly params: ReplayParams,
    private readonly parts: ReplayParts,
  ) {}

  /** Rejects where nothing was published: a read-only connection, no file, no connection. */
  async run(signal: AbortSignal): Promise<ReplayProgress> {
    const { live, clock } = this.parts;
    const { profile, broker } = live;
    if (profile.readOnly) {
      throw new Failure('refused', `"${profile.name}" is read-only: nothing is published on it.`, {
        advice: 'Turn read-only off in the settings of this connection, or use another one.',
      });
    }
    const connection = await broker.amqp.connect(this.params.vhost, 'AMQP Workbench, replay', signal);
    const lost = new AbortController();
    connection.onClosed((error) => {
      if (error) this.counts.ended = error.message;
      lost.abort();
    });
    connection.onBlocked((words) => {
      if (words === undefined) delete this.counts.waiting;
      else this.counts.waiting = words;
      this.tell();
    });
    const ending = AbortSignal.any([signal, lost.signal]);
    const lane = new ReplayLane(connection, profile.user, clock, ending);
    try {
      await this.publishAll(lane, ending);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.reason !== 'cancelled' && this.counts.published === 0) throw failure;
      if (failure.reason !== 'cancelled') this.counts.ended ??= failure.message;
    } finally {
      await lane.close();
      await connection.close();
    }
    if (signal.aborted) this.counts.ended ??= 'Cancelled.';
    delete this.counts.waiting;
    this.tell();
    return { ...this.counts };
  }

  private async publishAll(lane: ReplayLane, signal: AbortSignal): Promise<void> {
    const { clock } = this.parts;
    const pace = replayPace(this.params.timing);
    for await (const { number, line } of recordingLines(this.params.path, signal)) {
      const skipped = whySkipped(line);
      if (skipped !== undefined) {
        this.counts.skipped++;
        this.name(number, skipped);
      }
      if (line.kind !== 'message' || skipped !== undefined) continue;
      const wait = pace(line.message.receivedAt, clock.monotonic());
      if (wait > 0) await delay(clock, wait, signal);
      if (signal.aborted) return;
      await this.send(lane, number, replayDraft(line.message, this.params));
    }
  }

  private async send(lane: ReplayLane, number: number, draft: MessageDraft): Promise<void> {
    await lane.send(draft, (fate) => {
      this.counts.published++;
      this.counts[fate.kind]++;
      if (fate.kind === 'routed' && draft.exchange === '') this.parts.sentStraight(this.params.vhost, draft);
      if (fate.kind !== 'routed') this.name(number, fateWords(fate));
      if (this.parts.clock.monotonic() - this.toldAt >= tellMs) this.tell();
    });
  }

  private name(number: number, what: string): void {
    this.named++;
    if (this.named <= mostNamed) this.parts.log.warn(`Replay, line ${String(number)}: ${what}`);
    if (this.named === mostNamed) this.parts.log.warn('Replay: further lines are counted, not named.');
  }

  private tell(): void {
    this.toldAt = this.parts.clock.monotonic();
    this.parts.onProgress({ ...this.counts });
  }
}

function whySkipped(line: NumberedLine['line']): string | undefined {
  if (line.kind === 'problem') return line.problem;
  return line.kind === 'message' && isCut(line.message) ? cutWords(line.message) : undefined;
}

function fateWords(fate: Exclude<Fate, { kind: 'routed' }>): string {
  switch (fate.kind) {
    case 'returned':
      return `Returned: no queue took it (${String(fate.code)} ${fate.text}).`;
    case 'refused':
      return `Refused: ${fate.text}${fate.code === undefined ? '' : ` (${String(fate.code)})`}`;
    case 'unknown':
      return fate.text;
  }
}
