/**
 * Pieces of one text as strings, the same string for the same characters: names come back many times in a definitions
 * file, and a string that has been seen before costs no memory and has its hash ready for the next look-up.
 */
export class InternedText {
  private readonly known = new Map<number, string>();

  constructor(private readonly source: string) {}

  text(start: number, end: number): string {
    if (end - start > 255) return this.source.slice(start, end);
    const hash = hashOf(this.source, start, end);
    const seen = this.known.get(hash);
    if (seen?.length === end - start && this.source.startsWith(seen, start)) return seen;
    const fresh = this.source.slice(start, end);
    // Of two texts with one hash the first stays: the other is only a little slower.
    if (seen === undefined) this.known.set(hash, fresh);
    return fresh;
  }
}

/** FNV-1a over UTF-16 units, as a small integer. */
export function hashOf(source: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
  return hash >> 1;
}
