import { BrokerError } from '../brokerError';
import { cleanBrokerText } from '../brokerText';
import type { HttpAnswer } from '../http/httpJson';

type Answer = Pick<HttpAnswer, 'status' | 'json'>;

/** The JSON of a good answer; throws what a bad one means (DOMAIN 4.1, 8.1 item 12). `what` was asked for. */
export function goodAnswer(answer: Answer, what: string): unknown {
  const { status, json } = answer;
  if (status >= 200 && status < 300 && json !== undefined) return json;
  const { error, reason } = wordsOf(json);
  const detail = `${String(status)} ${error} ${reason}`;
  if (status === 401) throw unauthorised(error, reason, what);
  if (status === 403) {
    throw new BrokerError('refused', `The management API refused ${what}: no right to it.`, {
      code: 403,
      detail,
    });
  }
  if (status === 404) {
    throw new BrokerError('notFound', `The management API knows no ${what}, or you may not see it.`, {
      code: 404,
      detail,
    });
  }
  if (status >= 500) {
    throw new BrokerError('closed', `The management API failed over ${what} (${String(status)}).`, {
      advice: "Try again in a moment; the broker's log has the details.",
      code: status,
      detail,
    });
  }
  if (error === '' || status < 300) {
    throw new BrokerError('protocol', 'What answers at the management address is not the management API.', {
      advice: 'Check the management URL of this connection.',
      code: status,
      detail,
    });
  }
  throw new BrokerError(
    'precondition',
    `The management API refused ${what}: ${cleanBrokerText(reason || error)}.`,
    {
      code: status,
      detail,
    },
  );
}

/** The three kinds of 401: a wrong login, a user without the management tag, a right that is missing. */
function unauthorised(error: string, reason: string, what: string): BrokerError {
  if (/not management user/i.test(reason)) {
    return new BrokerError(
      'refused',
      'The user may not use the management API: it has no `management` tag.',
      {
        advice: 'Ask an administrator for the tag `management`, or go on without counters and lists.',
        code: 401,
        detail: reason,
      },
    );
  }
  // RabbitMQ writes "not_authorised" for rights and "not_authorized" for logins.
  if (error === 'not_authorised') {
    return new BrokerError('refused', `The management API refused ${what}: ${cleanBrokerText(reason)}.`, {
      advice: 'Ask an administrator for the right.',
      code: 401,
      detail: reason,
    });
  }
  return new BrokerError('auth', 'The management API refused the user or the password.', {
    advice: 'Enter the password again, or check the user name.',
    code: 401,
    detail: reason,
  });
}

/** How many there are, when the page asked for lies behind the last one; `undefined` for any other answer. */
export function pastTheEnd(answer: Answer): number | undefined {
  if (answer.status !== 400) return undefined;
  const { error, reason } = wordsOf(answer.json);
  if (error !== 'page_out_of_range') return undefined;
  return Number(/len: (\d+)/.exec(reason)?.[1] ?? 0);
}

function wordsOf(json: unknown): { error: string; reason: string } {
  const record = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { error: word(record['error']), reason: word(record['reason']) };
}
