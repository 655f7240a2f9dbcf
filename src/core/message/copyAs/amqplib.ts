import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { base64Text } from '../base64';
import type { MessageProperties } from '../message';
import { copiedBody, copiedHeaders, fileNote, lastOfEach, Notes, quoted } from './snippet';
import type { CopiedMessage } from './snippet';

/** The message as a call of amqplib (JavaScript). Header types are kept: `{'!': 'long', value: 5}`. */
export function amqplibCall(message: CopiedMessage): string {
  const notes = new Notes();
  const headers = copiedHeaders(message, notes);
  const options = [
    'mandatory: true,',
    ...plainOptions(message.properties, notes),
    ...(headers ? [`headers: ${tableText(headers, notes, '  ')},`] : []),
  ];
  const body = bodyText(message, notes);
  return [
    '// channel: from connection.createConfirmChannel()',
    ...notes.comments('//'),
    `channel.publish(${text(message.exchange)}, ${text(message.routingKey)}, ${body}, {`,
    ...options.map((line) => `  ${line}`),
    '});',
    '',
  ].join('\n');
}

function bodyText(message: CopiedMessage, notes: Notes): string {
  const body = copiedBody(message);
  switch (body.kind) {
    case 'text':
      return `Buffer.from(${text(body.text)})`;
    case 'bytes':
      return bufferText(body.bytes);
    case 'file':
      notes.add(fileNote(body.name, message));
      return `require('node:fs').readFileSync('${body.name}')`;
  }
}

function plainOptions(properties: MessageProperties, notes: Notes): string[] {
  const { headers: _, timestamp, clusterId, ...others } = properties;
  if (clusterId !== undefined) notes.add('The cluster id is left out: amqplib does not send it.');
  const lines = Object.entries(others).map(
    ([name, value]) => `${name}: ${typeof value === 'number' ? String(value) : text(value)},`,
  );
  if (timestamp === undefined) return lines;
  if (Number.isSafeInteger(Number(timestamp))) return [...lines, `timestamp: ${timestamp},`];
  notes.add(`The timestamp ${timestamp} is left out: amqplib would round it.`);
  return lines;
}

function tableText(table: FieldTable, notes: Notes, indent: string): string {
  if (table.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = lastOfEach(table, notes).map(
    ({ name, value }) => `${inner}${keyText(name)}: ${valueText(value, notes, inner)},`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

/** `"__proto__": x` would set the prototype; a computed name is an ordinary property. */
function keyText(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : text(name);
}

function valueText(value: FieldValue, notes: Notes, indent: string): string {
  switch (value.type) {
    case 'bool':
      return String(value.value);
    case 'void':
      return 'null';
    case 'longstr':
      if (typeof value.value === 'string') return text(value.value);
      notes.add(
        'A string header that is not UTF-8 is sent as a byte array: amqplib cannot say it otherwise.',
      );
      return bufferText(value.value);
    case 'bytearray':
      return bufferText(value.value);
    case 'array':
      return `[${value.value.map((item) => valueText(item, notes, indent)).join(', ')}]`;
    case 'table': {
      const table = tableText(value.value, notes, indent);
      return value.value.some(({ name }) => name === '!') ? typed('object', table) : table;
    }
    case 'decimal':
      return typed('decimal', `{ places: ${String(value.digits)}, digits: ${String(value.value)} }`);
    case 'long':
    case 'timestamp':
      return typed(value.type, Number.isSafeInteger(Number(value.value)) ? value.value : `${value.value}n`);
    default:
      return typed(value.type, Object.is(value.value, -0) ? '-0' : String(value.value));
  }
}

function typed(type: string, value: string): string {
  return `{ '!': '${type}', value: ${value} }`;
}

function bufferText(bytes: Uint8Array): string {
  return `Buffer.from('${base64Text(bytes)}', 'base64')`;
}

function text(value: string): string {
  return quoted(value, (code) => `\\u{${code.toString(16)}}`);
}
