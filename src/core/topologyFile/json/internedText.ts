/**
 * Names of one text as small numbers, the same for the same characters: names come back many times in a definitions file,
 * numbers are compared in no time, and a string that has been seen before costs no memory and has its hash ready.
 */
export class InternedText {
  /** Places in `strings` by hash; where another string has that hash, by the next number that is free. */
  private readonly places = new Map<number, number>();
  private readonly strings: string[] = [];

  constructor(private readonly source: string) {}

  /** The number of a piece of the text. */
  idAt(start: number, end: number): number {
    return this.find(this.source, start, end);
  }

  /** The number of a string that does not stand in the text as it is. */
  idOf(string: string): number {
    return this.find(string, 0, string.length);
  }

  string(id: number): string | undefined {
    return this.strings[id];
  }

  private find(text: string, start: number, end: number): number {
    const first = hashOf(text, start, end);
    for (let hash = first; hash < first + mostTries; hash += 1) {
      const place = this.places.get(hash);
      if (place === undefined) {
        this.places.set(hash, this.strings.length);
        return this.add(text.slice(start, end));
      }
      const seen = this.strings[place];
      if (seen?.length === end - start && text.startsWith(seen, start)) return place;
    }
    return this.add(text.slice(start, end));
  }

  private add(string: string): number {
    return this.strings.push(string) - 1;
  }
}

/**
 * Nobody has this many names of one hash but a file made for it, which must not take quadratic time: its names get a
 * number each time.
 */
const mostTries = 16;

/** FNV-1a over UTF-16 units, as a small integer. */
export function hashOf(source: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ source.charCodeAt(at), 0x01000193);
  return hash >> 1;
}
