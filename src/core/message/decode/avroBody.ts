import { readAvro, readAvroValue } from './avro';
import type { AvroType } from './avroSchema';
import { readAvroSchema } from './avroSchema';
import { ByteReader, Malformed } from './byteReader';
import type { Expand } from './contentCoding';
import { mostExpanded } from './contentCoding';
import type { DecodingRule } from './decodingSetup';
import { choiceOf } from './decodingSetup';
import { hexText } from '../hexDump';
import { readValues } from './readValues';
import type { ReadValues } from './readValues';
import type { Reading } from './reading';
import { hexReading, mostCharacters, valuesReading } from './reading';
import type { AvroSet, SchemaSets } from './schemaSets';
import { utf8TextLossy } from '../../base/bytes';
import { visibleText } from '../visibleText';

/** Begins an object container file, which carries its schema: "Obj", 1. */
export function isAvroContainer(bytes: Uint8Array): boolean {
  return hexText(bytes.subarray(0, 4)) === '4f626a01';
}

/** Avro in any of its frames: container file, single object, Confluent's, or bare. */
export async function avroReading(
  bytes: Uint8Array,
  rule: DecodingRule | undefined,
  schemas: SchemaSets,
  expand: Expand,
): Promise<Reading> {
  if (isAvroContainer(bytes)) return containerReading(bytes, expand);
  const decoder = rule === undefined ? 'avro' : choiceOf(rule);
  const set = rule === undefined ? undefined : schemas.avro(rule.files);
  const single = hexText(bytes.subarray(0, 2)) === 'c301' ? hexText(bytes.subarray(2, 10)) : undefined;
  const facts =
    single === undefined ? [] : [{ name: 'Schema fingerprint', value: `${single} (single object)` }];
  const matching = set?.roots.find(({ fingerprint }) => fingerprint === single);
  const chosen = matching?.type ?? (set && schemaOf(set, rule?.message));
  if (set === undefined || chosen === undefined || typeof chosen === 'string') {
    const missing = 'Avro needs its schema: name an .avsc file in the setting amqp.decoders.';
    const problem = typeof chosen === 'string' ? chosen : missing;
    return hexReading(bytes, { problem: visibleText(problem), facts, label: 'Avro' });
  }
  const label = 'name' in chosen ? `Avro, ${chosen.name}` : 'Avro';
  const read = (content: Uint8Array): ReadValues => readAvro(content, mostCharacters, chosen, set.names);
  if (single !== undefined) {
    const other = { problem: 'The message names another schema than the setting gives for it.' };
    return valuesReading(decoder, label, bytes, read(bytes.subarray(10)), {
      facts,
      ...(matching ? {} : other),
    });
  }
  const framed = confluent(bytes, read);
  if (framed === undefined) return valuesReading(decoder, label, bytes, read(bytes));
  const id = { name: 'Schema id', value: `${framed.id} (Confluent wire format)` };
  return valuesReading(decoder, label, bytes, framed.read, { facts: [id] });
}

/** A zero and the schema's number before the value; a bare value may begin with a zero too, so it must fit exactly. */
function confluent(
  bytes: Uint8Array,
  read: (content: Uint8Array) => ReadValues,
): { id: number; read: ReadValues } | undefined {
  if (bytes[0] !== 0 || bytes.length < 5) return undefined;
  const inside = read(bytes.subarray(5));
  if (inside.kind === 'malformed' || (inside.problem !== undefined && !inside.cut)) return undefined;
  return { id: new DataView(bytes.buffer, bytes.byteOffset + 1, 4).getUint32(0), read: inside };
}

/** The schema to read with, or why there is none, a sentence. */
function schemaOf({ names, roots, problems }: AvroSet, wanted: string | undefined): AvroType | string {
  const because = problems[0] === undefined ? '' : ` ${problems[0]}`;
  if (wanted !== undefined) {
    const ends = [...names.keys()].filter((name) => name.endsWith(`.${wanted}`));
    const only = ends.length === 1 ? ends[0] : undefined;
    const found = names.get(wanted) ?? (only === undefined ? undefined : names.get(only));
    return found ?? `${wanted} is not declared in the files that the setting names.${because}`;
  }
  const [first, second] = roots;
  if (first === undefined) return `The setting names no readable .avsc file for this message.${because}`;
  return second === undefined ? first.type : 'The setting names several .avsc files and no message.';
}

async function containerReading(bytes: Uint8Array, expand: Expand): Promise<Reading> {
  const label = 'Avro container file';
  const reader = new ByteReader(bytes);
  try {
    reader.at = 4;
    const metadata = readMetadata(reader);
    const names = new Map<string, AvroType>();
    const schema = readAvroSchema(metadata.get('avro.schema') ?? '', names);
    if ('problem' in schema)
      return hexReading(bytes, {
        problem: visibleText(`The schema of the container ${schema.problem}.`),
        label,
      });
    const codec = metadata.get('avro.codec') ?? 'null';
    const coding = codec === 'deflate' ? 'deflate' : codec === 'zstandard' ? 'zstd' : undefined;
    if (codec !== 'null' && coding === undefined) {
      const problem = `The blocks of the container are compressed with ${codec.slice(0, 40)}, which is not decoded here.`;
      return hexReading(bytes, { problem: visibleText(problem), label });
    }
    const blocks: { count: bigint; content: Uint8Array }[] = [];
    const sync = reader.take(16);
    for (let total = 0; reader.left > 0 && blocks.length < 10_000 && total < mostExpanded;) {
      const count = zigzag(reader);
      const packed = reader.take(length(reader));
      const content =
        coding === undefined ? packed : (await expand(coding, packed, mostExpanded - total)).bytes;
      total += content.length;
      blocks.push({ count, content });
      if (hexText(reader.take(16)) !== hexText(sync))
        throw new Malformed(`before byte ${reader.at}, the mark between blocks is another one`);
    }
    const read = readValues(new Uint8Array(), mostCharacters, (_, writer) => {
      writer.beginArray();
      for (const { count, content } of blocks) {
        const values = new ByteReader(content);
        for (let index = 0n; index < count; index++) readAvroValue(values, writer, schema.type, names);
      }
      writer.endArray();
    });
    const facts = [{ name: 'Codec', value: codec }];
    return valuesReading('avro', label, bytes, read, { facts, ...(reader.left > 0 && { cut: true }) });
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown;
    return valuesReading('avro', label, bytes, { kind: 'malformed', message: thrown.message });
  }
}

/** A map of bytes in Avro's own encoding. */
function readMetadata(reader: ByteReader): Map<string, string> {
  const metadata = new Map<string, string>();
  for (;;) {
    let count = zigzag(reader);
    if (count === 0n) return metadata;
    if (count < 0n) {
      count = -count;
      zigzag(reader);
    }
    for (let index = 0n; index < count; index++) {
      const name = utf8TextLossy(reader.take(length(reader)));
      metadata.set(name, utf8TextLossy(reader.take(length(reader))));
    }
  }
}

function length(reader: ByteReader): number {
  const value = zigzag(reader);
  if (value < 0n) throw new Malformed(`before byte ${reader.at}, ${value} is not a length`);
  return Number(value);
}

function zigzag(reader: ByteReader): bigint {
  const value = reader.varint();
  return (value >> 1n) ^ -(value & 1n);
}
