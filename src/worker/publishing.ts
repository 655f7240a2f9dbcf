import { Failure } from '../core/base/failure';
import type { AmqpChannel, AmqpConnection } from '../core/broker/amqpPort';
import type { Profile } from '../core/broker/profile';
import type { MessageDraft, PublishOutcome } from '../core/message/message';
import { Emitter } from '../core/base/emitter';
import type { VhostConnections } from './vhostConnections';

/** One virtual host's channel to publish on. */
interface Lane {
  readonly channel: AmqpChannel;
  readonly alarm: Alarm;
}

/** Whether the broker has stopped reading from publishers; `words` are its own. */
interface Alarm {
  words: string | undefined;
  readonly raised: Emitter<string>;
}

/**
 * Publishes on connections of its own: an alarm stops a broker from reading all of a connection, confirms of other
 * channels included (DOMAIN 3).
 */
export class Publishing {
  private readonly lanes = new Map<string, Promise<Lane>>();
  private readonly alarms = new WeakMap<AmqpConnection, Alarm>();

  constructor(
    private readonly connections: VhostConnections,
    private readonly profile: Profile,
  ) {}

  /** What became of it. Rejects `refused` on a read-only connection and while the broker has an alarm. */
  async publish(vhost: string, draft: MessageDraft): Promise<PublishOutcome> {
    if (this.profile.readOnly) {
      throw new Failure('refused', `"${this.profile.name}" is read-only: nothing is published on it.`, {
        advice: 'Turn read-only off in the settings of this connection, or use another one.',
      });
    }
    const { channel, alarm } = await this.lane(vhost);
    if (alarm.words !== undefined) throw notTaken(alarm.words, 'This message was not sent.');
    return await new Promise<PublishOutcome>((resolve, reject) => {
      const listening = alarm.raised.event((words) => {
        reject(notTaken(words, 'This message waits at the broker and may still arrive.'));
      });
      channel
        .publish(draft)
        .then(resolve, reject)
        .finally(() => {
          listening.dispose();
        });
    });
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  private lane(vhost: string): Promise<Lane> {
    const known = this.lanes.get(vhost);
    if (known) return known;
    const opening = this.openLane(vhost);
    const forget = (): void => {
      if (this.lanes.get(vhost) === opening) this.lanes.delete(vhost);
    };
    this.lanes.set(vhost, opening);
    // A refusal closes the channel (DOMAIN 3): the next publish gets a new one.
    opening.then(({ channel }) => channel.onClosed(forget), forget);
    return opening;
  }

  private async openLane(vhost: string): Promise<Lane> {
    const connection = await this.connections.get(vhost);
    const alarm = this.alarms.get(connection) ?? watchAlarm(connection);
    this.alarms.set(connection, alarm);
    return { channel: await connection.openChannel(), alarm };
  }
}

function watchAlarm(connection: AmqpConnection): Alarm {
  const alarm: Alarm = { words: undefined, raised: new Emitter<string>() };
  connection.onBlocked((words) => {
    alarm.words = words;
    if (words !== undefined) alarm.raised.fire(words);
  });
  return alarm;
}

function notTaken(words: string, fate: string): Failure {
  return new Failure('refused', `The broker takes no messages at the moment (${words}). ${fate}`, {
    advice: 'It has an alarm: free memory or disk space on the broker, then publish again.',
  });
}
