import { base64Text } from './base64';
import { exactText } from './exactText';
import { writeTable } from './fieldNotation';
import type { RecordedMessage } from './recordLine';

/** Columns of a CSV export, in order. `headers` is JSON; `body_encoding` says whether `body` is text or Base64. */
const columns = [
  ...(['received_at', 'exchange', 'routing_key', 'redelivered', 'size'] as const),
  ...([
    'content_type',
    'content_encoding',
    'delivery_mode',
    'priority',
    'correlation_id',
    'reply_to',
  ] as const),
  ...(['expiration', 'message_id', 'timestamp', 'type', 'user_id', 'app_id', 'cluster_id'] as const),
  ...(['headers', 'body_encoding', 'body'] as const),
];

type Column = (typeof columns)[number];

export const csvHeader = columns.join(',');

/**
 * A message as one record of CSV (RFC 4180: comma, double quotes doubled, CRLF between records), without its end.
 * For reading in a spreadsheet; what must come back exactly is exported as JSON Lines.
 */
export function csvLine(message: RecordedMessage): string {
  const { properties } = message;
  const text = exactText(message.body);
  const cells: Record<Column, string | number | undefined> = {
    received_at: new Date(message.receivedAt).toISOString(),
    exchange: message.exchange,
    routing_key: message.routingKey,
    redelivered: String(message.redelivered),
    size: message.size,
    content_type: properties.contentType,
    content_encoding: properties.contentEncoding,
    delivery_mode: properties.deliveryMode,
    priority: properties.priority,
    correlation_id: properties.correlationId,
    reply_to: properties.replyTo,
    expiration: properties.expiration,
    message_id: properties.messageId,
    timestamp: properties.timestamp,
    type: properties.type,
    user_id: properties.userId,
    app_id: properties.appId,
    cluster_id: properties.clusterId,
    headers: properties.headers && writeTable(properties.headers),
    body_encoding: text === undefined ? 'base64' : 'text',
    body: text ?? base64Text(message.body),
  };
  return columns.map((column) => cell(cells[column])).join(',');
}

/**
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets take as "this is
 * text" (OWASP, CSV injection): strangers write these messages.
 */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
