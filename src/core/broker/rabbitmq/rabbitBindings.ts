import { jsonMember, jsonMeaning, jsonObject, jsonString, writeJson } from '../../base/jsonText';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import { entryName, entryText } from '../../topology/definitionsEntry';
import type { WrittenDefinition } from '../definitionsPort';
import { badAnswer } from './answers';
import { objects, readAnswer } from './definitionLists';
import type { SendRequest } from './definitionLists';
import { argumentsOf } from './definitionPaths';
import { segment } from './pathSegment';

/**
 * Makes a binding. The broker answers the same whether it was there, so that is looked up before; one that was made
 * with another type of integer would be made a second time.
 */
export async function writeBinding(
  send: SendRequest,
  vhost: string,
  entry: DefinitionsEntry,
  signal: AbortSignal | undefined,
): Promise<WrittenDefinition> {
  if ((await propertiesKey(send, vhost, entry, signal)) !== undefined) return { kind: 'updated' };
  const body = jsonObject({
    routing_key: { kind: 'string', value: entryText(entry, 'routing_key') },
    arguments: argumentsOf(entry),
  });
  const answer = await send('POST', pairPath(vhost, entry), writeJson(body), signal);
  if (answer.status < 200 || answer.status >= 300) throw badAnswer(answer, entryName('bindings', entry));
  return { kind: 'created' };
}

export async function removeBinding(
  send: SendRequest,
  vhost: string,
  entry: DefinitionsEntry,
  signal: AbortSignal | undefined,
): Promise<'removed' | 'absent'> {
  const key = await propertiesKey(send, vhost, entry, signal);
  if (key === undefined) return 'absent';
  // Encoded once more than it comes: that is right on RabbitMQ and LavinMQ (DOMAIN 8.1 item 11).
  const answer = await send('DELETE', `${pairPath(vhost, entry)}/${segment(key)}`, undefined, signal);
  if (answer.status === 404) return 'absent';
  if (answer.status >= 200 && answer.status < 300) return 'removed';
  throw badAnswer(answer, entryName('bindings', entry));
}

/** Keys that stand in `properties_key` as they are, so that a single binding can be asked for. */
const plainKey = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Under which key the broker has exactly this binding; `undefined` where it has none. */
async function propertiesKey(
  send: SendRequest,
  vhost: string,
  entry: DefinitionsEntry,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const what = entryName('bindings', entry);
  const routingKey = entryText(entry, 'routing_key');
  const wanted = jsonMeaning(argumentsOf(entry));
  // Thousands of keys between one exchange and one queue are not unheard of, and the list would be read for each.
  if (wanted === '{}' && plainKey.test(routingKey)) {
    const answer = await send('GET', `${pairPath(vhost, entry)}/${segment(routingKey)}`, undefined, signal);
    if (answer.status === 404) return undefined;
    if (answer.status < 200 || answer.status >= 300) throw badAnswer(answer, what);
    return routingKey;
  }
  const answer = await send('GET', pairPath(vhost, entry), undefined, signal);
  if (answer.status === 404) return undefined;
  const found = objects(readAnswer(answer, what), what).find(
    (each) => entryText(each, 'routing_key') === routingKey && jsonMeaning(argumentsOf(each)) === wanted,
  );
  return jsonString(jsonMember(found, 'properties_key'));
}

function pairPath(vhost: string, entry: DefinitionsEntry): string {
  const kind = entryText(entry, 'destination_type') === 'exchange' ? 'e' : 'q';
  const [source, destination] = [
    segment(entryText(entry, 'source')),
    segment(entryText(entry, 'destination')),
  ];
  return `bindings/${segment(vhost)}/e/${source}/${kind}/${destination}`;
}
