import type { Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { Coding, Expand, Expanded } from '../../core/message/decode/contentCoding';
import { joinedBytes } from './joinedBytes';
import { expandZstd } from './zstd';

/** Node 22.15 and newer; the types are those of Node 20. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

/** Decompression by Node's zlib, off this thread and in pieces, so that a bomb is let go at its limit. */
export const expand: Expand = async (coding, bytes, most) => {
  if (coding === 'zstd' && createZstdDecompress === undefined) return expandZstd(bytes, most);
  const expanded = await through(decompressor(coding), bytes, most);
  // Both kinds go by the name "deflate": with the zlib header, as the RFC says, and without, as Microsoft did it.
  if (coding === 'deflate' && expanded.bytes.length === 0 && expanded.problem !== undefined) {
    const raw = await through(zlib.createInflateRaw(), bytes, most);
    if (raw.problem === undefined) return raw;
  }
  return expanded;
};

function decompressor(coding: Coding): Transform {
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      if (createZstdDecompress === undefined) throw new Error('This Node has no zstd.');
      return createZstdDecompress();
  }
}

function through(stream: Transform, bytes: Uint8Array, most: number): Promise<Expanded> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  return new Promise((resolve) => {
    const finish = (rest: Omit<Expanded, 'bytes'>): void => {
      stream.destroy();
      resolve({ bytes: joinedBytes(pieces, Math.min(length, most)), ...rest });
    };
    (stream as Readable).on('data', (piece: Uint8Array) => {
      pieces.push(piece);
      length += piece.length;
      if (length > most) finish({ stopped: true });
    });
    stream.on('end', () => {
      finish({ stopped: false });
    });
    stream.on('error', ({ message }) => {
      finish({ stopped: false, problem: message });
    });
    stream.end(bytes);
  });
}
