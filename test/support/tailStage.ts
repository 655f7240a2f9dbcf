import { silentLog } from '../../src/core/base/log';
import type { TailBanner } from '../../src/core/tail/banner';
import { SteadyTail } from '../../src/core/tail/steadyTail';
import type { TailPlan } from '../../src/core/tail/tailPlan';
import type { TailSink, TailStatus } from '../../src/core/tail/tailSession';
import type { OpenTailSource } from '../../src/core/tail/tailSource';
import { ManualClock } from './manualClock';
import { ScriptedAmqp } from './scriptedAmqp';

interface Seen {
  readonly messages: string[];
  readonly notes: string[];
  readonly status: TailStatus[];
  banner?: TailBanner;
}

/** A tail over a scripted broker, and everything that it told. */
export interface TailStage {
  readonly amqp: ScriptedAmqp;
  readonly clock: ManualClock;
  readonly session: SteadyTail;
  readonly seen: Seen;
  /** How many messages the buffer still takes. */
  room: number;
  readonly last: () => TailStatus | undefined;
}

export function tailStage(
  plan: () => Promise<TailPlan>,
  open: (around: { amqp: ScriptedAmqp; clock: ManualClock }) => OpenTailSource,
): TailStage {
  const amqp = new ScriptedAmqp();
  const clock = new ManualClock();
  const seen: Seen = { messages: [], notes: [], status: [] };
  const sink: TailSink = {
    message: ({ body }) => {
      if (stage.room <= 0) {
        stage.session.hold('full');
        return false;
      }
      stage.room--;
      seen.messages.push(new TextDecoder().decode(body));
      return true;
    },
    note: (_, text) => seen.notes.push(text),
    status: (status) => seen.status.push(status),
    banner: (banner) => {
      seen.banner = banner;
    },
  };
  const session = new SteadyTail({ clock, sink, plan, log: silentLog, open: open({ amqp, clock }) });
  const stage: TailStage = {
    amqp,
    clock,
    session,
    seen,
    room: Number.POSITIVE_INFINITY,
    last: () => seen.status.at(-1),
  };
  return stage;
}
