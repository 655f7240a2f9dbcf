import type { FilterField, FilterProperty, PathStep } from './filterNode';

/** What the values of a field are, which decides what it may be compared with. */
export type ValueType = 'text' | 'number' | 'size' | 'flag' | 'time' | 'seconds';

export interface FieldInfo {
  /** As it is written and offered. */
  readonly name: string;
  readonly type: ValueType;
  /** What it is, a few words for completion. */
  readonly detail: string;
  readonly field: Exclude<FilterField, { kind: 'header' | 'json' }>;
}

function own(
  name: string,
  kind: Exclude<FilterField['kind'], 'property' | 'header' | 'json'>,
  type: ValueType,
  detail: string,
): FieldInfo {
  return { name, type, detail, field: { kind } };
}

function property(name: string, property: FilterProperty, type: ValueType, detail: string): FieldInfo {
  return { name, type, detail, field: { kind: 'property', name: property } };
}

/** Every field but `header.NAME` and `body.PATH`. Properties have the names of AMQP 0-9-1, 1.8.3.1. */
export const filterFields: readonly FieldInfo[] = [
  own('exchange', 'exchange', 'text', 'exchange it was published to'),
  own('key', 'key', 'text', 'routing key'),
  own('body', 'body', 'text', 'text of the body; body.name looks into JSON'),
  own('size', 'size', 'size', 'bytes of the body, such as 10kB'),
  own('received', 'received', 'time', 'when it arrived here, such as 12:04 or -5m'),
  own('redelivered', 'redelivered', 'flag', 'delivered before'),
  own('persistent', 'persistent', 'flag', 'delivery mode 2'),
  own('dead', 'dead', 'flag', 'dead-lettered: it has an x-death header'),
  property('content-type', 'contentType', 'text', 'property'),
  property('content-encoding', 'contentEncoding', 'text', 'property'),
  property('delivery-mode', 'deliveryMode', 'number', 'property: 1 transient, 2 persistent'),
  property('priority', 'priority', 'number', 'property'),
  property('correlation-id', 'correlationId', 'text', 'property'),
  property('reply-to', 'replyTo', 'text', 'property'),
  property('expiration', 'expiration', 'number', 'property: milliseconds'),
  property('message-id', 'messageId', 'text', 'property'),
  property('timestamp', 'timestamp', 'seconds', 'property: seconds since 1970, or a date'),
  property('type', 'type', 'text', 'property'),
  property('user-id', 'userId', 'text', 'property'),
  property('app-id', 'appId', 'text', 'property'),
  property('cluster-id', 'clusterId', 'text', 'property'),
];

const byName: ReadonlyMap<string, FieldInfo> = new Map(
  filterFields.flatMap((info) =>
    [info.name, ...(info.name === 'key' ? ['routing-key'] : [])].map((name) => [plain(name), info] as const),
  ),
);

/** A field that was understood, and what its values are. */
export interface KnownField {
  readonly type: ValueType;
  readonly field: FilterField;
}

/** The field of that name and path, or why there is none, as a sentence. */
export function knownField(name: string, path: readonly PathStep[]): KnownField | string {
  const lower = name.toLowerCase();
  if (lower === 'header' || lower === 'headers') return { type: 'text', field: { kind: 'header', path } };
  if (lower === 'body' && path.length > 0) return { type: 'text', field: { kind: 'json', path } };
  const info = byName.get(plain(name));
  if (!info) {
    return `There is no field ${name}. Write header.${name} or body.${name}, or put the text in quotes to search for it.`;
  }
  return path.length === 0 ? info : `${info.name} has no parts: write it without what follows.`;
}

/** `content-type`, `contentType` and `Content-Type` are the same. */
function plain(name: string): string {
  return name.replaceAll('-', '').toLowerCase();
}
