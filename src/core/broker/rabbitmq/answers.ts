import { BrokerError } from '../brokerError';
import { cleanBrokerText } from '../brokerText';
import type { HttpAnswer } from '../http/httpJson';

type Answer = Pick<HttpAnswer, 'status' | 'json'>;

/** The JSON of a good answer; throws what a bad one means (DOMAIN 4.1, 8.1 item 12). `what` was asked for. */
export function goodAnswer(answer: Answer, what: string): unknown {
  const { status, json } = answer;
  if (status >= 200 && status < 300 && json !== undefined) return json;
  throw badAnswer(answer, what);
}

/** What a bad answer means. */
export function badAnswer({ status, json }: Answer, what: string): BrokerError {
  const { error, reason } = wordsOf(json);
  const detail = `${String(status)} ${error} ${reason}`;
  if (status === 401) return unauthorised(error, reason, what);
  if (status === 403) {
    return new BrokerError('refused', `The management API refused ${what}: no right to it.`, {
      code: 403,
      detail,
    });
  }
  // What a binding leads to, or where from, may be missing; a plain "Not Found" is about the thing itself.
  if (status === 404 && error === 'not_found' && reason !== 'Not Found') {
    return new BrokerError('notFound', `The management API refused ${what}: ${cleanBrokerText(reason)}.`, {
      code: 404,
      detail,
    });
  }
  if (status === 404) {
    return new BrokerError('notFound', `The management API knows no ${what}, or you may not see it.`, {
      code: 404,
      detail,
    });
  }
  if (status >= 500) {
    return new BrokerError('closed', `The management API failed over ${what} (${String(status)}).`, {
      advice: "Try again in a moment; the broker's log has the details.",
      code: status,
      detail,
    });
  }
  if (error === '' || status < 300) {
    return new BrokerError('protocol', 'What answers at the management address is not the management API.', {
      advice: 'Check the management URL of this connection.',
      code: status,
      detail,
    });
  }
  return new BrokerError(
    'precondition',
    `The management API refused ${what}: ${readable(reason || error)}.`,
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
  return { error: word(record['error']), reason: termWords(record['reason'], 4) };
}

/** Some reasons are Erlang terms turned into lists, in which a text is a list of its characters' codes. */
function termWords(term: unknown, depth: number): string {
  if (typeof term === 'string') return term;
  if (typeof term === 'number') return String(term);
  if (!Array.isArray(term) || depth === 0) return '';
  const codes = term.filter((code) => typeof code === 'number' && code >= 32 && code < 0x11_0000);
  if (codes.length > 0 && codes.length === term.length)
    return String.fromCodePoint(...(codes as number[]).slice(0, 500));
  return term.map((part) => termWords(part, depth - 1)).join(' ');
}

/** Where the broker crashed over a request, its reason is a stack of Erlang calls. */
function readable(reason: string): string {
  if (/\{'EXIT',|\bexit:\{|\berror:\{/.test(reason))
    return 'the broker failed over it; its log has the details';
  return cleanBrokerText(reason).slice(0, 1_000).replace(/\.$/, '');
}
