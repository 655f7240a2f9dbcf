import { Malformed } from './byteReader';
import type { ByteReader } from './byteReader';

/** One field as it stands on the wire. Groups carry the bytes between their start and end tags. */
export type WireValue =
  | { readonly wire: 'varint' | 'fixed64'; readonly value: bigint; readonly bytes?: undefined }
  | { readonly wire: 'fixed32'; readonly value: number; readonly bytes?: undefined }
  | { readonly wire: 'bytes' | 'group'; readonly bytes: Uint8Array };

/** A hostile body is all tiny fields at every level; no text that is shown has room for so many. */
const mostFields = 50_000;
const deepestGroup = 100;

/**
 * The fields of one message, by number in the order of their first appearance: repeated ones may lie apart. Calls
 * `leftOut` where there are too many to look at all of them.
 */
export function readWireFields(reader: ByteReader, leftOut?: () => void): Map<number, WireValue[]> {
  const fields = new Map<number, WireValue[]>();
  for (let count = 0; reader.left > 0; count++) {
    if (count >= mostFields) {
      reader.at = reader.bytes.length;
      leftOut?.();
      break;
    }
    const start = reader.at;
    const { number, wire } = readTag(reader);
    if (wire === 4) throw new Malformed(`at byte ${String(start)}, a group ends that never began`);
    const value = readValue(reader, number, wire, start);
    const known = fields.get(number);
    if (known === undefined) fields.set(number, [value]);
    else known.push(value);
  }
  return fields;
}

function readTag(reader: ByteReader): { number: number; wire: number } {
  const start = reader.at;
  const tag = reader.varint();
  const number = Number(tag >> 3n);
  if (number < 1 || number > 536_870_911)
    throw new Malformed(`at byte ${String(start)}, ${String(tag >> 3n)} is not a field number`);
  return { number, wire: Number(tag & 7n) };
}

function readValue(reader: ByteReader, number: number, wire: number, start: number): WireValue {
  switch (wire) {
    case 0:
      return { wire: 'varint', value: reader.varint() };
    case 1:
      return { wire: 'fixed64', value: reader.u64(true) };
    case 2:
      return { wire: 'bytes', bytes: reader.take(reader.length()) };
    case 3:
      return { wire: 'group', bytes: readGroup(reader, number) };
    case 5:
      return { wire: 'fixed32', value: reader.u32(true) };
    default:
      throw new Malformed(`at byte ${String(start)}, ${String(wire)} is not a wire type`);
  }
}

function readGroup(reader: ByteReader, number: number): Uint8Array {
  const begin = reader.at;
  const open = [number];
  for (;;) {
    const start = reader.at;
    const tag = readTag(reader);
    if (tag.wire === 3) {
      if (open.length >= deepestGroup)
        throw new Malformed(`at byte ${String(start)}, groups are nested too deep`);
      open.push(tag.number);
    } else if (tag.wire === 4) {
      if (open.pop() !== tag.number)
        throw new Malformed(`at byte ${String(start)}, another group ends than began`);
      if (open.length === 0) return reader.bytes.subarray(begin, start);
    } else readValue(reader, tag.number, tag.wire, start);
  }
}
