import { utf8Text } from '../../base/bytes';
import { hexText } from '../hexDump';

/** A format that is recognised and not decoded. */
export interface NamedFormat {
  readonly name: string;
  /** Why it is shown as hex, a sentence. */
  readonly reason: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const java =
  'Only the program that has the class can read a serialised Java object; reading it here could run code of the sender.';
const dotNet =
  'Only the program that has the type can read .NET BinaryFormatter data; reading it could run code of the sender.';
const pickle =
  'A Python pickle is a program that builds objects; running it here would run code of the sender.';
const picture = 'It is not a text format.';

/** By the first bytes, in hex. */
const signatures: readonly (readonly [start: string, name: string, reason: string])[] = [
  ['89504e470d0a1a0a', 'PNG picture', picture],
  ['ffd8ff', 'JPEG picture', picture],
  ['474946383761', 'GIF picture', picture],
  ['474946383961', 'GIF picture', picture],
  ['255044462d', 'PDF document', picture],
  ['504b0304', 'ZIP archive', 'Archives are not unpacked here.'],
  ['50415231', 'Parquet file', 'Parquet files are not decoded here.'],
  ['fd377a585a00', 'xz', 'xz is not decompressed here.'],
  ['04224d18', 'LZ4', 'LZ4 is not decompressed here.'],
  ['ff060000734e61507059', 'Snappy', 'Snappy is not decompressed here.'],
];

/** Content types whose bodies nothing here reads, however they look. */
const types: Readonly<Record<string, readonly [name: string, reason: string]>> = {
  'application/vnd.masstransit+aes': ['MassTransit, encrypted', 'Only its own services have the key.'],
  'application/vnd.masstransit+bson': ['MassTransit as BSON', 'BSON is not decoded here.'],
  'application/bson': ['BSON', 'BSON is not decoded here.'],
  'application/x-erlang-binary': ['Erlang term', 'Erlang terms are not decoded here.'],
  'application/x-python-serialize': ['Python pickle', pickle],
  'application/x-java-serialized-object': ['Java serialised object', java],
};

export function namedType(media: string): NamedFormat | undefined {
  const found = Object.hasOwn(types, media) ? types[media] : undefined;
  return found && { name: found[0], reason: found[1], facts: [] };
}

/** Names what the first bytes give away. Looks at no more than the first 2 kB. */
export function namedFormat(bytes: Uint8Array): NamedFormat | undefined {
  const start = bytes.subarray(0, 2_048);
  const hex = hexText(start.subarray(0, 32));
  if (hex.startsWith('aced0005'))
    return { name: 'Java serialised object', reason: java, facts: javaClass(start) };
  if (/^0001000000ffffffff0100000000000000/.test(hex))
    return { name: '.NET BinaryFormatter', reason: dotNet, facts: dotNetType(start) };
  if (/^800[2-5]/.test(hex) && bytes.at(-1) === 0x2e)
    return { name: 'Python pickle', reason: pickle, facts: [] };
  if (/^425a683[1-9]314159265359/.test(hex))
    return { name: 'bzip2', reason: 'bzip2 is not decompressed here.', facts: [] };
  const found = signatures.find(([signature]) => hex.startsWith(signature));
  return found && { name: found[1], reason: found[2], facts: [] };
}

/** TC_OBJECT or TC_ARRAY, then TC_CLASSDESC with the name (Java Object Serialization, 6.4.2). */
function javaClass(bytes: Uint8Array): NamedFormat['facts'] {
  const [content, description] = bytes.subarray(4);
  if (content === 0x74) return fact('Class', 'java.lang.String');
  if (description !== 0x72 || (content !== 0x73 && content !== 0x75)) return [];
  return fact('Class', text(bytes, 8, ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)));
}

/** The library and class records behind the header (MS-NRBF 2.3 and 2.6): kind, id, name with its length before it. */
function dotNetType(bytes: Uint8Array): NamedFormat['facts'] {
  let at = 17;
  const facts: { name: string; value: string }[] = [];
  if (bytes[at] === 0x0c) {
    const library = text(bytes, at + 6, bytes[at + 5] ?? 0);
    if (library !== undefined) facts.push({ name: 'Library', value: library });
    at += 6 + (bytes[at + 5] ?? 0);
  }
  if (bytes[at] === 0x05 || bytes[at] === 0x04)
    facts.push(...fact('Class', text(bytes, at + 6, bytes[at + 5] ?? 0)));
  return facts;
}

function text(bytes: Uint8Array, from: number, length: number): string | undefined {
  return length === 0 || from + length > bytes.length
    ? undefined
    : utf8Text(bytes.subarray(from, from + length));
}

function fact(name: string, value: string | undefined): NamedFormat['facts'] {
  return value === undefined ? [] : [{ name, value }];
}
