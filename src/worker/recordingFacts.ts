import { field } from '../core/base/fieldValue';
import { withoutBrokerHeaders } from '../core/message/brokerHeaders';
import type { RecordedMessage } from '../core/message/recordLine';
import type { RecordingFacts } from '../protocol/brokerContract';
import { recordingLines } from './recordingFile';

const mostProblems = 5;
/** Exchanges that are told apart; a file of strangers could name a million. */
const mostExchanges = 1_000;

/** Reads a recording from beginning to end; `user` is who would publish it. */
export async function recordingFacts(
  path: string,
  user: string,
  signal: AbortSignal,
): Promise<RecordingFacts> {
  const counts = {
    messages: 0,
    notes: 0,
    unusable: 0,
    otherUsers: 0,
    expiring: 0,
    copied: 0,
    withBrokerHeaders: 0,
  };
  const problems: string[] = [];
  const exchanges = new Map<string, number>();
  let moreExchanges = false;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;

  const complain = (number: number, problem: string): void => {
    counts.unusable++;
    if (problems.length < mostProblems) problems.push(`Line ${String(number)}: ${problem}`);
  };
  const count = (message: RecordedMessage): void => {
    const { headers, userId, expiration } = message.properties;
    counts.messages++;
    first = Math.min(first, message.receivedAt);
    last = Math.max(last, message.receivedAt);
    if (userId !== undefined && userId !== user) counts.otherUsers++;
    if (expiration !== undefined) counts.expiring++;
    if (field(headers, 'CC') ?? field(headers, 'BCC')) counts.copied++;
    if (headers !== undefined && withoutBrokerHeaders(headers).length < headers.length)
      counts.withBrokerHeaders++;
    const known = exchanges.get(message.exchange);
    if (known !== undefined || exchanges.size < mostExchanges)
      exchanges.set(message.exchange, (known ?? 0) + 1);
    else moreExchanges = true;
  };

  for await (const { number, line } of recordingLines(path, signal)) {
    if (line.kind === 'note') counts.notes++;
    else if (line.kind === 'problem') complain(number, line.problem);
    else if (isCut(line.message)) complain(number, cutWords(line.message));
    else count(line.message);
  }
  return {
    ...counts,
    problems,
    lengthMs: counts.messages === 0 ? 0 : last - first,
    exchanges: [...exchanges]
      .map(([name, messages]) => ({ name, messages }))
      .sort((a, b) => b.messages - a.messages),
    moreExchanges,
  };
}

/** The buffer kept only the beginning of a very long body: publishing that would be another message. */
export function isCut({ body, size }: RecordedMessage): boolean {
  return body.length < size;
}

export function cutWords({ body, size }: RecordedMessage): string {
  return `Only ${String(body.length)} of the ${String(size)} bytes of this message's body were kept.`;
}
