import { listOf, object, oneOf, optional, text } from '../../core/base/check';
import type { Check } from '../../core/base/check';
import { Failure } from '../../core/base/failure';
import { decoderNames } from '../../core/message/decode/decodingSetup';
import type { DecodingSetup } from '../../core/message/decode/decodingSetup';

const short = optional(text(1_000));

const environment: Check<Readonly<Record<string, string>>> = (input, where = 'value') => {
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  if (entries.length > 100 || entries.some(([, value]) => typeof value !== 'string'))
    throw new Failure('badInput', `${where} is not an environment.`);
  return Object.fromEntries(entries);
};

export const decodingSetupCheck: Check<DecodingSetup> = object({
  rules: listOf(
    object({
      queue: short,
      exchange: short,
      routingKey: short,
      decoder: oneOf(...decoderNames),
      message: short,
      files: listOf(text(10_000)),
      charset: short,
      command: optional(listOf(text(10_000), 100)),
    }),
    1_000,
  ),
  files: listOf(object({ name: text(10_000), text: text(2 * 1024 * 1024) })),
  commands: optional(object({ folder: optional(text(10_000)), environment })),
});
