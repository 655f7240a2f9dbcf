import { jsonMember, jsonObject, writeJson } from '../../base/jsonText';
import type { JsonObject } from '../../base/jsonText';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import { entryName } from '../../topology/definitionsEntry';
import { badAnswer } from './answers';
import { objectOr } from './definitionLists';
import type { SendRequest } from './definitionLists';
import { pathOf } from './definitionPaths';
import { segment } from './pathSegment';

/** Makes a user or writes over one. `before`: as the broker has it, with its password hash. */
export async function writeUser(
  send: SendRequest,
  entry: DefinitionsEntry,
  before: DefinitionsEntry | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const what = entryName('users', entry);
  const put = async (path: string, body: JsonObject): Promise<void> => {
    const answer = await send('PUT', path, writeJson(body), signal);
    if (answer.status < 200 || answer.status >= 300) throw badAnswer(answer, what);
  };
  const path = pathOf('users', '', entry);
  await put(path, jsonObject({ tags: jsonMember(entry, 'tags'), ...passwordOf(entry, before) }));
  const limits = jsonMember(entry, 'limits');
  // A PUT of the user does not look at them (seen on 3.10.8, 4.0.5 and 4.3.6), an import does.
  if (limits?.kind !== 'object') return;
  const limitPath = (name: string): string => path.replace('users/', 'user-limits/') + `/${segment(name)}`;
  for (const { name, value } of limits.entries) await put(limitPath(name), jsonObject({ value }));
  for (const { name } of objectOr(jsonMember(before, 'limits')).entries) {
    if (jsonMember(limits, name) === undefined) await send('DELETE', limitPath(name), undefined, signal);
  }
}

/** A user without any password in the file keeps the one that is there: sent without, it would be taken away. */
function passwordOf(
  entry: DefinitionsEntry,
  before: DefinitionsEntry | undefined,
): Record<string, DefinitionsEntry['entries'][number]['value'] | undefined> {
  const password = jsonMember(entry, 'password');
  const hash = jsonMember(entry, 'password_hash');
  const source = password === undefined && hash === undefined ? before : entry;
  return {
    password,
    password_hash: jsonMember(source, 'password_hash'),
    hashing_algorithm: jsonMember(source, 'hashing_algorithm'),
  };
}
