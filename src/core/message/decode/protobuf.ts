import { utf8Text } from '../../base/bytes';
import { holdsControls } from '../controlCharacters';
import { ByteReader, Malformed } from './byteReader';
import { instantText } from './instantText';
import { readWireFields } from './protobufFields';
import type { WireValue } from './protobufFields';
import { resolveType } from './protoTypes';
import type { ProtoField, ProtoMessage, ProtoTypes, ResolvedType, ScalarType } from './protoTypes';
import { readValues } from './readValues';
import type { ReadValues } from './readValues';
import type { ValueWriter } from './valueWriter';

/**
 * A Protobuf message as JSON, with the names of its declaration. A field that the declaration does not have, or has
 * with another type, stands under its number, as far as it can be read without.
 */
export function readProtobuf(
  bytes: Uint8Array,
  most: number,
  types: ProtoTypes,
  message: ProtoMessage,
): ReadValues {
  return readValues(bytes, most, (reader, writer) => {
    writeMessage(reader, writer, types, message);
  });
}

/** Without a declaration: fields by number; what each length-delimited one is must be guessed. */
export function readProtobufByNumber(bytes: Uint8Array, most: number): ReadValues {
  return readValues(bytes, most, (reader, writer) => {
    writeUnknownMessage(reader, writer);
  });
}

function writeMessage(
  reader: ByteReader,
  writer: ValueWriter,
  types: ProtoTypes,
  message: ProtoMessage,
): void {
  const fields = readWireFields(reader, () => {
    writer.leaveOut();
  });
  if (message.name === 'google.protobuf.Timestamp') {
    const text = timestamp(fields);
    if (text !== undefined) {
      writer.string(text);
      return;
    }
  }
  writer.beginObject();
  for (const [number, values] of fields) {
    const field = message.fields.get(number);
    const type = field && resolveType(types, field.type, message.name);
    if (field === undefined || type === undefined || !values.every((value) => fits(field, type, value))) {
      writeUnknown(writer, number, values);
    } else {
      writer.key(field.name);
      if (field.mapKey !== undefined) writeMap(writer, types, field, field.mapKey, type, values);
      else if (field.repeated) writeRepeated(writer, types, type, values);
      else writeLast(writer, types, type, values);
    }
  }
  writer.endObject();
}

/** Of a field that should come once the last one counts. */
function writeLast(
  writer: ValueWriter,
  types: ProtoTypes,
  type: ResolvedType,
  values: readonly WireValue[],
): void {
  const last = values.at(-1);
  if (last !== undefined) writeValue(writer, types, type, last);
}

function writeRepeated(
  writer: ValueWriter,
  types: ProtoTypes,
  type: ResolvedType,
  values: readonly WireValue[],
): void {
  writer.beginArray();
  for (const value of values) {
    if (value.wire === 'bytes' && isPackable(type)) {
      const packed = new ByteReader(value.bytes);
      while (packed.left > 0) writeValue(writer, types, type, readPacked(packed, wireOf(type)));
    } else writeValue(writer, types, type, value);
  }
  writer.endArray();
}

/** A map is a repeated message of key 1 and value 2; both may be left out where they are zero or empty. */
function writeMap(
  writer: ValueWriter,
  types: ProtoTypes,
  field: ProtoField,
  mapKey: string,
  type: ResolvedType,
  entries: readonly WireValue[],
): void {
  const keyType = resolveType(types, mapKey, '');
  writer.beginObject();
  for (const entry of entries) {
    const fields = readWireFields(new ByteReader(entry.bytes ?? new Uint8Array()));
    const [key, value] = [fields.get(1)?.at(-1), fields.get(2)?.at(-1)];
    writer.keyFrom((inner) => {
      if (key !== undefined && keyType?.kind === 'scalar' && wireOf(keyType) === key.wire)
        writeValue(inner, types, keyType, key);
      else if (mapKey === 'string') inner.string('');
      else if (mapKey === 'bool') inner.word('false');
      else inner.integer(0);
    });
    if (value === undefined) writeMissing(writer, type);
    else if (fits({ ...field, repeated: false }, type, value)) writeValue(writer, types, type, value);
    else writeUnknownValue(writer, value);
  }
  writer.endObject();
}

function writeMissing(writer: ValueWriter, type: ResolvedType): void {
  if (type.kind === 'message') {
    writer.beginObject();
    writer.endObject();
  } else if (type.kind === 'enum') writer.string(type.enum.values.get(0) ?? '0');
  else if (type.scalar === 'string') writer.string('');
  else if (type.scalar === 'bytes') writer.bytes(new Uint8Array());
  else if (type.scalar === 'bool') writer.word('false');
  else writer.integer(0);
}

function writeValue(writer: ValueWriter, types: ProtoTypes, type: ResolvedType, value: WireValue): void {
  if (type.kind === 'message') {
    writeMessage(new ByteReader(value.bytes ?? new Uint8Array()), writer, types, type.message);
  } else if (type.kind === 'enum') {
    const number = Number(BigInt.asIntN(32, BigInt(value.bytes === undefined ? value.value : 0)));
    const name = type.enum.values.get(number);
    if (name === undefined) writer.integer(number);
    else writer.string(name);
  } else writeScalar(writer, type.scalar, value);
}

function writeScalar(writer: ValueWriter, type: ScalarType, value: WireValue): void {
  if (value.bytes !== undefined) {
    if (type === 'string') writer.utf8(value.bytes);
    else writer.bytes(value.bytes);
    return;
  }
  const bits = BigInt(value.value);
  switch (type) {
    case 'double': {
      writer.double(fromBits(bits, 8));
      return;
    }
    case 'float': {
      writer.float(fromBits(bits, 4));
      return;
    }
    case 'int32':
    case 'sfixed32': {
      writer.integer(BigInt.asIntN(32, bits));
      return;
    }
    case 'int64':
    case 'sfixed64': {
      writer.integer(BigInt.asIntN(64, bits));
      return;
    }
    case 'uint32': {
      writer.integer(BigInt.asUintN(32, bits));
      return;
    }
    case 'sint32':
    case 'sint64': {
      writer.integer((bits >> 1n) ^ -(bits & 1n));
      return;
    }
    case 'bool': {
      writer.word(bits === 0n ? 'false' : 'true');
      return;
    }
    default: {
      writer.integer(bits);
      return;
    }
  }
}

function fromBits(bits: bigint, size: 4 | 8): number {
  const view = new DataView(new ArrayBuffer(8));
  if (size === 4) view.setUint32(0, Number(bits & 0xffffffffn));
  else view.setBigUint64(0, bits);
  return size === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

type WireKind = WireValue['wire'];

function wireOf(type: ResolvedType): WireKind {
  if (type.kind === 'message') return 'bytes';
  if (type.kind === 'enum') return 'varint';
  switch (type.scalar) {
    case 'double':
    case 'fixed64':
    case 'sfixed64':
      return 'fixed64';
    case 'float':
    case 'fixed32':
    case 'sfixed32':
      return 'fixed32';
    case 'string':
    case 'bytes':
      return 'bytes';
    default:
      return 'varint';
  }
}

function isPackable(type: ResolvedType): boolean {
  return wireOf(type) !== 'bytes';
}

/** Whether what lies there can be of the declared type at all. */
function fits(field: ProtoField, type: ResolvedType, { wire }: WireValue): boolean {
  if (field.mapKey !== undefined && field.repeated) return wire === 'bytes';
  if (type.kind === 'message') return wire === 'bytes' || wire === 'group';
  return wire === wireOf(type) || (field.repeated && wire === 'bytes');
}

function readPacked(reader: ByteReader, wire: WireKind): WireValue {
  if (wire === 'fixed64') return { wire, value: reader.u64(true) };
  if (wire === 'fixed32') return { wire, value: reader.u32(true) };
  return { wire: 'varint', value: reader.varint() };
}

function timestamp(fields: ReadonlyMap<number, readonly WireValue[]>): string | undefined {
  const part = (number: number): bigint | undefined => {
    const value = fields.get(number)?.at(-1);
    if (value === undefined) return 0n;
    return value.wire === 'varint' ? BigInt.asIntN(64, value.value) : undefined;
  };
  const [seconds, nanos] = [part(1), part(2)];
  if (seconds === undefined || nanos === undefined || nanos < 0n) return undefined;
  return instantText(seconds, Number(nanos));
}

function writeUnknownMessage(reader: ByteReader, writer: ValueWriter): void {
  const fields = readWireFields(reader, () => {
    writer.leaveOut();
  });
  writer.beginObject();
  for (const [number, values] of fields) writeUnknown(writer, number, values);
  writer.endObject();
}

function writeUnknown(writer: ValueWriter, number: number, values: readonly WireValue[]): void {
  writer.key(String(number));
  const [only] = values;
  if (values.length === 1 && only !== undefined) {
    writeUnknownValue(writer, only);
    return;
  }
  writer.beginArray();
  for (const value of values) writeUnknownValue(writer, value);
  writer.endArray();
}

/** Text where it is text, else a message where it can be one, else bytes. */
function writeUnknownValue(writer: ValueWriter, value: WireValue): void {
  if (value.bytes === undefined) {
    writer.integer(value.value);
    return;
  }
  if (value.wire === 'group') {
    writeUnknownMessage(new ByteReader(value.bytes), writer);
    return;
  }
  const text = utf8Text(value.bytes);
  if (text !== undefined && !holdsControls(text)) {
    writer.string(text);
    return;
  }
  if (value.bytes.length > 0 && isMessage(value.bytes))
    writeUnknownMessage(new ByteReader(value.bytes), writer);
  else writer.bytes(value.bytes);
}

/** Looks at one level only: what is inside is asked when it is reached. */
function isMessage(bytes: Uint8Array): boolean {
  try {
    readWireFields(new ByteReader(bytes));
    return true;
  } catch (thrown) {
    if (thrown instanceof Malformed) return false;
    throw thrown;
  }
}
