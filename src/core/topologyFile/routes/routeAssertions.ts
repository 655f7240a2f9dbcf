import { tableFromJson } from '../../base/fieldJson';
import type { FieldTable } from '../../base/fieldValue';
import { children, member, stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import { scanJson } from '../json/scanJson';

/** One message, and the queues that it must reach: these and no others. */
export interface RouteAssertion {
  readonly name: string | undefined;
  readonly vhost: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly headers: FieldTable;
  readonly queues: readonly string[];
  /** Of queues that it reaches, directly or by dead letters: those that their dead letters reach next. */
  readonly deadLetters: ReadonlyMap<string, readonly string[]>;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** What a `*.routes.json` file asserts. */
export interface RouteFile {
  /** The definitions file, relative to this one; missing means the one beside it with the same name. */
  readonly topology: string | undefined;
  readonly assertions: readonly RouteAssertion[];
  readonly problems: readonly RouteFileProblem[];
}

/** Why a part of the file asserts nothing. */
export interface RouteFileProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

const fileKeys = ['topology', 'vhost', 'routes'];
const routeKeys = ['name', 'vhost', 'exchange', 'routing_key', 'headers', 'queues', 'dead_letters'];

/**
 * Reads `{"topology": "x.definitions.json", "vhost": "/", "routes": [{"exchange", "routing_key", "headers", "queues"}]}`.
 * Never throws: whatever is not as expected is a problem, and the rest is read.
 */
export function readRouteFile(text: string): RouteFile {
  const { table, problems: syntax } = scanJson(text);
  const problems: RouteFileProblem[] = [];
  const [first] = syntax;
  if (first) problems.push({ start: first.start, end: first.end, message: 'This is not valid JSON.' });
  const report = (node: NodeId, message: string): void => {
    problems.push({ start: table.start(node), end: table.end(node), message });
  };
  if (table.kind(0) !== jsonKind.object) {
    if (!first)
      problems.push({ start: 0, end: text.length, message: 'The file is not an object with "routes".' });
    return { topology: undefined, assertions: [], problems };
  }
  strangers(table, 0, fileKeys, report);
  const routes = member(table, 0, 'routes');
  if (table.kind(routes) !== jsonKind.array) {
    if (routes === absent)
      problems.push({
        start: 0,
        end: 1,
        message: 'There is no "routes": a list of messages and their queues.',
      });
    else report(routes, '"routes" is not a list.');
    return { topology: textOf(table, 0, 'topology', report), assertions: [], problems };
  }
  const vhost = textOf(table, 0, 'vhost', report) ?? '/';
  const assertions: RouteAssertion[] = [];
  for (const node of children(table, routes)) {
    const assertion = readAssertion(table, node, vhost, report);
    if (assertion) assertions.push(assertion);
  }
  return { topology: textOf(table, 0, 'topology', report), assertions, problems };
}

type Report = (node: NodeId, message: string) => void;

function readAssertion(
  table: JsonTable,
  node: NodeId,
  vhost: string,
  report: Report,
): RouteAssertion | undefined {
  if (table.kind(node) !== jsonKind.object) {
    report(node, 'A route is an object with "exchange", "routing_key" and "queues".');
    return undefined;
  }
  strangers(table, node, routeKeys, report);
  const exchange = textOf(table, node, 'exchange', report);
  const queues = queueNames(table, member(table, node, 'queues'), report);
  if (exchange === undefined || queues === undefined) {
    const missing = exchange === undefined ? 'exchange' : 'queues';
    if (member(table, node, missing) === absent) report(node, `This route has no "${missing}".`);
    return undefined;
  }
  const headers = member(table, node, 'headers');
  if (headers !== absent && table.kind(headers) !== jsonKind.object)
    report(headers, '"headers" is not an object.');
  return {
    name: textOf(table, node, 'name', report),
    vhost: textOf(table, node, 'vhost', report) ?? vhost,
    exchange,
    routingKey: textOf(table, node, 'routing_key', report) ?? '',
    headers: tableFromJson(parsed(table.text.slice(table.start(headers), table.end(headers)))),
    queues,
    deadLetters: deadLettersIn(table, member(table, node, 'dead_letters'), report),
    start: table.start(node),
    end: table.end(node),
  };
}

function deadLettersIn(
  table: JsonTable,
  node: NodeId,
  report: Report,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  if (node === absent) return found;
  if (table.kind(node) !== jsonKind.object) {
    report(
      node,
      '"dead_letters" is no object of queues, each with the list of queues its dead letters reach.',
    );
    return found;
  }
  for (const key of children(table, node)) {
    const queues = queueNames(table, key + 1, report);
    if (queues) found.set(stringValue(table, key) ?? '', queues);
  }
  return found;
}

function queueNames(table: JsonTable, list: NodeId, report: Report): string[] | undefined {
  if (list === absent) return undefined;
  const names: string[] = [];
  if (table.kind(list) !== jsonKind.array) {
    report(list, 'This is not a list of queues: write [] for a message that must reach no queue.');
    return undefined;
  }
  for (const item of children(table, list)) {
    const name = stringValue(table, item);
    if (name === undefined) report(item, 'The name of a queue is a text.');
    else names.push(name);
  }
  return names;
}

/** The text under that key; `undefined` where it is missing or, which is reported, no text. */
function textOf(table: JsonTable, object: NodeId, key: string, report: Report): string | undefined {
  const node = member(table, object, key);
  if (node === absent) return undefined;
  const text = stringValue(table, node);
  if (text === undefined) report(node, `"${key}" is not a text.`);
  return text;
}

/** A misspelt key must not turn an assertion into one that holds by accident. */
function strangers(table: JsonTable, object: NodeId, known: readonly string[], report: Report): void {
  for (const key of children(table, object)) {
    const name = stringValue(table, key) ?? '';
    if (!known.includes(name)) report(key, `There is no key "${name}" here: use ${known.join(', ')}.`);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
