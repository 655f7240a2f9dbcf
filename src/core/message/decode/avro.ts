import type { AvroNames, AvroType } from './avroSchema';
import { Malformed } from './byteReader';
import type { ByteReader } from './byteReader';
import { hexText } from '../hexDump';
import { instantText } from './instantText';
import { readValues } from './readValues';
import type { ReadValues } from './readValues';
import type { ValueWriter } from './valueWriter';

/** Beyond this a decimal is shown as its bytes: turning it into digits takes quadratic time. */
const longestDecimal = 512;

/** One value of Avro's binary encoding (specification 1.12) as JSON. Fields stand in the order of the schema. */
export function readAvro(bytes: Uint8Array, most: number, type: AvroType, names: AvroNames): ReadValues {
  return readValues(bytes, most, (reader, writer) => {
    readAvroValue(reader, writer, type, names);
  });
}

/** For readers that wrap values in a frame of their own. Throws `Malformed` and `Enough`. */
export function readAvroValue(
  reader: ByteReader,
  writer: ValueWriter,
  type: AvroType,
  names: AvroNames,
): void {
  switch (type.kind) {
    case 'null': {
      writer.word('null');
      return;
    }
    case 'boolean': {
      writer.word(reader.u8() === 0 ? 'false' : 'true');
      return;
    }
    case 'int': {
      writer.integer(zigzag(reader.varint()));
      return;
    }
    case 'long': {
      writeLong(writer, zigzag(reader.varint()), type.unit);
      return;
    }
    case 'float': {
      writer.float(reader.f32(true));
      return;
    }
    case 'double': {
      writer.double(reader.f64(true));
      return;
    }
    case 'string': {
      writer.utf8(reader.take(readLength(reader)));
      return;
    }
    case 'bytes': {
      writeBytes(writer, reader.take(readLength(reader)), type.scale);
      return;
    }
    case 'fixed': {
      writeBytes(writer, reader.take(type.size), type.scale);
      return;
    }
    case 'enum': {
      const index = readLength(reader);
      const symbol = type.symbols[index];
      if (symbol === undefined) throw noSuch(reader, `symbol ${String(index)} of ${type.name}`);
      writer.string(symbol);
      return;
    }
    case 'union': {
      const index = readLength(reader);
      const branch = type.branches[index];
      if (branch === undefined) throw noSuch(reader, `branch ${String(index)} of a union`);
      readAvroValue(reader, writer, branch, names);
      return;
    }
    case 'record':
      writer.beginObject();
      for (const field of type.fields) {
        writer.key(field.name);
        readAvroValue(reader, writer, field.type, names);
      }
      {
        writer.endObject();
        return;
      }
    case 'array':
      writer.beginArray();
      readBlocks(reader, () => readAvroValue(reader, writer, type.of, names));
      {
        writer.endArray();
        return;
      }
    case 'map':
      writer.beginObject();
      readBlocks(reader, () => {
        writer.keyFrom((key) => key.utf8(reader.take(readLength(reader))));
        readAvroValue(reader, writer, type.of, names);
      });
      {
        writer.endObject();
        return;
      }
    case 'ref': {
      const found = names.get(type.name);
      // A name that leads to a name would lead around in circles: declared types are never references.
      if (found === undefined || found.kind === 'ref')
        throw new Malformed(`the schema does not say what ${type.name} is`);
      readAvroValue(reader, writer, found, names);
      return;
    }
  }
}

/** Items come in blocks until an empty one; a negative count is followed by the size of the block. */
function readBlocks(reader: ByteReader, readItem: () => void): void {
  for (;;) {
    let count = zigzag(reader.varint());
    if (count === 0n) return;
    if (count < 0n) {
      count = -count;
      reader.varint();
    }
    // Items may have no bytes at all (null): what ends a false count then is the length of the text.
    for (let index = 0n; index < count; index++) readItem();
  }
}

function readLength(reader: ByteReader): number {
  const start = reader.at;
  const length = zigzag(reader.varint());
  if (length < 0n || length > BigInt(Number.MAX_SAFE_INTEGER))
    throw new Malformed(`at byte ${String(start)}, ${String(length)} is not a length`);
  return Number(length);
}

function zigzag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

function noSuch(reader: ByteReader, what: string): Malformed {
  return new Malformed(`before byte ${String(reader.at)}, there is no ${what}`);
}

const unitsPerSecond = { millis: 1_000n, micros: 1_000_000n, nanos: 1_000_000_000n } as const;

function writeLong(writer: ValueWriter, value: bigint, unit: keyof typeof unitsPerSecond | undefined): void {
  if (unit === undefined) {
    writer.integer(value);
    return;
  }
  const perSecond = unitsPerSecond[unit];
  const rest = ((value % perSecond) + perSecond) % perSecond;
  const text = instantText((value - rest) / perSecond, Number(rest * (1_000_000_000n / perSecond)));
  if (text === undefined) writer.integer(value);
  else writer.string(text);
}

function writeBytes(writer: ValueWriter, bytes: Uint8Array, scale: number | undefined): void {
  if (scale === undefined || bytes.length === 0 || bytes.length > longestDecimal) {
    writer.bytes(bytes);
    return;
  }
  const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${hexText(bytes)}`));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  writer.number(`${unscaled < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`);
}
