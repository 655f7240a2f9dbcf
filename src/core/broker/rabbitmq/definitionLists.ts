import { emptyObject, jsonMember, jsonString } from '../../base/jsonText';
import type { JsonObject } from '../../base/jsonText';
import { readJson } from '../../base/jsonTree';
import type { JsonNode } from '../../base/jsonTree';
import { throwIfAborted } from '../../base/failure';
import type { DefinitionsEntry } from '../../topology/definitionsEntry';
import type { DefinitionsSection } from '../../topology/definitionsFile';
import { BrokerError } from '../brokerError';
import type { HttpAnswer, HttpMethod } from '../http/httpJson';
import { badAnswer, pastTheEnd } from './answers';
import { isDots, segment } from './pathSegment';

/** One request of the management API; `path` begins after `/api/`, `body` is JSON text. */
export type SendRequest = (
  method: HttpMethod,
  path: string,
  body?: string,
  signal?: AbortSignal,
) => Promise<HttpAnswer>;

/** The lists that have a path for each virtual host, and what is asked of each item: as little as an export needs. */
const lists: Readonly<
  Record<DefinitionsSection, { readonly path: string; readonly byVhost?: true; readonly query?: string }>
> = {
  users: { path: 'users' },
  vhosts: { path: 'vhosts', query: 'columns=name,metadata' },
  permissions: { path: 'permissions' },
  topic_permissions: { path: 'topic-permissions' },
  exchanges: {
    path: 'exchanges',
    byVhost: true,
    query: 'columns=name,vhost,type,durable,auto_delete,internal,arguments',
  },
  global_parameters: { path: 'global-parameters' },
  policies: { path: 'policies', byVhost: true },
  parameters: { path: 'parameters' },
  queues: {
    path: 'queues',
    byVhost: true,
    query: 'disable_stats=true&columns=name,vhost,durable,auto_delete,exclusive,arguments',
  },
  bindings: { path: 'bindings', byVhost: true },
};

/** RabbitMQ's largest page. */
const pageSize = 500;
/** So often a list that changes while it is read is begun anew. */
const mostAttempts = 3;

/** A section as the management API lists it, with every number as it was written. */
export async function listedEntries(
  send: SendRequest,
  section: DefinitionsSection,
  vhost: string | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly DefinitionsEntry[]> {
  const { path, byVhost, query } = lists[section];
  const own = byVhost && vhost !== undefined && !isDots(vhost) ? `${path}/${segment(vhost)}` : path;
  const what = vhost === undefined ? `list of ${words(section)}` : `virtual host \`${vhost}\``;
  const listed =
    section === 'queues'
      ? await pages(send, `${own}?${query ?? ''}`, what, signal)
      : objects(
          (await read(send, query === undefined ? own : `${own}?${query}`, what, signal)) ?? emptyList,
          what,
        );
  const isOwn = (entry: JsonObject): boolean =>
    vhost === undefined || jsonString(jsonMember(entry, section === 'vhosts' ? 'name' : 'vhost')) === vhost;
  const scoped = section === 'users' || section === 'global_parameters' ? listed : listed.filter(isOwn);
  return scoped.flatMap((entry) => shaped(section, entry));
}

function words(section: DefinitionsSection): string {
  return section.replaceAll('_', ' ').replace('vhosts', 'virtual hosts');
}

/** Without what is no entry of a definitions file, and without the words that stand for nothing (DOMAIN 8.2). */
function shaped(section: DefinitionsSection, entry: JsonObject): readonly DefinitionsEntry[] {
  if (section === 'bindings') return jsonString(jsonMember(entry, 'source')) === '' ? [] : [entry];
  if (section !== 'vhosts') return [entry];
  const entries = entry.entries.map(({ name, value }) => ({
    name,
    value: name === 'metadata' && value.kind === 'object' ? withoutUndefined(value) : value,
  }));
  return [{ kind: 'object', entries }];
}

function withoutUndefined(metadata: JsonObject): JsonObject {
  return {
    kind: 'object',
    entries: metadata.entries.filter(
      ({ name, value }) => !(name === 'default_queue_type' && jsonString(value) === 'undefined'),
    ),
  };
}

/** Page by page. What is declared or deleted meanwhile moves items across pages: then it is read again. */
async function pages(
  send: SendRequest,
  path: string,
  what: string,
  signal: AbortSignal | undefined,
): Promise<readonly JsonObject[]> {
  const found = new Map<string, JsonObject>();
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    found.clear();
    let total: string | undefined;
    let changed = false;
    for (let page = 1; ; page += 1) {
      const answer = await read(
        send,
        `${path}&page=${String(page)}&page_size=${String(pageSize)}`,
        what,
        signal,
      );
      // Whoever answers with a plain list has no pages.
      const items = answer
        ? objects(answer.kind === 'array' ? answer : jsonMember(answer, 'items'), what)
        : [];
      for (const item of items) found.set(identity(item), item);
      const said = jsonMember(answer, 'filtered_count') ?? jsonMember(answer, 'total_count');
      const count = said?.kind === 'number' ? said.text : undefined;
      // Past the last page nothing is said.
      if (answer && total !== undefined && count !== total) changed = true;
      total ??= count;
      const isLast = items.length < pageSize || page * pageSize >= Number(total ?? Infinity);
      if (isLast || answer?.kind === 'array') break;
    }
    if (!changed) break;
  }
  return [...found.values()];
}

function identity(item: JsonObject): string {
  return JSON.stringify([jsonString(jsonMember(item, 'vhost')), jsonString(jsonMember(item, 'name'))]);
}

const emptyList: JsonNode = { kind: 'array', items: [] };

/** Parameters may be nested, and nobody nests them deeper. */
const deepest = 200;

/** `undefined` past the last page. */
async function read(
  send: SendRequest,
  path: string,
  what: string,
  signal: AbortSignal | undefined,
): Promise<JsonNode | undefined> {
  throwIfAborted(signal);
  const answer = await send('GET', path, undefined, signal);
  if (pastTheEnd(answer) !== undefined) return undefined;
  return readAnswer(answer, what);
}

/** The JSON of a good answer with its numbers as they were written; throws what a bad one means. */
export function readAnswer(answer: HttpAnswer, what: string): JsonNode {
  if (answer.status < 200 || answer.status >= 300) throw badAnswer(answer, what);
  const json = readJson(answer.text, deepest);
  if ('node' in json) return json.node;
  throw new BrokerError('protocol', `The management API's answer about ${what} makes no sense.`, {
    detail: json.problem,
  });
}

/** The objects of a list; what is none is left out. */
export function objects(node: JsonNode | undefined, what: string): readonly JsonObject[] {
  if (node?.kind !== 'array')
    throw new BrokerError('protocol', `The management API's answer about ${what} makes no sense.`);
  return node.items.filter((item) => item.kind === 'object');
}

/** Nothing, where there is none. */
export function objectOr(node: JsonNode | undefined): JsonObject {
  return node?.kind === 'object' ? node : emptyObject;
}
