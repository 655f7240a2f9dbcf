import { utf8Bytes, utf8Length } from '../base/bytes';
import type { FieldEntry } from '../base/fieldValue';
import { bytesFromBase64 } from './base64';
import { readField } from './fieldNotation';
import { readWhole } from './fieldScalar';
import type { MessageDraft, MessageProperties } from './message';
import type { FormHeader, FormProblem, FormProperties, FormPropertyName, PublishForm } from './publishForm';

/** Names, keys and short properties are "short strings" on the wire (AMQP 0-9-1, 4.2.5.3). */
const shortStringBytes = 255;

/** What the form says as a message, or everything in it that cannot be sent, each at its field. */
export function draftFromForm(
  form: PublishForm,
): { readonly draft: MessageDraft } | { readonly problems: readonly FormProblem[] } {
  const problems: FormProblem[] = [];
  const complain = (field: string, message: string): void => void problems.push({ field, message });

  checkShort(form.target, complain, 'target', form.targetKind === 'queue' ? 'The queue' : 'The exchange');
  if (form.targetKind === 'queue' && form.target === '') complain('target', 'Say which queue.');
  if (form.targetKind === 'exchange') checkShort(form.routingKey, complain, 'routingKey', 'The routing key');
  const headers = readHeaders(form.headers, complain);
  const properties = readProperties(form.properties, complain);
  const body = form.bodyEncoding === 'base64' ? bytesFromBase64(form.body) : utf8Bytes(form.body);
  if (!body) complain('body', 'The body is not Base64.');
  if (problems.length > 0 || !body) return { problems };

  const toQueue = form.targetKind === 'queue';
  return {
    draft: {
      exchange: toQueue ? '' : form.target,
      routingKey: toQueue ? form.target : form.routingKey,
      properties: { ...properties, ...(headers.length > 0 && { headers }) },
      body,
    },
  };
}

type Complain = (field: string, message: string) => void;

function checkShort(text: string, complain: Complain, field: string, what: string): void {
  const length = utf8Length(text);
  if (length > shortStringBytes)
    complain(field, `${what} has ${String(length)} bytes; AMQP allows ${String(shortStringBytes)}.`);
}

const propertyLabels: { readonly [K in FormPropertyName]: string } = {
  contentType: 'The content type',
  contentEncoding: 'The content encoding',
  deliveryMode: 'The delivery mode',
  priority: 'The priority',
  correlationId: 'The correlation id',
  replyTo: 'Reply to',
  expiration: 'The expiration',
  messageId: 'The message id',
  timestamp: 'The timestamp',
  type: 'The type',
  userId: 'The user id',
  appId: 'The app id',
};

const textProperties = [
  'contentType',
  'contentEncoding',
  'correlationId',
  'replyTo',
  'expiration',
  'messageId',
  'type',
  'userId',
  'appId',
] as const satisfies readonly FormPropertyName[];

function readProperties(form: FormProperties, complain: Complain): MessageProperties {
  const read: { -readonly [K in keyof MessageProperties]: MessageProperties[K] } = {};
  for (const name of textProperties) {
    const text = form[name];
    if (!text) continue;
    checkShort(text, complain, name, propertyLabels[name]);
    read[name] = text;
  }
  // The broker closes the channel over anything else (DOMAIN 3).
  if (form.expiration && !/^\d+$/.test(form.expiration))
    complain('expiration', 'The expiration is a whole number of milliseconds.');
  if (form.deliveryMode) {
    if (/^[12]$/.test(form.deliveryMode)) read.deliveryMode = Number(form.deliveryMode);
    else complain('deliveryMode', 'The delivery mode is 1 (transient) or 2 (persistent).');
  }
  if (form.priority) {
    const priority = readWhole('unsignedbyte', form.priority.trim());
    if ('whole' in priority) read.priority = Number(priority.whole);
    else complain('priority', 'The priority is a whole number from 0 to 255.');
  }
  if (form.timestamp) {
    const seconds = readWhole('timestamp', form.timestamp.trim());
    if ('whole' in seconds) read.timestamp = String(seconds.whole);
    else complain('timestamp', 'The timestamp is a whole number of seconds since 1970.');
  }
  return read;
}

function readHeaders(headers: readonly FormHeader[], complain: Complain): FieldEntry[] {
  const entries: FieldEntry[] = [];
  headers.forEach(({ name, type, value }, index) => {
    const place = `headers.${String(index)}`;
    // A row that was added and never filled in is not a header.
    if (name === '' && value === '') return;
    if (name === '') complain(place, 'The header needs a name.');
    if (entries.some((entry) => entry.name === name)) complain(place, `There are two headers "${name}".`);
    checkShort(name, complain, place, 'The name of the header');
    const read = readField(type, value);
    if ('problem' in read) complain(place, `The value ${read.problem}.`);
    else entries.push({ name, value: read.value });
  });
  return entries;
}
