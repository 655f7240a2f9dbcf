import { ByteReader, Malformed } from './byteReader';
import { Enough, ValueWriter } from './valueWriter';

/** What became of the bytes of a binary format. */
export type ReadValues =
  | {
      readonly kind: 'values';
      /** Indented JSON. */
      readonly text: string;
      /** There is more than the text holds. */
      readonly cut: boolean;
      /** Something to know beside the text, a sentence. */
      readonly problem?: string;
    }
  /** The bytes are not of this format: a clause that begins with the place. */
  | { readonly kind: 'malformed'; readonly message: string };

/** Reads one value with `read`, bounded to `most` characters. Whatever the bytes are, nothing is thrown. */
export function readValues(
  bytes: Uint8Array,
  most: number,
  read: (reader: ByteReader, writer: ValueWriter) => void,
): ReadValues {
  const reader = new ByteReader(bytes);
  const writer = new ValueWriter(most);
  try {
    read(reader, writer);
  } catch (thrown) {
    if (thrown instanceof Malformed) return { kind: 'malformed', message: thrown.message };
    if (!(thrown instanceof Enough)) throw thrown;
    const tooDeep = 'It is nested deeper than 100 levels; the text ends there.';
    return {
      kind: 'values',
      text: writer.text(),
      cut: true,
      ...(writer.stopped === 'depth' && { problem: tooDeep }),
    };
  }
  const cut = writer.stopped !== undefined;
  if (reader.left === 0) return { kind: 'values', text: writer.text(), cut };
  const rest = reader.left === 1 ? 'One byte follows' : `${reader.left} bytes follow`;
  return { kind: 'values', text: writer.text(), cut, problem: `${rest} the value and are not shown.` };
}
