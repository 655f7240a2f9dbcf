import { children, stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';

/**
 * JSON as a broker tells values apart: 2 and 2.0 differ (integer and float), 1.50 and 1.5 do not, nor do big numbers
 * lose digits. The keys of an object are sorted.
 */
export type ExactValue = null | boolean | string | ExactNumber | readonly ExactValue[] | ExactObject;
export type ExactObject = ReadonlyMap<string, ExactValue>;

export class ExactNumber {
  /** In one spelling for each value. */
  readonly text: string;

  constructor(written: string) {
    this.text = canonicalNumber(written);
  }
}

export const emptyObject: ExactObject = new Map();

/** A missing or damaged value is `undefined`; so is what holds one, since nothing follows from it. */
export function exactValue(table: JsonTable, node: NodeId): ExactValue | undefined {
  if (node === absent) return undefined;
  switch (table.kind(node)) {
    case jsonKind.object: {
      const members: [string, ExactValue][] = [];
      for (const key of children(table, node)) {
        const value = exactValue(table, key + 1);
        if (value === undefined) return undefined;
        members.push([stringValue(table, key) ?? '', value]);
      }
      return sorted(members);
    }
    case jsonKind.array: {
      const items: ExactValue[] = [];
      for (const item of children(table, node)) {
        const value = exactValue(table, item);
        if (value === undefined) return undefined;
        items.push(value);
      }
      return items;
    }
    case jsonKind.string:
      return stringValue(table, node) ?? '';
    case jsonKind.number:
      return new ExactNumber(table.text.slice(table.start(node), table.end(node)));
    case jsonKind.true:
      return true;
    case jsonKind.false:
      return false;
    case jsonKind.null:
      return null;
    default:
      return undefined;
  }
}

/** Of a repeated key the first counts, as for RabbitMQ since 3.11. */
function sorted(members: [string, ExactValue][]): ExactObject {
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const result = new Map<string, ExactValue>();
  for (const [key, value] of members) if (!result.has(key)) result.set(key, value);
  return result;
}

function canonicalNumber(written: string): string {
  if (/^-?[0-9]+$/.test(written)) {
    const digits = written.replace(/^(-?)0+(?=[0-9])/, '$1');
    return digits === '-0' ? '0' : digits;
  }
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  const text = String(value);
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text;
}

export function isExactObject(value: ExactValue | undefined): value is ExactObject {
  return value instanceof Map;
}

/** Equal values have equal texts. */
export function compactText(value: ExactValue): string {
  if (value instanceof ExactNumber) return value.text;
  if (isExactObject(value))
    return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${compactText(item)}`).join(',')}}`;
  if (isList(value)) return `[${value.map(compactText).join(',')}]`;
  return JSON.stringify(value);
}

/** For people: two spaces a level, empty containers in one line. */
export function prettyText(value: ExactValue, indent = ''): string {
  const inner = `${indent}  `;
  if (isExactObject(value)) {
    if (value.size === 0) return '{}';
    const lines = [...value].map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${prettyText(item, inner)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => `${inner}${prettyText(item, inner)}`).join(',\n')}\n${indent}]`;
  }
  return compactText(value);
}

function isList(value: ExactValue): value is readonly ExactValue[] {
  return Array.isArray(value);
}

/** How deep a difference is named: `value.definition.max-length`. */
const deepestPath = 3;

/** The members that differ, such as `arguments.x-max-length`, in the order of their objects. */
export function differences(one: ExactObject, other: ExactObject, depth = deepestPath): string[] {
  const paths: string[] = [];
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const [mine, theirs] = [one.get(key), other.get(key)];
    if (mine !== undefined && theirs !== undefined) {
      if (isExactObject(mine) && isExactObject(theirs) && depth > 1) {
        paths.push(...differences(mine, theirs, depth - 1).map((path) => `${key}.${path}`));
        continue;
      }
      if (compactText(mine) === compactText(theirs)) continue;
    }
    paths.push(key);
  }
  return paths;
}
