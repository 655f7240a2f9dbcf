import { cleanBrokerText } from './brokerText';
import { BrokerError } from './brokerError';
import type { BrokerFailureReason } from './brokerError';

interface CloseCode {
  readonly reason: BrokerFailureReason;
  readonly advice?: string;
}

/** AMQP 0-9-1 reply codes (spec 1.2 plus RabbitMQ's use of them) as reasons and what to do about them. */
const closeCodes: Readonly<Record<number, CloseCode>> = {
  311: { reason: 'refused', advice: 'Send a smaller message, or raise max_message_size on the broker.' },
  320: { reason: 'closed', advice: 'The broker was stopped or an operator closed the connection.' },
  402: { reason: 'notFound', advice: 'Check the name of the virtual host.' },
  403: { reason: 'refused', advice: 'Ask for the permission, or use a user who has it.' },
  404: { reason: 'notFound', advice: 'Check the name and the virtual host.' },
  405: { reason: 'locked', advice: 'Only the connection that declared it may use it.' },
  406: { reason: 'precondition' },
  501: { reason: 'protocol' },
  502: { reason: 'protocol' },
  503: { reason: 'protocol' },
  504: { reason: 'protocol' },
  505: { reason: 'protocol' },
  506: { reason: 'refused', advice: 'The broker is short of a resource or a limit is reached.' },
  530: { reason: 'refused', advice: 'Check the virtual host, or ask for permission on it.' },
  540: { reason: 'unsupported' },
  541: { reason: 'refused', advice: "The broker's log has the details." },
};

/** Codes after which the broker closes the channel; after every other one it closes the connection (spec 1.2). */
const softCodes: ReadonlySet<number> = new Set([311, 312, 313, 403, 404, 405, 406]);

/** Whether a refusal with that code ends only the channel. */
export function closesOnlyChannel(code: number): boolean {
  return softCodes.has(code);
}

/**
 * A channel.close or connection.close as an error. `what` is the beginning of a sentence about what was being done
 * ("Could not bind queue `a`"), `text` the broker's own words, which end up in the message without Erlang terms.
 */
export function closeError(what: string, code: number, text: string): BrokerError {
  const known = closeCodes[code] ?? { reason: 'closed' as const };
  const words = cleanBrokerText(text);
  return new BrokerError(
    known.reason,
    `${what}: ${words === '' ? 'no reason given' : words} (${String(code)}).`,
    {
      code,
      detail: text,
      ...(known.advice === undefined ? {} : { advice: known.advice }),
    },
  );
}
