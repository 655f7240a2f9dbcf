import { utf8Bytes } from '../base/bytes';
import { bytesFromBase64 } from './base64';
import { readTable } from './fieldNotation';
import { readWhole } from './fieldScalar';
import { readJson } from '../base/jsonTree';
import type { JsonNode } from '../base/jsonTree';
import type { MessageProperties } from './message';
import { recordVersion } from './recordLine';
import type { RecordedMessage, RecordedNote } from './recordLine';

export type RecordLine =
  | { readonly kind: 'message'; readonly message: RecordedMessage }
  | { readonly kind: 'note'; readonly note: RecordedNote }
  | { readonly kind: 'problem'; readonly problem: string };

/** Header tables come nested up to 100 levels, and a tag doubles a level. */
const deepest = 256;

/** One line as `messageLine` and `noteLine` write it; anything else is a problem in words. Never throws. */
export function readRecordLine(text: string): RecordLine {
  const json = readJson(text, deepest);
  if ('problem' in json) return { kind: 'problem', problem: `This is not JSON: ${json.problem}.` };
  if (json.node.kind !== 'object') return { kind: 'problem', problem: 'This is JSON, but not an object.' };
  try {
    return readMembers(new Members(json.node.entries, ''));
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { kind: 'problem', problem: thrown.message };
    throw thrown;
  }
}

/** Stays inside this file: readers here never throw on bad input. */
class Unreadable extends Error {}

function readMembers(members: Members): RecordLine {
  const version = members.whole('v', Number.MAX_SAFE_INTEGER);
  if (version === undefined)
    throw new Unreadable('This is not a line of a recording or an export: "v" is missing.');
  if (version !== recordVersion)
    throw new Unreadable(`This line has the version ${String(version)}; only version 1 can be read.`);
  const receivedAt = time(members.required('receivedAt'));
  const note = members.text('note');
  if (note !== undefined) {
    const severity = members.text('severity') === 'warning' ? 'warning' : 'info';
    return { kind: 'note', note: { receivedAt, severity, text: note } };
  }
  const body = readBody(members);
  return {
    kind: 'message',
    message: {
      receivedAt,
      exchange: members.required('exchange'),
      routingKey: members.required('routingKey'),
      redelivered: members.bool('redelivered') ?? false,
      properties: readProperties(members.object('properties')),
      size: Math.max(body.length, members.whole('wholeSize', Number.MAX_SAFE_INTEGER) ?? 0),
      body,
    },
  };
}

function readBody(members: Members): Uint8Array {
  const text = members.text('body');
  const base64 = members.text('bodyBase64');
  if (text !== undefined && base64 !== undefined)
    throw new Unreadable('There are both "body" and "bodyBase64"; only one can be meant.');
  if (text !== undefined) return utf8Bytes(text);
  if (base64 === undefined) throw new Unreadable('"body" is missing.');
  return bytesFromBase64(base64) ?? unreadable('"bodyBase64" is not Base64.');
}

const textProperties = [
  ...(['contentType', 'contentEncoding', 'correlationId', 'replyTo', 'expiration', 'messageId'] as const),
  ...(['type', 'userId', 'appId', 'clusterId'] as const),
];

type Writable = { -readonly [K in keyof MessageProperties]: MessageProperties[K] };

function readProperties(members: Members | undefined): MessageProperties {
  const properties: Writable = {};
  if (members === undefined) return properties;
  for (const name of textProperties) {
    const value = members.text(name);
    if (value !== undefined) properties[name] = value;
  }
  for (const name of ['deliveryMode', 'priority'] as const) {
    const value = members.whole(name, 255);
    if (value !== undefined) properties[name] = value;
  }
  const timestamp = members.digits('timestamp');
  if (timestamp !== undefined) properties.timestamp = timestamp;
  const headers = members.object('headers');
  if (headers !== undefined) {
    const read = readTable(headers.entries);
    if ('problem' in read) throw new Unreadable(`"properties.headers" ${read.problem}.`);
    properties.headers = read.value;
  }
  return properties;
}

type Entries = Extract<JsonNode, { kind: 'object' }>['entries'];

/** The members of one JSON object, each looked at as what it must be; missing ones and null are `undefined`. */
class Members {
  private readonly nodes = new Map<string, JsonNode>();

  constructor(
    readonly entries: Entries,
    private readonly path: string,
  ) {
    for (const { name, value } of entries) this.nodes.set(name, value);
  }

  required(name: string): string {
    return this.text(name) ?? unreadable(`${this.place(name)} is missing.`);
  }

  text(name: string): string | undefined {
    const node = this.get(name);
    if (node === undefined) return undefined;
    return node.kind === 'string' ? node.value : unreadable(`${this.place(name)} is not text.`);
  }

  bool(name: string): boolean | undefined {
    const node = this.get(name);
    if (node === undefined) return undefined;
    return node.kind === 'bool' ? node.value : unreadable(`${this.place(name)} is not true or false.`);
  }

  whole(name: string, most: number): number | undefined {
    const node = this.get(name);
    if (node === undefined) return undefined;
    const value = node.kind === 'number' ? Number(node.text) : Number.NaN;
    return Number.isInteger(value) && value >= 0 && value <= most
      ? value
      : unreadable(`${this.place(name)} is not a whole number from 0 to ${String(most)}.`);
  }

  /** A uint64 as decimal text. */
  digits(name: string): string | undefined {
    const node = this.get(name);
    if (node === undefined) return undefined;
    const text = node.kind === 'number' ? node.text : node.kind === 'string' ? node.value : '';
    const read = readWhole('timestamp', text);
    return 'whole' in read ? String(read.whole) : unreadable(`${this.place(name)} ${read.problem}.`);
  }

  object(name: string): Members | undefined {
    const node = this.get(name);
    if (node === undefined) return undefined;
    return node.kind === 'object'
      ? new Members(node.entries, `${this.path}${name}.`)
      : unreadable(`${this.place(name)} is not an object.`);
  }

  private get(name: string): JsonNode | undefined {
    const node = this.nodes.get(name);
    return node?.kind === 'null' ? undefined : node;
  }

  private place(name: string): string {
    return `"${this.path}${name}"`;
  }
}

function time(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? unreadable('"receivedAt" is not a time like 2026-11-24T12:04:05.120Z.') : ms;
}

function unreadable(problem: string): never {
  throw new Unreadable(problem);
}
