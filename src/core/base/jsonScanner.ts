export type JsonToken = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'word' | 'end' | 'bad';

/**
 * Cuts JSON text into tokens without turning them into values: a 64-bit integer and the order of keys stay as they
 * were published. Character loops, not regular expressions: a single string token may be megabytes long.
 */
export class JsonScanner {
  /** The last token is `text.slice(start, end)`. */
  start = 0;
  end = 0;

  constructor(readonly text: string) {}

  next(): JsonToken {
    const { text } = this;
    let at = this.end;
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    this.start = at;
    this.end = at + 1;
    const first = text[at];
    switch (first) {
      case undefined:
        this.end = at;
        return 'end';
      case '{':
      case '}':
      case '[':
      case ']':
      case ',':
      case ':':
        return first;
      case '"':
        return this.readString();
      default:
        return this.readBare();
    }
  }

  private readString(): JsonToken {
    const { text } = this;
    for (let at = this.start + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        this.end = at + 1;
        return 'string';
      }
      if (code < 0x20) {
        this.end = at;
        return 'bad';
      }
      if (code === 0x5c) {
        const length = escapeLength(text, at);
        if (length === 0) {
          this.end = Math.min(at + 2, text.length);
          return 'bad';
        }
        at += length - 1;
      }
    }
    this.end = text.length;
    return 'bad';
  }

  private readBare(): JsonToken {
    const { text } = this;
    let at = this.start;
    while (at < text.length && isBare(text.charCodeAt(at))) at++;
    this.end = Math.max(at, this.start + 1);
    // Numbers and words are short; a long run is neither and must not be copied.
    if (this.end - this.start > 1_000) return 'bad';
    const word = text.slice(this.start, this.end);
    if (word === 'true' || word === 'false' || word === 'null') return 'word';
    return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word) ? 'number' : 'bad';
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isBare(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isDigit || isLetter || code === 0x2b || code === 0x2d || code === 0x2e || code === 0x5f;
}

/** Units of the escape that starts at the backslash; 0 where it is none. */
function escapeLength(text: string, at: number): number {
  const letter = text[at + 1];
  if (letter === undefined) return 0;
  if ('"\\/bfnrt'.includes(letter)) return 2;
  return letter === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 0;
}
