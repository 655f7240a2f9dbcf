import { readCbor } from './cbor';
import { readMessagePack } from './messagePack';
import type { Reading } from './reading';
import { mostCharacters, valuesReading } from './reading';

/**
 * MessagePack or CBOR that nobody announced. Nearly any bytes are some value of theirs, so that only what programs
 * send counts: an object with names for keys, or a list of such, and not a byte too many.
 */
export function binaryByLook(bytes: Uint8Array): Reading | undefined {
  const look = { byItsLook: true };
  if (beginsLikeMessagePack(bytes)) {
    const read = readMessagePack(bytes, mostCharacters);
    if (read.kind === 'values' && read.problem === undefined)
      return valuesReading('messagepack', 'MessagePack', bytes, read, look);
  }
  if (beginsLikeCbor(bytes)) {
    const read = readCbor(bytes, mostCharacters);
    if (read.kind === 'values' && read.problem === undefined)
      return valuesReading('cbor', 'CBOR', bytes, read, look);
  }
  return undefined;
}

/** A map of at least one entry whose first key is text; before it, perhaps a list of at least one item. */
function beginsLikeMessagePack(bytes: Uint8Array): boolean {
  let at = 0;
  const list = bytes[at] ?? 0;
  if (list > 0x90 && list <= 0x9f) at += 1;
  else if (list === 0xdc) at += 3;
  else if (list === 0xdd) at += 5;
  const map = bytes[at] ?? 0;
  if (map > 0x80 && map <= 0x8f) at += 1;
  else if (map === 0xde) at += 3;
  else if (map === 0xdf) at += 5;
  else return false;
  const key = bytes[at] ?? 0;
  return (key > 0xa0 && key <= 0xbf) || key === 0xd9 || key === 0xda;
}

function beginsLikeCbor(bytes: Uint8Array): boolean {
  const isMarked = bytes[0] === 0xd9 && bytes[1] === 0xd9 && bytes[2] === 0xf7;
  if (isMarked) return true;
  let at = 0;
  const list = bytes[at] ?? 0;
  if ((list > 0x80 && list <= 0x9a) || list === 0x9f) at += headLength(list);
  const map = bytes[at] ?? 0;
  if (!((map > 0xa0 && map <= 0xba) || map === 0xbf)) return false;
  const key = bytes[at + headLength(map)] ?? 0;
  return key > 0x60 && key <= 0x79;
}

function headLength(lead: number): number {
  const info = lead & 0x1f;
  if (info < 24 || info === 31) return 1;
  return 1 + (1 << (info - 24));
}
