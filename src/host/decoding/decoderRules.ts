import { listOf, object, oneOf, optional, text } from '../../core/base/check';
import { decoderNames } from '../../core/message/decode/decodingSetup';
import type { DecodingRule } from '../../core/message/decode/decodingSetup';
import type { ConfiguredValues } from '../profiles/profileMerge';

export interface DecoderRules {
  /** In order of precedence; `files` are still globs. */
  readonly rules: readonly DecodingRule[];
  /** Entries that were left out, a sentence each for the log. */
  readonly problems: readonly string[];
}

const pattern = optional(text(1_000));
const entryCheck = object({
  queue: pattern,
  exchange: pattern,
  routingKey: pattern,
  decoder: oneOf(...decoderNames),
  message: optional(text(1_000)),
  files: optional(listOf(text(1_000), 100)),
  charset: optional(text(100)),
  command: optional(listOf(text(10_000), 100)),
});

/**
 * The rules of the setting `amqp.decoders`. As with connections the user's own come first, so that a repository cannot
 * take over what the user decided; those of an untrusted workspace do not exist.
 */
export function decoderRules(values: ConfiguredValues, trusted: boolean): DecoderRules {
  const rules: DecodingRule[] = [];
  const problems: string[] = [];
  const take = (value: unknown, origin: 'user' | 'workspace'): void => {
    if (value === undefined) return;
    if (!Array.isArray(value)) {
      problems.push(`amqp.decoders of the ${origin} settings is not a list.`);
      return;
    }
    for (const [index, entry] of value.entries()) {
      const where = `amqp.decoders[${String(index)}] of the ${origin} settings`;
      try {
        rules.push(readRule(entry, where));
      } catch (thrown) {
        problems.push(`${where} is left out. ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      }
    }
  };
  take(values.user, 'user');
  if (trusted) {
    take(values.folder, 'workspace');
    take(values.workspace, 'workspace');
  }
  return { rules, problems };
}

function readRule(entry: unknown, where: string): DecodingRule {
  const { files = [], ...rule } = entryCheck(entry, where);
  if (rule.decoder === 'command' && (rule.command?.[0] ?? '') === '')
    throw new Error('The decoder "command" needs "command": a list of the program and its arguments.');
  return { ...rule, files };
}
