import { listOf, nothing, object, oneOf, optional, text } from '../core/base/check';
import type { PublishOutcome } from '../core/message/message';
import type { FormProblem, PublishForm } from '../core/message/publishForm';
import type { Checks } from './endpoint';

/** Between the publish panel and the host. */
export type PublishPanelContract = {
  requests: {
    ready: { params: undefined; result: PublishPanelState };
    publish: { params: { form: PublishForm }; result: PublishResult };
    /** Open (or reveal) the live tail of the queue or exchange that is published to. */
    tailTarget: { params: { form: PublishForm }; result: undefined };
  };
  events: { changed: PublishPanelState };
};

export interface PublishPanelState {
  readonly connection: string;
  readonly vhost: string;
  /** What the panel opens with, or what "Publish Again" filled in. `revision` grows when it must replace what is typed. */
  readonly form: PublishForm;
  readonly revision: number;
  /** For completion; empty when the broker cannot list them. */
  readonly exchanges: readonly string[];
  readonly queues: readonly string[];
  /** Why nothing can be published (not connected, read-only profile). */
  readonly blocked?: string;
  /** What the panel stores with `setState` under the key `revive`, so that a window reload can bring it back. */
  readonly revive?: PublishRevival;
}

/** Which target a panel publishes to; what was typed the panel keeps itself, together with the revision. */
export interface PublishRevival {
  readonly profileId: string;
  readonly vhost: string;
  readonly targetKind: 'exchange' | 'queue';
  readonly target: string;
  readonly revision: number;
}

export type PublishResult =
  | { readonly kind: 'outcome'; readonly at: number; readonly outcome: PublishOutcome }
  /** Nothing was sent. */
  | { readonly kind: 'invalid'; readonly problems: readonly FormProblem[] };

const longBody = 64 * 1024 * 1024;
const word = optional(text(255));

const formCheck = object({
  targetKind: oneOf('exchange', 'queue'),
  target: text(255),
  routingKey: text(255),
  body: text(longBody),
  bodyEncoding: oneOf('text', 'base64'),
  properties: object({
    contentType: word,
    contentEncoding: word,
    deliveryMode: word,
    priority: word,
    correlationId: word,
    replyTo: word,
    expiration: word,
    messageId: word,
    timestamp: word,
    type: word,
    userId: word,
    appId: word,
  }),
  headers: listOf(
    object({
      name: text(255),
      type: oneOf(
        'bool',
        'byte',
        'unsignedbyte',
        'short',
        'unsignedshort',
        'int',
        'unsignedint',
        'long',
        'float',
        'double',
        'decimal',
        'longstr',
        'timestamp',
        'array',
        'table',
        'void',
        'bytearray',
      ),
      value: text(),
    }),
    500,
  ),
});

export const publishPanelChecks: Checks<PublishPanelContract> = {
  ready: nothing,
  publish: object({ form: formCheck }),
  tailTarget: object({ form: formCheck }),
};
