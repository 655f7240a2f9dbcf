import type { FieldTable, FieldValue } from '../../base/fieldValue';
import type { FilterSubject } from './filterSubject';
import { JsonBytes } from './jsonBytes';

const deepest = 4;
/** Of one message. */
const mostPaths = 200;
const longestBody = 64 * 1024;
const longestName = 100;

/** Names of the headers of a message, each once, as they are written behind `header.`: arrays are looked into. */
export function headerPaths(message: FilterSubject): ReadonlySet<string> {
  const paths = new Set<string>();
  addTable(paths, '', message.headers() ?? [], 1);
  return paths;
}

function addTable(paths: Set<string>, prefix: string, table: FieldTable, depth: number): void {
  for (const { name, value } of table) {
    const path = add(paths, prefix, name);
    if (path !== undefined && depth < deepest) addInside(paths, path, value, depth);
  }
}

function addInside(paths: Set<string>, path: string, value: FieldValue, depth: number): void {
  if (value.type === 'table') addTable(paths, `${path}.`, value.value, depth + 1);
  // The elements of an array look alike: one stands for all.
  const first = value.type === 'array' ? value.value[0] : undefined;
  if (first && depth < deepest) addInside(paths, path, first, depth + 1);
}

/** Paths into a JSON body, as they are written behind `body.`. */
export function bodyPaths(message: FilterSubject): ReadonlySet<string> {
  const paths = new Set<string>();
  const { bytes, bodyFrom, bodyTo } = message;
  if (bodyTo - bodyFrom > longestBody) return paths;
  const json = new JsonBytes();
  json.reset(bytes, bodyFrom, bodyTo);
  addJson(json, paths, '', 1);
  return paths;
}

function addJson(json: JsonBytes, paths: Set<string>, prefix: string, depth: number): void {
  const kind = json.peek();
  if (kind === 'none') json.stop();
  else if (kind === 'object' && depth <= deepest) {
    json.enter();
    while (json.nextKey()) {
      const path = add(paths, prefix, json.stringText());
      if (path === undefined) json.skip();
      else addJson(json, paths, `${path}.`, depth + 1);
    }
  } else if (kind === 'array' && depth <= deepest) {
    json.enter();
    for (let index = 0; json.nextItem(); index++) {
      if (index === 0) addJson(json, paths, prefix, depth + 1);
      else if (json.peek() === 'none') json.stop();
      else json.skip();
    }
  } else json.skip();
}

/** The path, or `undefined` where it is not worth it to go on. */
function add(paths: Set<string>, prefix: string, name: string): string | undefined {
  if (name === '' || name.length > longestName || paths.size >= mostPaths) return undefined;
  const path = prefix + writtenName(name);
  paths.add(path);
  return path;
}

/** In quotes where it holds what would end it. */
function writtenName(name: string): string {
  return /^[^\s:[\]=<>!()"\\]+$/.test(name) && !/^\.|\.$|\.\./.test(name)
    ? name
    : `"${name.replace(/["\\]/g, '\\$&')}"`;
}
