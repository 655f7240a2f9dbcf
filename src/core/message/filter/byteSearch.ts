import { utf8Bytes, utf8TextLossy } from '../../base/bytes';

const asIs = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const lowered = asIs.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

/**
 * Finds a text among UTF-8 bytes without decoding them (Horspool's algorithm: it skips up to the length of what it
 * looks for).
 */
export class ByteSearch {
  private readonly wanted: Uint8Array;
  private readonly skip = new Uint8Array(256);
  private readonly fold: Uint8Array;

  /** `foldCase` folds A to Z only. */
  constructor(text: string, foldCase = false) {
    this.fold = foldCase ? lowered : asIs;
    this.wanted = utf8Bytes(text).map((byte) => this.fold[byte] ?? 0);
    const last = this.wanted.length - 1;
    this.skip.fill(Math.min(last + 1, 255));
    for (let at = 0; at < last; at++) this.skip[this.wanted[at] ?? 0] = Math.min(last - at, 255);
  }

  /** How many bytes are looked for. */
  get length(): number {
    return this.wanted.length;
  }

  foundIn(bytes: Uint8Array, from: number, to: number): boolean {
    return this.next(bytes, from, to) >= 0;
  }

  /** Where it begins first, -1 where it is not. */
  next(bytes: Uint8Array, from: number, to: number): number {
    const { wanted, skip, fold } = this;
    const last = wanted.length - 1;
    if (last < 0) return from;
    if (fold === asIs) return this.nextAsIs(bytes, from, to);
    const final = wanted[last];
    for (let end = from + last; end < to;) {
      const byte = fold[bytes[end] ?? 0] ?? 0;
      if (byte === final) {
        let back = 1;
        while (back <= last && fold[bytes[end - back] ?? 0] === wanted[last - back]) back++;
        if (back > last) return end - last;
      }
      end += skip[byte] ?? 1;
    }
    return -1;
  }

  /** The same without a look into the table of letters at every step, which is a third of the time. */
  private nextAsIs(bytes: Uint8Array, from: number, to: number): number {
    const { wanted, skip } = this;
    const last = wanted.length - 1;
    const final = wanted[last];
    for (let end = from + last; end < to;) {
      const byte = bytes[end] ?? 0;
      if (byte === final) {
        let back = 1;
        while (back <= last && bytes[end - back] === wanted[last - back]) back++;
        if (back > last) return end - last;
      }
      end += skip[byte] ?? 1;
    }
    return -1;
  }
}

/** Finds a text whatever its case; beyond ASCII that takes decoding. */
export function caselessSearch(text: string): (bytes: Uint8Array, from: number, to: number) => boolean {
  if (isAscii(text)) {
    const search = new ByteSearch(text, true);
    return (bytes, from, to) => search.foundIn(bytes, from, to);
  }
  const wanted = text.toLowerCase();
  // What has not even the ASCII part of it need not be decoded.
  const part = new ByteSearch(longestAscii(text), true);
  return (bytes, from, to) =>
    part.foundIn(bytes, from, to) && utf8TextLossy(bytes.subarray(from, to)).toLowerCase().includes(wanted);
}

function longestAscii(text: string): string {
  const runs = text.split(/[^\0-\x7f]+/);
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
