import type { FieldType } from '../../src/core/base/fieldValue';
import type { FormPropertyName } from '../../src/core/message/publishForm';

export interface PropertyField {
  readonly name: FormPropertyName;
  readonly label: string;
  readonly placeholder?: string;
}

/** The properties below "Properties", in the order in which people look for them; the content type stands at the body. */
export const propertyFields: readonly PropertyField[] = [
  { name: 'messageId', label: 'Message id' },
  { name: 'correlationId', label: 'Correlation id' },
  { name: 'replyTo', label: 'Reply to' },
  { name: 'expiration', label: 'Expiration', placeholder: 'milliseconds' },
  { name: 'priority', label: 'Priority', placeholder: '0 to 255' },
  { name: 'type', label: 'Type' },
  { name: 'appId', label: 'App id' },
  { name: 'userId', label: 'User id', placeholder: 'the login, or nothing' },
  { name: 'timestamp', label: 'Timestamp', placeholder: 'seconds since 1970' },
  { name: 'contentEncoding', label: 'Content encoding', placeholder: 'gzip' },
];

export const contentTypes = ['application/json', 'text/plain', 'application/xml', 'application/octet-stream'];

/** Header types with a word for people; the name in brackets is AMQP's. */
export const headerTypes: readonly {
  readonly type: FieldType;
  readonly label: string;
  readonly hint: string;
}[] = [
  { type: 'longstr', label: 'text (longstr)', hint: '' },
  { type: 'long', label: '64-bit integer (long)', hint: '42' },
  { type: 'int', label: '32-bit integer (int)', hint: '42' },
  { type: 'short', label: '16-bit integer (short)', hint: '42' },
  { type: 'byte', label: '8-bit integer (byte)', hint: '42' },
  { type: 'unsignedint', label: '32-bit unsigned', hint: '42' },
  { type: 'unsignedshort', label: '16-bit unsigned', hint: '42' },
  { type: 'unsignedbyte', label: '8-bit unsigned', hint: '42' },
  { type: 'bool', label: 'true or false (bool)', hint: 'true' },
  { type: 'double', label: 'number (double)', hint: '1.5' },
  { type: 'float', label: 'number (float)', hint: '1.5' },
  { type: 'decimal', label: 'decimal', hint: '12.34' },
  { type: 'timestamp', label: 'timestamp', hint: 'seconds since 1970' },
  { type: 'bytearray', label: 'bytes (bytearray)', hint: '00 ff in hex' },
  { type: 'array', label: 'array', hint: '["a", 1]' },
  { type: 'table', label: 'table', hint: '{"name": "value"}' },
  { type: 'void', label: 'nothing (void)', hint: '' },
];
