import { utf8Text } from '../base/bytes';
import type { FieldTable } from '../base/fieldValue';
import { base64Text } from './base64';
import { formType, writeField } from './fieldNotation';
import type { MessageProperties } from './message';
import type { FormHeader, FormProperties, FormPropertyName, PublishForm } from './publishForm';

/** What Publish Again needs of a message that was seen. */
export interface SeenMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: MessageProperties;
  readonly body: Uint8Array;
}

/**
 * The form that publishes a message again as it was. What a broker wrote on its way is left out: a RabbitMQ up to
 * 3.13 would read it as this message's own history (DOMAIN 3). `clusterId` has no field: it is deprecated.
 */
export function formFromMessage(message: SeenMessage): PublishForm {
  const text = editableText(message.body);
  const toQueue = message.exchange === '';
  return {
    targetKind: toQueue ? 'queue' : 'exchange',
    target: toQueue ? message.routingKey : message.exchange,
    routingKey: toQueue ? '' : message.routingKey,
    body: text ?? base64Text(message.body),
    bodyEncoding: text === undefined ? 'base64' : 'text',
    properties: formProperties(message.properties),
    headers: formHeaders(message.properties.headers ?? []),
  };
}

/** Text only where it turns into the same bytes again: a byte order mark would be lost. */
function editableText(body: Uint8Array): string | undefined {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return hasMark ? undefined : utf8Text(body);
}

const brokersOwn = /^x-(?:death$|first-death-|last-death-|delivery-count$|acquired-count$)/;

function formHeaders(headers: FieldTable): FormHeader[] {
  return headers
    .filter((entry) => !brokersOwn.test(entry.name))
    .map(({ name, value }) => ({ name, type: formType(value), value: writeField(value) }));
}

const textProperties = [
  'contentType',
  'contentEncoding',
  'correlationId',
  'replyTo',
  'expiration',
  'messageId',
  'timestamp',
  'type',
  'userId',
  'appId',
] as const satisfies readonly FormPropertyName[];

function formProperties(properties: MessageProperties): FormProperties {
  const { deliveryMode, priority } = properties;
  const form: { -readonly [K in FormPropertyName]?: string } = {};
  for (const name of textProperties) {
    const text = properties[name];
    if (text !== undefined) form[name] = text;
  }
  if (deliveryMode !== undefined) form.deliveryMode = String(deliveryMode);
  if (priority !== undefined) form.priority = String(priority);
  return form;
}
