import type { Clock } from '../base/clock';
import type { AmqpPort } from '../broker/amqpPort';
import { openAckedConsumer } from './ackedConsumer';
import type { ConsumePlan } from './tailPlan';
import type { OpenSource, SourceSink } from './tailSource';

/** Few enough that little is given back at the end, and enough to keep the line busy (DOMAIN 2.4). */
const prefetch = 100;

export interface ConsumeTailParts {
  readonly amqp: AmqpPort;
  readonly clock: Clock;
  readonly vhost: string;
  readonly connectionName: string;
}

const repeated =
  'messages stayed in the queue or went to other consumers, and those shown last may come again.';

/** Takes messages out of the queue for good. A message is acknowledged only when its row is in the buffer. */
export async function openConsumeTail(
  { amqp, clock, vhost, connectionName }: ConsumeTailParts,
  { queue }: ConsumePlan,
  sink: SourceSink,
  signal: AbortSignal,
): Promise<OpenSource> {
  sink.missed('warning', repeated);
  return openAckedConsumer(
    amqp,
    {
      vhost,
      connectionName,
      queue,
      prefetch,
      take: (delivery) => sink.message(delivery),
      onNote: sink.note,
    },
    clock,
    signal,
  );
}
