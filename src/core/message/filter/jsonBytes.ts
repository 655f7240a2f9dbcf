import { utf8TextLossy } from '../../base/bytes';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Up to here a string is looked at byte by byte. */
const shortString = 32;
/** No number that anybody means is longer. */
const longestBare = 1_000;

/**
 * A cursor through JSON as UTF-8 bytes. It decodes only what it is asked for, and forgives: where the text makes no
 * sense it is at its end. Every method that returns a boolean `false` for "nothing found" has moved on or stopped.
 */
export class JsonBytes {
  at = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private end = 0;
  private stringFrom = 0;
  private stringTo = 0;
  private escaped = false;

  reset(bytes: Uint8Array, from: number, to: number): void {
    this.bytes = bytes;
    this.end = to;
    const hasMark =
      to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
    this.at = hasMark ? from + 3 : from;
  }

  /** What begins here, after white space. */
  peek(): 'object' | 'array' | 'string' | 'bare' | 'none' {
    const byte = this.skipSpace();
    if (byte === openBrace) return 'object';
    if (byte === openBracket) return 'array';
    if (byte === quote) return 'string';
    return isBare(byte) ? 'bare' : 'none';
  }

  /** Nothing after this makes sense. */
  stop(): false {
    this.at = this.end;
    return false;
  }

  /** Into the object or array that begins here. */
  enter(): void {
    this.at++;
  }

  /** To the value of the next member of an object; `keyIs` then knows its name. */
  nextKey(): boolean {
    let byte = this.skipSpace();
    if (byte === comma) {
      this.at++;
      byte = this.skipSpace();
    }
    if (byte === closeBrace) {
      this.at++;
      return false;
    }
    if (byte !== quote || !this.skipString() || this.skipSpace() !== colon) return this.stop();
    this.at++;
    return true;
  }

  nextItem(): boolean {
    let byte = this.skipSpace();
    if (byte === comma) {
      this.at++;
      byte = this.skipSpace();
    }
    if (byte === closeBracket) this.at++;
    return byte !== closeBracket && byte >= 0;
  }

  keyIs(name: Uint8Array, text: string): boolean {
    if (this.escaped) return this.stringText() === text;
    const { bytes, stringFrom } = this;
    if (this.stringTo - stringFrom !== name.length) return false;
    for (let index = name.length - 1; index >= 0; index--) {
      if (bytes[stringFrom + index] !== name[index]) return false;
    }
    return true;
  }

  /** Over the string that begins here; whether it ends. */
  skipString(): boolean {
    const { bytes } = this;
    this.escaped = false;
    this.stringFrom = this.at + 1;
    const near = Math.min(this.end, this.stringFrom + shortString);
    let at = this.stringFrom;
    for (; at < near; at++) {
      const byte = bytes[at];
      if (byte === quote) return this.endString(at);
      if (byte === backslash) {
        this.escaped = true;
        at++;
      }
    }
    return this.skipLongString(at);
  }

  /** The engine's own search is ten times faster than a loop, once the way is long. */
  private skipLongString(at: number): boolean {
    const rest = this.bytes.subarray(at, this.end);
    for (let found = rest.indexOf(quote); found >= 0; found = rest.indexOf(quote, found + 1)) {
      let slashes = 0;
      while (slashes < found && rest[found - 1 - slashes] === backslash) slashes++;
      if (slashes % 2 === 1) continue;
      this.escaped ||= rest.subarray(0, found).indexOf(backslash) >= 0;
      return this.endString(at + found);
    }
    return this.stop();
  }

  private endString(at: number): true {
    this.stringTo = at;
    this.at = at + 1;
    return true;
  }

  /** The string that was skipped last. */
  stringText(): string {
    const text = utf8TextLossy(this.bytes.subarray(this.stringFrom, this.stringTo));
    if (!this.escaped) return text;
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      return text;
    }
  }

  /** The number or word that begins here; nothing where it is too long to be one. */
  bareText(): string {
    const { bytes, end } = this;
    const start = this.at;
    while (this.at < end && isBare(bytes[this.at] ?? -1)) this.at++;
    if (this.at - start > longestBare) return '';
    let text = '';
    for (let at = start; at < this.at; at++) text += String.fromCharCode(bytes[at] ?? 0);
    return text;
  }

  /** Over the value that begins here, however deep it is. */
  skip(): false {
    const { bytes, end } = this;
    let depth = 0;
    do {
      const byte = this.skipSpace();
      if (byte === quote) this.skipString();
      else if (byte < 0) break;
      else {
        if (byte === openBrace || byte === openBracket) depth++;
        else if (byte === closeBrace || byte === closeBracket) depth--;
        this.at++;
        if (depth === 0) while (this.at < end && isBare(bytes[this.at] ?? -1)) this.at++;
      }
    } while (depth > 0);
    return false;
  }

  /** The byte that stands here, -1 at the end. */
  private skipSpace(): number {
    const { bytes, end } = this;
    while (this.at < end) {
      const byte = bytes[this.at] ?? 0;
      if (!isSpace(byte)) return byte;
      this.at++;
    }
    return -1;
  }
}

/** White space of JSON. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isBare(byte: number): boolean {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return isDigit || isLetter || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}
