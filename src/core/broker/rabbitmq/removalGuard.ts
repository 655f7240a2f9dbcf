import { jsonMember, jsonString } from '../../base/jsonText';
import { entryText } from '../../topology/definitionsEntry';
import type { DefinitionsSection } from '../../topology/definitionsFile';
import { BrokerError } from '../brokerError';
import { listedEntries, readAnswer } from './definitionLists';
import type { SendRequest } from './definitionLists';

/** A virtual host takes everything in it along, so it must be empty. False where it is not there. */
export async function isEmptyVhost(
  send: SendRequest,
  name: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const count = async (section: DefinitionsSection): Promise<number> => {
    const names = (await listedEntries(send, section, name, signal)).map((each) => entryText(each, 'name'));
    return names.filter((each) => section === 'queues' || (each !== '' && !each.startsWith('amq.'))).length;
  };
  let held: string[];
  try {
    held = [
      counted(await count('queues'), 'queue', 'queues'),
      counted(await count('exchanges'), 'exchange', 'exchanges'),
      counted(await count('policies'), 'policy', 'policies'),
    ].filter((words) => !words.startsWith('0 '));
  } catch (thrown) {
    if (thrown instanceof BrokerError && thrown.reason === 'notFound') return false;
    throw thrown;
  }
  if (held.length === 0) return true;
  throw new BrokerError(
    'precondition',
    `Virtual host \`${name}\` is not removed: it holds ${held.join(', ')}, which would go with it.`,
  );
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/**
 * What makes the broker keep a queue or exchange that is in use. Streams are deleted in spite of `if-empty`, quorum
 * queues not at all with it (seen on 3.10.8, 4.0.5 and 4.3.6), and LavinMQ ignores it (DOMAIN 8.1 item 2): so the counts
 * are read first. `undefined` where there is no such queue.
 */
export async function removalQuery(
  send: SendRequest,
  section: DefinitionsSection,
  path: string,
  what: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (section === 'exchanges') return '?if-unused=true';
  if (section !== 'queues') return '';
  const answer = await send('GET', path, undefined, signal);
  if (answer.status === 404) return undefined;
  const queue = readAnswer(answer, what);
  const count = (field: string): number => {
    const value = jsonMember(queue, field);
    return value?.kind === 'number' ? Number(value.text) : 0;
  };
  const [messages, consumers] = [count('messages'), count('consumers')];
  if (messages > 0) throw inUse(what, counted(messages, 'message', 'messages'));
  if (consumers > 0) throw inUse(what, counted(consumers, 'consumer', 'consumers'));
  const type =
    jsonString(jsonMember(queue, 'type')) ??
    jsonString(jsonMember(jsonMember(queue, 'arguments'), 'x-queue-type')) ??
    'classic';
  if (type === 'quorum') return '';
  return type === 'classic' ? '?if-unused=true&if-empty=true' : '?if-unused=true';
}

function inUse(what: string, holds: string): BrokerError {
  return new BrokerError(
    'precondition',
    `${what[0]?.toUpperCase() ?? ''}${what.slice(1)} is not removed: it has ${holds}.`,
  );
}
