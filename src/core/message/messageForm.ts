import type { FieldTable } from '../base/fieldValue';
import { base64Text } from './base64';
import { withoutBrokerHeaders } from './brokerHeaders';
import { exactText } from './exactText';
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
 * The form that publishes a message again as it was, without what a broker wrote on its way. `clusterId` has no
 * field: it is deprecated.
 */
export function formFromMessage(message: SeenMessage): PublishForm {
  const text = exactText(message.body);
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

function formHeaders(headers: FieldTable): FormHeader[] {
  return withoutBrokerHeaders(headers).map(({ name, value }) => ({
    name,
    type: formType(value),
    value: writeField(value),
  }));
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
