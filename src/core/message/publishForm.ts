import type { FieldType } from '../base/fieldValue';

/** The publish form as typed: everything text, so that nothing is lost before it is understood. */
export interface PublishForm {
  readonly targetKind: 'exchange' | 'queue';
  /** Name of the exchange (empty = the default exchange) or of the queue. */
  readonly target: string;
  readonly routingKey: string;
  readonly body: string;
  readonly bodyEncoding: 'text' | 'base64';
  readonly properties: FormProperties;
  readonly headers: readonly FormHeader[];
}

export type FormPropertyName =
  | 'contentType'
  | 'contentEncoding'
  | 'deliveryMode'
  | 'priority'
  | 'correlationId'
  | 'replyTo'
  | 'expiration'
  | 'messageId'
  | 'timestamp'
  | 'type'
  | 'userId'
  | 'appId';

/** A property that is missing or empty is not sent. */
export type FormProperties = { readonly [K in FormPropertyName]?: string };

export interface FormHeader {
  readonly name: string;
  readonly type: FieldType;
  /** As text: JSON for tables and arrays, hex for bytes. */
  readonly value: string;
}

/** Something in the form that cannot be sent as it stands. */
export interface FormProblem {
  /** `target`, `routingKey`, `body`, a property's name, or `headers.<index>`. */
  readonly field: string;
  readonly message: string;
}
