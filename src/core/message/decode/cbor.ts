import { Malformed } from './byteReader';
import type { ByteReader } from './byteReader';
import { instantText } from './instantText';
import { readValues } from './readValues';
import type { ReadValues } from './readValues';
import { hexText } from '../hexDump';
import type { ValueWriter } from './valueWriter';

/** Beyond this a big number is shown as its bytes: turning it into digits takes quadratic time. */
const longestBigNumber = 512;
const indefinite = -1;
const tags = { dateText: 0, epoch: 1, positive: 2, negative: 3, uuid: 37, selfDescribed: 55_799 } as const;

/** CBOR (RFC 8949) as JSON. A tag without a meaning here is {"tag": number, "value": ...}. */
export function readCbor(bytes: Uint8Array, most: number): ReadValues {
  return readValues(bytes, most, readValue);
}

/** A CBOR sequence (RFC 8742): any number of values, shown as an array. */
export function readCborSequence(bytes: Uint8Array, most: number): ReadValues {
  return readValues(bytes, most, (reader, writer) => {
    writer.beginArray();
    while (reader.left > 0) readValue(reader, writer);
    writer.endArray();
  });
}

function readValue(reader: ByteReader, writer: ValueWriter): void {
  const start = reader.at;
  const lead = reader.u8();
  const major = lead >> 5;
  const info = lead & 0x1f;
  if (major === 7) {
    readSimple(reader, writer, info, start);
    return;
  }
  const argument = readArgument(reader, info, major, start);
  switch (major) {
    case 0: {
      writer.integer(argument);
      return;
    }
    case 1: {
      writer.integer(-1n - BigInt(argument));
      return;
    }
    case 2: {
      writer.bytes(readString(reader, argument, major));
      return;
    }
    case 3: {
      writer.utf8(readString(reader, argument, major));
      return;
    }
    case 4: {
      readArray(reader, writer, argument);
      return;
    }
    case 5: {
      readMap(reader, writer, argument);
      return;
    }
    default: {
      readTagged(reader, writer, argument);
      return;
    }
  }
}

/** The number after the first byte: a count, a value or a tag; `indefinite` where the end is marked instead. */
function readArgument(reader: ByteReader, info: number, major: number, start: number): number | bigint {
  if (info < 24) return info;
  if (info === 24) return reader.u8();
  if (info === 25) return reader.u16();
  if (info === 26) return reader.u32();
  if (info === 27) {
    const value = reader.u64();
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }
  if (info === 31 && major >= 2 && major <= 5) return indefinite;
  throw new Malformed(`at byte ${String(start)}, ${info} is not a length`);
}

/** Whole, or in pieces of the same kind until a break. */
function readString(reader: ByteReader, length: number | bigint, major: number): Uint8Array {
  if (length !== indefinite) return reader.take(Number(length));
  const pieces: Uint8Array[] = [];
  while (!takeBreak(reader)) {
    const start = reader.at;
    const lead = reader.u8();
    if (lead >> 5 !== major || (lead & 0x1f) === 31)
      throw new Malformed(`at byte ${String(start)}, a piece of another kind is inside a string`);
    pieces.push(reader.take(Number(readArgument(reader, lead & 0x1f, major, start))));
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function readArray(reader: ByteReader, writer: ValueWriter, count: number | bigint): void {
  atLeast(reader, count, 1);
  writer.beginArray();
  for (let index = 0; isOneMore(reader, index, count); index++) readValue(reader, writer);
  writer.endArray();
}

function readMap(reader: ByteReader, writer: ValueWriter, count: number | bigint): void {
  atLeast(reader, count, 2);
  writer.beginObject();
  for (let index = 0; isOneMore(reader, index, count); index++) {
    writer.keyFrom((key) => readValue(reader, key));
    readValue(reader, writer);
  }
  writer.endObject();
}

function isOneMore(reader: ByteReader, index: number, count: number | bigint): boolean {
  return count === indefinite ? !takeBreak(reader) : index < count;
}

/** Every value takes a byte or more: a count that cannot be true is found before anything is written. */
function atLeast(reader: ByteReader, count: number | bigint, bytesEach: number): void {
  if (count > reader.left / bytesEach) {
    throw new Malformed(
      `before byte ${String(reader.at)}, ${String(count)} items should follow in ${reader.left} bytes`,
    );
  }
}

function takeBreak(reader: ByteReader): boolean {
  if (reader.bytes[reader.at] !== 0xff) return false;
  reader.at++;
  return true;
}

function readSimple(reader: ByteReader, writer: ValueWriter, info: number, start: number): void {
  switch (info) {
    case 20: {
      writer.word('false');
      return;
    }
    case 21: {
      writer.word('true');
      return;
    }
    case 22: {
      writer.word('null');
      return;
    }
    case 23: {
      writeNamed(writer, 'simple', () => writer.string('undefined'));
      return;
    }
    case 24: {
      writeSimple(writer, reader.u8());
      return;
    }
    case 25: {
      writer.float(half(reader.u16()));
      return;
    }
    case 26: {
      writer.float(reader.f32());
      return;
    }
    case 27: {
      writer.double(reader.f64());
      return;
    }
    default:
      if (info >= 28)
        throw new Malformed(`at byte ${String(start)}, ${info === 31 ? 'a break' : info} stands alone`);
      {
        writeSimple(writer, info);
        return;
      }
  }
}

function writeSimple(writer: ValueWriter, value: number): void {
  writeNamed(writer, 'simple', () => writer.integer(value));
}

function writeNamed(writer: ValueWriter, name: string, write: () => void): void {
  writer.beginObject();
  writer.key(name);
  write();
  writer.endObject();
}

function readTagged(reader: ByteReader, writer: ValueWriter, tag: number | bigint): void {
  const start = reader.at;
  if (tag === tags.dateText || tag === tags.selfDescribed) {
    transparent(reader, writer);
    return;
  }
  const text = tag === tags.epoch ? epochText(reader) : wellKnownBytes(reader, tag);
  if (text?.number !== undefined) {
    writer.integer(text.number);
    return;
  }
  if (text?.string !== undefined) {
    writer.string(text.string);
    return;
  }
  // Not what the tag promises: shown with the tag, as any unknown one.
  reader.at = start;
  writer.beginObject();
  writer.key('tag');
  writer.integer(tag);
  writer.key('value');
  readValue(reader, writer);
  writer.endObject();
}

/** Tags that say nothing more are skipped in a loop: a body of nothing else must not use up the call stack. */
function transparent(reader: ByteReader, writer: ValueWriter): void {
  for (;;) {
    const start = reader.at;
    const lead = reader.bytes[start] ?? 0;
    if (lead >> 5 !== 6) {
      readValue(reader, writer);
      return;
    }
    reader.at++;
    const tag = readArgument(reader, lead & 0x1f, 6, start);
    if (tag !== tags.dateText && tag !== tags.selfDescribed) {
      readTagged(reader, writer, tag);
      return;
    }
  }
}

interface PlainValue {
  readonly number?: bigint;
  readonly string?: string | undefined;
}

function epochText(reader: ByteReader): PlainValue | undefined {
  const lead = reader.u8();
  const major = lead >> 5;
  if (major <= 1 && (lead & 0x1f) < 28) {
    const argument = BigInt(readArgument(reader, lead & 0x1f, major, reader.at));
    return { string: instantText(major === 0 ? argument : -1n - argument, 0) };
  }
  const seconds = lead === 0xfb ? reader.f64() : lead === 0xfa ? reader.f32() : Number.NaN;
  if (!Number.isFinite(seconds)) return undefined;
  const whole = Math.floor(seconds);
  return { string: instantText(BigInt(whole), Math.round((seconds - whole) * 1e6) * 1000) };
}

/** Tags on byte strings: big numbers and UUIDs. */
function wellKnownBytes(reader: ByteReader, tag: number | bigint): PlainValue | undefined {
  const lead = reader.bytes[reader.at] ?? 0;
  const isKnown = tag === tags.positive || tag === tags.negative || tag === tags.uuid;
  if (!isKnown || lead >> 5 !== 2 || (lead & 0x1f) > 27) return undefined;
  reader.at++;
  const bytes = reader.take(Number(readArgument(reader, lead & 0x1f, 2, reader.at)));
  const hex = hexText(bytes.subarray(0, longestBigNumber));
  if (tag === tags.uuid) {
    const groups = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex);
    return groups === null ? undefined : { string: groups.slice(1).join('-') };
  }
  if (bytes.length > longestBigNumber) return undefined;
  const value = BigInt(`0x0${hex}`);
  return { number: tag === tags.positive ? value : -1n - value };
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
