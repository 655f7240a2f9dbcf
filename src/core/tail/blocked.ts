import type { AmqpConnection } from '../broker/amqpPort';
import type { SourceSink } from './tailSource';

/** Says in rows when the broker stops taking messages from publishers, because then nothing arrives here either. */
export function noteBlocked(connection: AmqpConnection, note: SourceSink['note']): void {
  connection.onBlocked((words) => {
    if (words === undefined) note('info', 'The broker takes messages from publishers again.');
    else {
      note(
        'warning',
        `The broker has an alarm (${words}) and takes no messages from publishers: nothing new may arrive.`,
      );
    }
  });
}
