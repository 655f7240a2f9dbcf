import { utf8Text } from '../base/bytes';
import type { FieldTable } from '../base/fieldValue';
import { field } from '../base/fieldValue';
import { holdsControls } from './controlCharacters';
import type { MessageDetail } from './detail';
import { fieldText } from './fieldText';
import type { MessageRow } from './row';
import { visibleText } from './visibleText';

const previewBytes = 400;
const previewCharacters = 200;
const hexBytes = 48;
const previewHeaders = 8;
const headerCharacters = 60;

/** The line for one kept message. Looks at no more than the first 400 bytes of the body. */
export function rowSummary(message: MessageDetail, place: number): MessageRow {
  const { contentType, contentEncoding, headers, deliveryMode } = message.properties;
  const { messageId, correlationId, type, appId, priority } = message.properties;
  return {
    kind: 'message',
    place,
    seq: message.seq,
    receivedAt: message.receivedAt,
    exchange: message.exchange,
    routingKey: message.routingKey,
    size: message.size,
    ...(contentType === undefined ? {} : { contentType }),
    redelivered: message.redelivered,
    persistent: deliveryMode === 2,
    deadLettered: field(headers, 'x-death') !== undefined,
    sentByYou: message.sentByYou,
    preview: bodyPreview(message.body, contentEncoding),
    ...(messageId !== undefined && { messageId }),
    ...(correlationId !== undefined && { correlationId }),
    ...(type !== undefined && { type }),
    ...(appId !== undefined && { appId }),
    ...(priority !== undefined && { priority }),
    ...(headers !== undefined && headers.length > 0 && { headers: headersPreview(headers) }),
  };
}

function headersPreview(headers: FieldTable): string {
  return headers
    .filter(({ name }) => name !== 'x-death')
    .slice(0, previewHeaders)
    .map(({ name, value }) => `${name}: ${fieldText(value).slice(0, headerCharacters)}`)
    .join(', ');
}

/** The beginning of a body on one line: text where it is text, otherwise hex. A compressed body is not text. */
export function bodyPreview(body: Uint8Array, contentEncoding?: string): string {
  const plain = contentEncoding === undefined || /^(identity|utf-?8|us-ascii|ascii|)$/i.test(contentEncoding);
  const text = plain ? utf8Text(wholeCharacters(body.subarray(0, previewBytes))) : undefined;
  return text === undefined || holdsControls(text) ? hexPreview(body) : oneLine(text);
}

/** Leaves out a UTF-8 sequence that the cut split, so that a cut text still counts as text. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function oneLine(text: string): string {
  const line = visibleText(text.replace(/\s+/g, ' ').trim());
  return line.length > previewCharacters ? Array.from(line).slice(0, previewCharacters).join('') : line;
}

function hexPreview(body: Uint8Array): string {
  return Array.from(body.subarray(0, hexBytes), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
