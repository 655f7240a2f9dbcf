import { withoutBrokerHeaders } from './brokerHeaders';
import type { MessageDraft } from './message';
import type { RecordedMessage } from './recordLine';

/** How recorded messages are published again. */
export interface ReplayRules {
  /** Missing: where each message went when it was recorded. */
  readonly target?: { readonly exchange: string; readonly routingKey?: string };
  readonly userIds: 'keep' | 'drop';
}

/** The message as it was, without what a broker wrote on its way. */
export function replayDraft(message: RecordedMessage, { target, userIds }: ReplayRules): MessageDraft {
  const { headers: seen, userId, ...others } = message.properties;
  const headers = seen && withoutBrokerHeaders(seen);
  // A table that held nothing but a broker's notes was not there when the message was published.
  const gone = headers?.length === 0 && seen !== undefined && seen.length > 0;
  return {
    exchange: target?.exchange ?? message.exchange,
    routingKey: target?.routingKey ?? message.routingKey,
    properties: {
      ...others,
      ...(headers === undefined || gone ? {} : { headers }),
      ...(userId === undefined || userIds === 'drop' ? {} : { userId }),
    },
    body: message.body,
  };
}
