import { Failure } from '../../base/failure';
import { BrokerError } from '../brokerError';
import { closeError } from '../closeReason';

/** The broker's own words in an error of amqplib: `Channel closed by server: 404 (NOT-FOUND) with message "..."`. */
const closeFrame = /(\d{3}) \([A-Z_-]+\) with message "([\s\S]*)"$/;

/**
 * An error of a channel or connection that was open, as a BrokerError. `what` begins the sentence. Without a reply
 * code in it (the socket went, or it was closed already) `otherwise` is the answer, when there is one. What amqplib
 * could not even encode is `badInput`.
 */
export function channelError(what: string, thrown: unknown, otherwise?: BrokerError): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof RangeError || thrown instanceof TypeError || thrown instanceof SyntaxError) {
    return new Failure('badInput', `${what}: ${thrown.message}.`, {
      advice: 'Names are at most 255 bytes long, and numbers must fit their types.',
      detail: thrown.message,
    });
  }
  return brokerChannelError(what, thrown, otherwise);
}

/** The same for what cannot come from bad input: the end of a channel. */
export function brokerChannelError(what: string, thrown: unknown, otherwise?: BrokerError): BrokerError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const match = closeFrame.exec(text);
  if (match) return closeError(what, Number(match[1]), match[2] ?? '');
  if (otherwise) return otherwise;
  return new BrokerError('closed', `${what}: the connection to the broker is closed.`, { detail: text });
}

/** Why an open connection ended, from amqplib's 'error' or 'close' event. */
export function connectionLost(thrown: unknown, where: string): BrokerError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const match = closeFrame.exec(text);
  if (match) return closedByBroker(Number(match[1]), match[2] ?? '', where);
  if (/heartbeat timeout/i.test(text)) {
    return new BrokerError(
      'timeout',
      `The connection to ${where} was lost: the broker has not been heard for too long.`,
      {
        advice: 'Check the network and whether the broker is overloaded.',
        detail: text,
      },
    );
  }
  return new BrokerError('closed', `The connection to ${where} was lost.`, {
    advice: 'Check that the broker is running.',
    detail: text,
  });
}

/** CONNECTION_FORCED has two meanings, which only its text tells apart. */
function closedByBroker(code: number, text: string, where: string): BrokerError {
  if (code === connectionForced && /'shutdown'/.test(text)) {
    return new BrokerError('closed', `The broker at ${where} is shutting down (320).`, {
      code,
      detail: text,
    });
  }
  const who = code === connectionForced ? 'Somebody at the broker' : 'The broker';
  return closeError(`${who} closed the connection to ${where}`, code, text);
}

const connectionForced = 320;
