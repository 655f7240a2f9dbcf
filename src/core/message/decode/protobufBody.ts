import { ByteReader, Malformed } from './byteReader';
import type { Fact } from './envelopes';
import type { DecodingRule } from './decodingSetup';
import { choiceOf } from './decodingSetup';
import { readProtobuf, readProtobufByNumber } from './protobuf';
import type { ReadProtoFiles } from './protoFile';
import type { ProtoMessage } from './protoTypes';
import type { Reading } from './reading';
import { mostCharacters, valuesReading } from './reading';
import type { SchemaSets } from './schemaSets';

export interface ProtobufSource {
  readonly bytes: Uint8Array;
  readonly rule: DecodingRule | undefined;
  /** Message names that the message itself brings along: a parameter of its content type, its `type` property. */
  readonly hints: readonly string[];
}

/** A Protobuf body by the declaration that the rule names, else by field numbers. */
export function protobufReading({ bytes, rule, hints }: ProtobufSource, schemas: SchemaSets): Reading {
  const { content, facts, index } = withoutConfluentFrame(bytes);
  const files = rule === undefined || rule.files.length === 0 ? undefined : schemas.protobuf(rule.files);
  if (files === undefined) {
    const problem = 'No .proto file is given for it in the setting amqp.decoders: fields have numbers only.';
    const read = readProtobufByNumber(content, mostCharacters);
    return valuesReading('protobuf', 'Protobuf', bytes, read, { facts, problem });
  }
  const found = findMessage(files, rule?.message, hints, index);
  const decoder = rule === undefined ? 'protobuf' : choiceOf(rule);
  if (typeof found === 'string') {
    const read = readProtobufByNumber(content, mostCharacters);
    const problem = [found, ...files.problems.slice(0, 1)].join(' ');
    return valuesReading(decoder, 'Protobuf', bytes, read, { facts, problem });
  }
  const read = readProtobuf(content, mostCharacters, files.types, found);
  return valuesReading(decoder, `Protobuf, ${found.name}`, bytes, read, { facts });
}

/** The message to read as, or why there is none, a sentence. */
function findMessage(
  { types, topLevel }: ReadProtoFiles,
  wanted: string | undefined,
  hints: readonly string[],
  index: number | undefined,
): ProtoMessage | string {
  const byName = (name: string): ProtoMessage | undefined => {
    const plain = name.replace(/^(?:type\.googleapis\.com\/|\.)/, '');
    const ends = [...types.messages.keys()].filter((known) => known.endsWith(`.${plain}`));
    const only = ends.length === 1 ? ends[0] : undefined;
    return types.messages.get(plain) ?? (only === undefined ? undefined : types.messages.get(only));
  };
  if (wanted !== undefined)
    return byName(wanted) ?? `The message ${wanted} is not declared in the files that the setting names.`;
  const hinted = hints.map(byName).find((message) => message !== undefined);
  const [first, second] = topLevel;
  const alone = second === undefined ? first : topLevel[index ?? -1];
  const message = hinted ?? (alone === undefined ? undefined : types.messages.get(alone));
  if (message !== undefined) return message;
  return first === undefined
    ? 'The files that the setting names declare no message.'
    : 'The setting names no message, and its files declare several.';
}

/** Kafka's habit, seen on AMQP behind bridges: a zero, the schema's number, and where the message stands in its file. */
function withoutConfluentFrame(bytes: Uint8Array): {
  content: Uint8Array;
  facts: readonly Fact[];
  index?: number;
} {
  if (bytes[0] !== 0 || bytes.length < 6) return { content: bytes, facts: [] };
  const reader = new ByteReader(bytes);
  try {
    reader.u8();
    const id = reader.u32();
    // Zigzag numbers: how many, then each; a single zero stands for the first message.
    const count = Number(reader.varint() >> 1n);
    let index = 0;
    for (let at = 0; at < Math.min(count, 100); at++) {
      const step = Number(reader.varint() >> 1n);
      if (at === 0) index = step;
    }
    const facts = [{ name: 'Schema id', value: `${id} (Confluent wire format)` }];
    return count > 1
      ? { content: bytes.subarray(reader.at), facts }
      : { content: bytes.subarray(reader.at), facts, index };
  } catch (thrown) {
    if (thrown instanceof Malformed) return { content: bytes, facts: [] };
    throw thrown;
  }
}
