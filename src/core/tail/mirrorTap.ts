import type { Clock } from '../base/clock';
import { DisposableStore } from '../base/disposable';
import type { AmqpPort } from '../broker/amqpPort';
import { BindingFollower } from './bindingFollower';
import type { FollowedQueue } from './bindingFollower';
import { withoutRefused } from './refusedBindings';
import type { MirrorPlan, NothingToWatch } from './tailPlan';
import type { OpenSource, SourceSink } from './tailSource';
import { openTap } from './tapQueue';
import { watchTap } from './tapWatch';

export interface MirrorTapParts {
  readonly amqp: AmqpPort;
  readonly clock: Clock;
  readonly vhost: string;
  /** A name for the broker's operator. */
  readonly connectionName: string;
  /** A fresh name for the temporary queue: the one of a lost connection may still be taken. */
  readonly queueName: () => string;
  /** Reads again what should be mirrored; missing where nothing can be read or the user typed the binding. */
  readonly follow?: FollowedQueue;
}

/** Opens a tap with copies of the planned bindings, and keeps them the same as the watched queue's. */
export async function openMirrorTap(
  parts: MirrorTapParts,
  plan: MirrorPlan,
  sink: SourceSink,
  signal: AbortSignal,
): Promise<OpenSource | NothingToWatch> {
  const { amqp, clock, vhost, connectionName, queueName, follow } = parts;
  const onDelivery = sink.message;
  const tap = await openTap(
    amqp,
    { vhost, connectionName, queueName: queueName(), bindings: plan.bindings, onDelivery, onNote: sink.note },
    clock,
    signal,
  );
  const held = withoutRefused(plan, tap.refused);
  if (held.kind === 'nothing') {
    await tap.end();
    return held;
  }
  sink.banner(held.banner);
  const watches = new DisposableStore();
  watches.add(
    watchTap(tap, clock, (text) => {
      sink.note('warning', text);
    }),
  );
  if (follow) watches.add(new BindingFollower(tap, held, { ...follow, clock, sink }));
  return {
    lost: tap.lost,
    end: async () => {
      watches.dispose();
      await tap.end();
    },
  };
}
