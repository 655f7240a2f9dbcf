import { base64Text } from './base64';
import { exactText } from './exactText';
import { writeTable } from './fieldNotation';
import type { MessageProperties } from './message';

/**
 * A message as exports and recordings keep it, one line of JSON each:
 *
 *     {"v":1,"receivedAt":"2026-11-24T12:04:05.120Z","exchange":"orders","routingKey":"order.created",
 *      "redelivered":false,"properties":{"contentType":"application/json","headers":{"retries":{"!":"int","value":"2"}}},
 *      "body":"{\"id\":7}"}
 *
 * Every line stands alone, so that grep, head, split and cat of such files still give a recording. A body that is no
 * text, or whose text would turn into other bytes, is `bodyBase64`. Headers are as in `fieldNotation`.
 */
export interface RecordedMessage {
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly properties: MessageProperties;
  /** Bytes of the whole body; `body` holds fewer where the buffer had to cut it. */
  readonly size: number;
  readonly body: Uint8Array;
}

/** What lies between two messages, such as a gap, on a line of its own. */
export interface RecordedNote {
  readonly receivedAt: number;
  readonly severity: 'info' | 'warning';
  readonly text: string;
}

export const recordVersion = 1;

/** The line without its end. */
export function messageLine(message: RecordedMessage): string {
  const { body, size } = message;
  const text = exactText(body);
  const members = [
    ...beginning(message.receivedAt),
    member('exchange', message.exchange),
    member('routingKey', message.routingKey),
    member('redelivered', message.redelivered),
    `"properties":${propertiesText(message.properties)}`,
    ...(body.length < size ? [member('wholeSize', size)] : []),
    text === undefined ? member('bodyBase64', base64Text(body)) : member('body', text),
  ];
  return `{${members.join(',')}}`;
}

/** The line without its end. */
export function noteLine({ receivedAt, severity, text }: RecordedNote): string {
  return `{${[...beginning(receivedAt), member('severity', severity), member('note', text)].join(',')}}`;
}

function beginning(receivedAt: number): string[] {
  return [member('v', recordVersion), member('receivedAt', new Date(receivedAt).toISOString())];
}

function member(name: string, value: string | number | boolean): string {
  return `"${name}":${JSON.stringify(value)}`;
}

/** `timestamp` is a number of any length: JSON sets no limit, and the reader keeps every digit. */
function propertiesText(properties: MessageProperties): string {
  const { headers, timestamp, ...others } = properties;
  const members = Object.entries(others).map(([name, value]) => member(name, value));
  if (timestamp !== undefined) members.push(`"timestamp":${timestamp}`);
  if (headers !== undefined) members.push(`"headers":${writeTable(headers)}`);
  return `{${members.join(',')}}`;
}
