import { utf8Bytes } from '../../src/core/base/bytes';
import { BodyDecoder } from '../../src/core/message/decode/bodyDecoder';
import type { DecodingRule, DecodingSetup } from '../../src/core/message/decode/decodingSetup';
import type { DecodedBody } from '../../src/core/message/decoded';
import type { MessageProperties } from '../../src/core/message/message';
import { expand } from '../../src/worker/decoding/expand';

export interface BodyCase {
  readonly body: Uint8Array | string;
  readonly properties?: MessageProperties;
  readonly rule?: DecodingRule;
  readonly setup?: Partial<DecodingSetup>;
}

/** Decodes a body as the worker does, without commands. */
export function decodeBody({ body, properties = {}, rule, setup }: BodyCase): Promise<DecodedBody> {
  const bytes = typeof body === 'string' ? utf8Bytes(body) : body;
  const decoder = new BodyDecoder(
    { rules: [], files: [], ...setup },
    { expand, run: () => Promise.resolve({ problem: 'No command here.' }) },
  );
  const message = {
    ...{ seq: 1, receivedAt: 0, exchange: 'orders', routingKey: 'order.created' },
    ...{ redelivered: false, sentByYou: false, properties, size: bytes.length, body: bytes },
  };
  return decoder.decode(message, rule, new AbortController().signal);
}
