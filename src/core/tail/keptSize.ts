import type { FieldTable, FieldValue } from '../base/fieldValue';
import type { MessageProperties } from '../message/message';

/** What an entry, its numbers and its property object weigh in memory, about. */
export const entryBytes = 256;
/** What one more header, array element or table weighs beyond its text. */
const fieldBytes = 64;
/** Strings are counted as UTF-16, the most they can take. */
const unitBytes = 2;

/**
 * About how many bytes the properties of a message hold in memory. Headers may be as large as a frame (128 KiB), so
 * a buffer that counted bodies alone would not be bounded.
 */
export function propertiesSize(properties: MessageProperties): number {
  const units =
    (properties.contentType?.length ?? 0) +
    (properties.contentEncoding?.length ?? 0) +
    (properties.correlationId?.length ?? 0) +
    (properties.replyTo?.length ?? 0) +
    (properties.expiration?.length ?? 0) +
    (properties.messageId?.length ?? 0) +
    (properties.timestamp?.length ?? 0) +
    (properties.type?.length ?? 0) +
    (properties.userId?.length ?? 0) +
    (properties.appId?.length ?? 0) +
    (properties.clusterId?.length ?? 0);
  return units * unitBytes + (properties.headers ? tableSize(properties.headers) : 0);
}

function tableSize(table: FieldTable): number {
  let size = fieldBytes;
  for (const entry of table) size += entry.name.length * unitBytes + valueSize(entry.value);
  return size;
}

function valueSize(value: FieldValue): number {
  switch (value.type) {
    case 'longstr':
      return typeof value.value === 'string'
        ? fieldBytes + value.value.length * unitBytes
        : fieldBytes + value.value.length;
    case 'bytearray':
      return fieldBytes + value.value.length;
    case 'table':
      return fieldBytes + tableSize(value.value);
    case 'array': {
      let size = fieldBytes;
      for (const element of value.value) size += valueSize(element);
      return size;
    }
    default:
      return fieldBytes;
  }
}
