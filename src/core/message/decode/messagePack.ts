import { Malformed } from './byteReader';
import type { ByteReader } from './byteReader';
import { instantText } from './instantText';
import { readValues } from './readValues';
import type { ReadValues } from './readValues';
import type { ValueWriter } from './valueWriter';

/** MessagePack (msgpack/spec.md) as JSON. An extension is {"ext": type, "data": bytes}, a timestamp ISO 8601. */
export function readMessagePack(bytes: Uint8Array, most: number): ReadValues {
  return readValues(bytes, most, readValue);
}

function readValue(reader: ByteReader, writer: ValueWriter): void {
  const start = reader.at;
  const lead = reader.u8();
  if (lead < 0x80) writer.integer(lead);
  else if (lead < 0x90) readMap(reader, writer, lead & 0x0f);
  else if (lead < 0xa0) readArray(reader, writer, lead & 0x0f);
  else if (lead < 0xc0) writer.utf8(reader.take(lead & 0x1f));
  else if (lead >= 0xe0) writer.integer(lead - 0x100);
  else readLong(reader, writer, lead, start);
}

/** The types whose first byte says nothing but the type, 0xc0 to 0xdf. */
function readLong(reader: ByteReader, writer: ValueWriter, lead: number, start: number): void {
  switch (lead) {
    case 0xc0: {
      writer.word('null');
      return;
    }
    case 0xc2: {
      writer.word('false');
      return;
    }
    case 0xc3: {
      writer.word('true');
      return;
    }
    case 0xc4:
    case 0xc5:
    case 0xc6: {
      writer.bytes(reader.take(unsigned(reader, lead - 0xc4)));
      return;
    }
    case 0xc7:
    case 0xc8:
    case 0xc9: {
      readExtension(reader, writer, unsigned(reader, lead - 0xc7));
      return;
    }
    case 0xca: {
      writer.float(reader.f32());
      return;
    }
    case 0xcb: {
      writer.double(reader.f64());
      return;
    }
    case 0xcc:
    case 0xcd:
    case 0xce: {
      writer.integer(unsigned(reader, lead - 0xcc));
      return;
    }
    case 0xcf: {
      writer.integer(reader.u64());
      return;
    }
    case 0xd0: {
      writer.integer((reader.u8() << 24) >> 24);
      return;
    }
    case 0xd1: {
      writer.integer((reader.u16() << 16) >> 16);
      return;
    }
    case 0xd2: {
      writer.integer(reader.u32() | 0);
      return;
    }
    case 0xd3: {
      writer.integer(BigInt.asIntN(64, reader.u64()));
      return;
    }
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8: {
      readExtension(reader, writer, 1 << (lead - 0xd4));
      return;
    }
    case 0xd9:
    case 0xda:
    case 0xdb: {
      writer.utf8(reader.take(unsigned(reader, lead - 0xd9)));
      return;
    }
    case 0xdc:
    case 0xdd: {
      readArray(reader, writer, unsigned(reader, lead - 0xdc + 1));
      return;
    }
    case 0xde:
    case 0xdf: {
      readMap(reader, writer, unsigned(reader, lead - 0xde + 1));
      return;
    }
    default:
      throw new Malformed(`at byte ${String(start)}, 0xc1 is not a type`);
  }
}

/** One, two or four bytes, for `width` 0, 1 or 2. */
function unsigned(reader: ByteReader, width: number): number {
  if (width === 0) return reader.u8();
  return width === 1 ? reader.u16() : reader.u32();
}

function readArray(reader: ByteReader, writer: ValueWriter, count: number): void {
  atLeast(reader, count);
  writer.beginArray();
  for (let index = 0; index < count; index++) readValue(reader, writer);
  writer.endArray();
}

function readMap(reader: ByteReader, writer: ValueWriter, count: number): void {
  atLeast(reader, count * 2);
  writer.beginObject();
  for (let index = 0; index < count; index++) {
    writer.keyFrom((key) => readValue(reader, key));
    readValue(reader, writer);
  }
  writer.endObject();
}

/** Every value takes a byte or more: a count that cannot be true is found before anything is written. */
function atLeast(reader: ByteReader, count: number): void {
  if (count > reader.left) {
    throw new Malformed(
      `before byte ${String(reader.at)}, ${String(count)} values should follow in ${String(reader.left)} bytes`,
    );
  }
}

function readExtension(reader: ByteReader, writer: ValueWriter, length: number): void {
  const type = (reader.u8() << 24) >> 24;
  const data = reader.take(length);
  const time = type === -1 ? timestamp(data) : undefined;
  if (time !== undefined) {
    writer.string(time);
    return;
  }
  writer.beginObject();
  writer.key('ext');
  writer.integer(type);
  writer.key('data');
  writer.bytes(data);
  writer.endObject();
}

/** The three layouts of extension type -1. */
function timestamp(data: Uint8Array): string | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  switch (data.length) {
    case 4:
      return instantText(BigInt(view.getUint32(0)), 0);
    case 8: {
      const both = view.getBigUint64(0);
      return instantText(both & 0x3ffffffffn, Number(both >> 34n));
    }
    case 12:
      return instantText(view.getBigInt64(4), view.getUint32(0));
    default:
      return undefined;
  }
}
