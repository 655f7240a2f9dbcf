import type { Clock } from '../base/clock';
import { Failure } from '../base/failure';
import { field } from '../base/fieldValue';
import type { AmqpPort } from '../broker/amqpPort';
import type { Delivery } from '../message/message';
import type { StreamOffset } from '../topology/streamOffset';
import { offsetArgument } from '../topology/streamOffset';
import { openAckedConsumer } from './ackedConsumer';
import type { StreamPlan } from './tailPlan';
import type { OpenSource, SourceSink } from './tailSource';

/** Acknowledging gives credit back and nothing more (DOMAIN 2.3): enough of it to read on while a batch is on its way. */
const prefetch = 500;

export interface StreamReaderParts {
  readonly amqp: AmqpPort;
  readonly clock: Clock;
  readonly vhost: string;
  readonly connectionName: string;
}

/** Reads a stream and remembers how far, so that it goes on there after a loss or a pause. */
export class StreamReader {
  /** The last message that was shown: its offset is looked up only when it is needed. */
  private last: Delivery | undefined;

  constructor(private readonly parts: StreamReaderParts) {}

  readonly open = async (plan: StreamPlan, sink: SourceSink, signal: AbortSignal): Promise<OpenSource> => {
    const { amqp, clock, ...names } = this.parts;
    const next = this.nextOffset();
    const offset: StreamOffset = next === undefined ? plan.offset : { from: 'number', value: String(next) };
    let expected = next;
    let stray: () => void = () => undefined;
    const notAStream = new Promise<Failure>((resolve) => {
      stray = () => {
        resolve(
          new Failure(
            'unsupported',
            `${plan.queue} is not a stream: its messages were given back and none is shown.`,
          ),
        );
      };
    });
    const take = (delivery: Delivery): boolean => {
      if (this.last === undefined || expected !== undefined) {
        const at = offsetOf(delivery);
        // Without an offset this is no stream, and an acknowledgement would remove the message.
        if (at === undefined) {
          stray();
          return false;
        }
        if (expected !== undefined && at > expected) {
          sink.note(
            'warning',
            `Offsets ${expected.toLocaleString('en-US')} to ${(at - 1n).toLocaleString('en-US')} hold no message any more.`,
          );
        }
        expected = undefined;
      }
      if (!sink.message(delivery)) return false;
      this.last = delivery;
      return true;
    };
    sayWhatIsMissed(plan, next, sink);
    const source = await openAckedConsumer(
      amqp,
      {
        ...names,
        queue: plan.queue,
        prefetch,
        arguments: [{ name: 'x-stream-offset', value: offsetArgument(offset) }],
        take,
        onNote: sink.note,
      },
      clock,
      signal,
    );
    return { lost: Promise.race([source.lost, notAStream]), end: () => source.end() };
  };

  private nextOffset(): bigint | undefined {
    const last = this.last && offsetOf(this.last);
    return last === undefined ? undefined : last + 1n;
  }
}

/** Nothing, where the place is known or a fixed one; new messages are missed when none has come before. */
function sayWhatIsMissed(plan: StreamPlan, next: bigint | undefined, sink: SourceSink): void {
  if (next !== undefined) {
    sink.missed('info', `reads on at offset ${next.toLocaleString('en-US')}, nothing was missed.`);
  } else if (plan.offset.from !== 'next' && plan.offset.from !== 'last') {
    sink.missed('info', 'begins where it began before, nothing was missed.');
  }
}

/** The offset that the broker put into the headers. */
function offsetOf(delivery: Delivery): bigint | undefined {
  const value = field(delivery.properties.headers, 'x-stream-offset');
  switch (value?.type) {
    case 'byte':
    case 'unsignedbyte':
    case 'short':
    case 'unsignedshort':
    case 'int':
    case 'unsignedint':
    case 'long':
      return BigInt(value.value);
    default:
      return undefined;
  }
}
