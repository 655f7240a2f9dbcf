import type { JsonTable, NodeId } from './jsonTable';
import { absent, jsonKind } from './jsonTable';

/** The value of a string node; of a damaged one, the text as it stands. `undefined` for any other kind. */
export function stringValue(table: JsonTable, node: NodeId): string | undefined {
  if (table.kind(node) !== jsonKind.string) return undefined;
  const start = innerStart(table, node);
  const end = innerEnd(table, node);
  const raw = table.text.slice(start, end);
  return table.isEscaped(node) ? unescaped(raw) : raw;
}

/** The same for names that come back: equal ones are one string. */
export function nameValue(table: JsonTable, node: NodeId): string | undefined {
  return table.names.string(nameId(table, node));
}

/** A number for the text of a string node, of its own for each text; -1 for any other kind. */
export function nameId(table: JsonTable, node: NodeId): number {
  const known = table.nameId(node);
  if (known >= 0 || table.kind(node) !== jsonKind.string) return known;
  const id = table.isEscaped(node)
    ? table.names.idOf(stringValue(table, node) ?? '')
    : table.names.idAt(innerStart(table, node), innerEnd(table, node));
  table.setNameId(node, id);
  return id;
}

/** Where the characters of a string begin and end, without its quotes. */
export function innerSpan(table: JsonTable, node: NodeId): { readonly start: number; readonly end: number } {
  return { start: innerStart(table, node), end: innerEnd(table, node) };
}

function innerStart(table: JsonTable, node: NodeId): number {
  return table.start(node) + (table.isBare(node) ? 0 : 1);
}

function innerEnd(table: JsonTable, node: NodeId): number {
  const start = table.start(node);
  const end = table.end(node);
  if (table.isBare(node)) return end;
  const isClosed = end - start >= 2 && table.text.charCodeAt(end - 1) === table.text.charCodeAt(start);
  return isClosed ? end - 1 : end;
}

function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/** The number, or `undefined` for any other kind. */
export function numberValue(table: JsonTable, node: NodeId): number | undefined {
  if (table.kind(node) !== jsonKind.number) return undefined;
  const value = Number(table.text.slice(table.start(node), table.end(node)));
  return Number.isNaN(value) ? undefined : value;
}

/** `60000` is an integer for a broker, `60000.0` and `6e4` are not (DOMAIN 5.2). */
export function isInteger(table: JsonTable, node: NodeId): boolean {
  return (
    table.kind(node) === jsonKind.number &&
    /^-?[0-9]+$/.test(table.text.slice(table.start(node), table.end(node)))
  );
}

/** Whether this string node reads `name`, without making a string of it. */
export function isText(table: JsonTable, node: NodeId, name: string): boolean {
  if (table.isEscaped(node) || table.isBare(node)) return stringValue(table, node) === name;
  const start = table.start(node);
  return table.end(node) - start === name.length + 2 && table.text.startsWith(name, start + 1);
}

/** The value under that key; of several the first, as RabbitMQ takes it since 3.11 (3.10 took the last). */
export function member(table: JsonTable, object: NodeId, name: string): NodeId {
  if (table.kind(object) !== jsonKind.object) return absent;
  const end = table.next(object);
  for (let key = object + 1; key < end; key = table.next(key + 1))
    if (isText(table, key, name)) return key + 1;
  return absent;
}

/** The elements of an array, or the keys of an object (each value is the row after its key). */
export function* children(table: JsonTable, container: NodeId): Generator<NodeId> {
  const isObject = table.kind(container) === jsonKind.object;
  const end = table.next(container);
  for (let node = container + 1; node < end; node = table.next(isObject ? node + 1 : node)) yield node;
}
