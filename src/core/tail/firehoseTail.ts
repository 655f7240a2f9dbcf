import { Failure } from '../base/failure';
import { emptyTable } from '../base/fieldValue';
import type { Delivery } from '../message/message';
import type { MirrorTapParts } from './mirrorTap';
import { openTap } from './tapQueue';
import type { FirehosePlan, MirrorBinding } from './tailPlan';
import type { OpenSource, SourceSink } from './tailSource';
import { watchTap } from './tapWatch';
import { tracedMessage } from './traceMessage';
import type { TracedMessage } from './traceMessage';
import { traceExchange } from './tracingSwitch';
import type { TracingSwitch } from './tracingSwitch';

export interface FirehoseTailParts extends Omit<MirrorTapParts, 'follow'> {
  readonly tracing: TracingSwitch;
}

/**
 * Watches what clients publish through the broker's tracing (DOMAIN 2.2). Publishes only: a binding that also took
 * deliveries would see each message twice, and those to the tap itself for ever.
 */
export async function openFirehoseTail(
  parts: FirehoseTailParts,
  plan: FirehosePlan,
  sink: SourceSink,
  signal: AbortSignal,
): Promise<OpenSource> {
  const { amqp, clock, vhost, connectionName, queueName, tracing } = parts;
  const onDelivery = (delivery: Delivery): void => {
    const traced = tracedMessage(delivery);
    if (traced && concerns(plan, traced)) sink.message(traced);
  };
  // The tap first: what cannot be listened to is not switched on.
  const tap = await openTap(
    amqp,
    {
      vhost,
      connectionName,
      queueName: queueName(),
      bindings: [binding(plan)],
      onDelivery,
      onNote: sink.note,
    },
    clock,
    signal,
  );
  try {
    if (tap.refused.length > 0) throw refusal(tap.refused.join('; '));
    await tracing.on(vhost);
  } catch (thrown) {
    await tap.end();
    throw thrown;
  }
  const watch = watchTap(tap, clock, (text) => {
    sink.note('warning', text);
  });
  return {
    lost: tap.lost,
    end: async () => {
      watch.dispose();
      await tap.end();
      await tracing.off(vhost);
    },
  };
}

/** Names keep their dots and stars in the key of a trace message, so an odd name is looked at again on arrival. */
function binding({ exchange }: FirehosePlan): MirrorBinding {
  const routingKey = exchange === undefined ? 'publish.#' : `publish.${exchange}`;
  return { source: traceExchange, routingKey, arguments: emptyTable };
}

function concerns({ queue, exchange }: FirehosePlan, traced: TracedMessage): boolean {
  if (queue !== undefined) return traced.routedQueues.includes(queue);
  return exchange === undefined || traced.exchange === exchange;
}

function refusal(words: string): Failure {
  return new Failure('refused', `The broker does not let this user listen to its tracing: ${words}`, {
    advice: `Ask for the permission to read from ${traceExchange}.`,
  });
}
