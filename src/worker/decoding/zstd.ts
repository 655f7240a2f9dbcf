import { Decompress, decompress } from 'fzstd';
import type { Expanded } from '../../core/message/decode/contentCoding';
import { joinedBytes } from './joinedBytes';

/** A frame may ask for a window of gigabytes; the command line's highest ordinary level uses 8 MiB. */
const largestWindow = 64 * 1024 * 1024;
/** fzstd moves the whole window for every block, however small the block: what that may cost, in bytes. */
const mostMoved = 16 * 1024 * 1024 * 1024;

/**
 * zstd where Node has none (before 22.15), in JavaScript and on this thread: what a frame would cost is looked at
 * before it is decompressed. At most `most` bytes come out; nothing is thrown.
 */
export function expandZstd(bytes: Uint8Array, most: number): Expanded {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  const done = (problem?: string): Expanded => ({
    bytes: joinedBytes(pieces, Math.min(length, most)),
    stopped: length > most,
    ...(problem !== undefined && { problem }),
  });
  try {
    while (at < bytes.length) {
      const frame = readFrame(bytes, at);
      if (typeof frame === 'string') return done(frame);
      const content = bytes.subarray(at, frame.end);
      at = frame.end;
      if (frame.blocks === 0) continue;
      const room = most - length;
      const keep = (piece: Uint8Array): void => {
        pieces.push(piece);
        length += piece.length;
        if (length > most) throw new Full();
      };
      // With a size in its header a frame is decompressed in place, and no window is moved.
      if (frame.size !== undefined && frame.size <= room)
        keep(decompress(content, new Uint8Array(frame.size)));
      else if (frame.window > largestWindow) return done('it asks for too much memory');
      else if (frame.blocks * frame.window > mostMoved) return done('it consists of too many small blocks');
      else new Decompress(keep).push(content, true);
    }
    return done();
  } catch (thrown) {
    if (thrown instanceof Full) return done();
    return done(thrown instanceof Error ? thrown.message : 'the data are damaged');
  }
}

class Full extends Error {}

interface Frame {
  readonly end: number;
  /** 0 for a frame to be skipped. */
  readonly blocks: number;
  readonly window: number;
  /** Of what comes out, where the header says so. */
  readonly size: number | undefined;
}

/** Walks over the headers of one frame and its blocks (RFC 8878, 3.1), or says what is wrong, a clause. */
function readFrame(bytes: Uint8Array, start: number): Frame | string {
  const early = 'the data end early';
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  if (view.byteLength < 8) return early;
  const magic = view.getUint32(0, true);
  if (magic >>> 4 === 0x184d2a5) {
    const end = start + 8 + view.getUint32(4, true);
    return end > bytes.length ? early : { end, blocks: 0, window: 0, size: undefined };
  }
  if (magic !== 0xfd2fb528) return 'the data do not begin like zstd';
  const descriptor = view.getUint8(4);
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  if (dictionaryBytes > 0) return 'it needs a dictionary';
  const flag = descriptor >> 6;
  const sizeBytes = flag === 0 ? (isSingle ? 1 : 0) : 1 << flag;
  let at = isSingle ? 5 : 6;
  if (view.byteLength < at + sizeBytes + 3) return early;
  const size = readSize(view, at, sizeBytes);
  at += sizeBytes;
  const windowByte = view.getUint8(5);
  const base = 2 ** (10 + (windowByte >> 3));
  const window = isSingle ? (size ?? 0) : base + (base / 8) * (windowByte & 7);
  for (let blocks = 1; ; blocks++) {
    if (view.byteLength < at + 3) return early;
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const kind = (header >> 1) & 3;
    const length = header >> 3;
    if (kind === 3 || length > 128 * 1024) return 'a block is damaged';
    at += 3 + (kind === 1 ? 1 : length);
    if (at > view.byteLength) return early;
    if ((header & 1) !== 0) {
      const end = at + ((descriptor & 4) === 0 ? 0 : 4);
      return end > view.byteLength ? early : { end: start + end, blocks, window, size };
    }
  }
}

function readSize(view: DataView, at: number, bytes: number): number | undefined {
  switch (bytes) {
    case 0:
      return undefined;
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
