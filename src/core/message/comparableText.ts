import type { FieldEntry } from '../base/fieldValue';
import type { MessageDetail } from './detail';
import { utf8Text } from '../base/bytes';
import { fieldLines } from './fieldText';
import { hexDump } from './hexDump';
import { prettyJson } from './jsonPretty';
import type { MessageProperties } from './message';
import { visibleText } from './visibleText';

/** More than this of one body is not laid out for a comparison. */
const mostCharacters = 4 * 1024 * 1024;
const mostDumpedBytes = 256 * 1024;

const labels = {
  contentType: 'content type',
  contentEncoding: 'content encoding',
  deliveryMode: 'delivery mode',
  priority: 'priority',
  correlationId: 'correlation id',
  replyTo: 'reply to',
  expiration: 'expiration',
  messageId: 'message id',
  timestamp: 'timestamp',
  type: 'type',
  userId: 'user id',
  appId: 'app id',
  clusterId: 'cluster id',
} as const satisfies { readonly [K in Exclude<keyof MessageProperties, 'headers'>]-?: string };

/** A body that was made readable, where somebody could. */
export interface ReadableBody {
  readonly label: string;
  readonly text: string;
}

/**
 * A message as text for a comparison line by line: the same things in the same order, headers by name and with their
 * types, JSON indented with its keys as they stand.
 */
export function comparableText(message: MessageDetail, readable?: ReadableBody): string {
  const { properties } = message;
  return [
    `exchange: ${visibleText(message.exchange)}`,
    `routing key: ${visibleText(message.routingKey)}`,
    `redelivered: ${message.redelivered ? 'yes' : 'no'}`,
    `received: ${new Date(message.receivedAt).toISOString()}`,
    '',
    '# Properties',
    ...Object.entries(labels).flatMap(([name, label]) => {
      const value = properties[name as keyof typeof labels];
      return value === undefined ? [] : [`${label}: ${visibleText(String(value))}`];
    }),
    '',
    '# Headers',
    ...headerLines(properties.headers ?? []),
    '',
    ...bodyLines(message, readable),
    '',
  ].join('\n');
}

function headerLines(headers: readonly FieldEntry[]): string[] {
  // Brokers from 4.0 on sort headers by name, earlier ones keep the publisher's order.
  const sorted = [...headers].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const { lines, cut } = fieldLines(sorted);
  return [
    ...lines.map(({ depth, name, type, text }) =>
      `${'  '.repeat(depth)}${visibleText(name)} (${type}): ${visibleText(text)}`.trimEnd(),
    ),
    ...(cut ? ['(more is not shown)'] : []),
  ];
}

function bodyLines(message: MessageDetail, readable: ReadableBody | undefined): string[] {
  const { body, size } = message;
  const head = (what: string): string => `# Body: ${String(size)} bytes, ${what}`;
  if (readable !== undefined) return [head(readable.label), readable.text];
  const text = utf8Text(body);
  if (text === undefined) return [head('not text'), hexDump(body.subarray(0, mostDumpedBytes))];
  const json = /^\s*[[{]/.test(text) ? prettyJson(text, mostCharacters) : undefined;
  if (json?.kind === 'json') return [head('JSON'), visibleText(json.text, { lines: true })];
  return [head('text'), visibleText(text.slice(0, mostCharacters), { lines: true })];
}
