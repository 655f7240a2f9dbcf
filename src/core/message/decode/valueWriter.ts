import { utf8Text } from '../../base/bytes';
import { hexText } from '../hexDump';

/** Enough has been written, or nothing sensible can follow: ends the reading. Caught where a reader is entered. */
export class Enough extends Error {}

/** Deeper than any message that people write, and far from the end of the call stack. */
const deepest = 100;
const deepestIndent = 40;
const mostHexBytes = 1024;

/**
 * Writes the values of a binary format as indented JSON while they are read: integers with all their digits, bytes as
 * "0x..". Bounded in length and in depth, whatever a hostile body claims: every value costs at least a character, and
 * the one too many throws `Enough`.
 */
export class ValueWriter {
  private readonly pieces: string[] = [];
  private length = 0;
  private isEmpty = true;
  private afterKey = false;
  /** Why the text ends before the values do. */
  stopped: 'length' | 'depth' | undefined;

  constructor(
    private readonly most: number,
    private readonly compact = false,
    private depth = 0,
  ) {}

  text(): string {
    return this.pieces.join('');
  }

  /** The reader passed over values: what is written is not all. */
  leaveOut(): void {
    this.stopped ??= 'length';
  }

  beginObject(): void {
    this.begin('{');
  }

  endObject(): void {
    this.end('}');
  }

  beginArray(): void {
    this.begin('[');
  }

  endArray(): void {
    this.end(']');
  }

  key(name: string): void {
    this.separate();
    this.push(`${this.quoted(name)}:${this.compact ? '' : ' '}`);
    this.afterKey = true;
  }

  /** A key that is itself a value, as maps of MessagePack and CBOR allow: a string as it is, others as compact JSON. */
  keyFrom(read: (key: ValueWriter) => void): void {
    // The depth goes on counting: keys may be maps whose keys are maps.
    const inner = new ValueWriter(this.most - this.length, true, this.depth);
    try {
      read(inner);
    } catch (thrown) {
      this.stopped = inner.stopped;
      throw thrown;
    }
    const text = inner.text();
    this.key(text.startsWith('"') ? (JSON.parse(text) as string) : text);
  }

  string(text: string): void {
    this.value(this.quoted(text));
  }

  integer(value: number | bigint): void {
    this.value(String(value));
  }

  /** A number as its digits, which must be what JSON allows. */
  number(digits: string): void {
    this.value(digits);
  }

  /** With a fraction or an exponent even where it is whole: 1.0 was sent as a fraction. JSON has no NaN: as text. */
  double(value: number): void {
    if (!Number.isFinite(value)) this.string(String(value));
    else this.value(fraction(Object.is(value, -0) ? '-0' : String(value)));
  }

  /** The shortest digits that are this 32-bit value again. */
  float(value: number): void {
    let digits = 1;
    while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits++;
    // toPrecision forgets the sign of zero and knows no digits of infinity.
    const isPlain = Number.isFinite(value) && value !== 0;
    this.double(isPlain ? Number(value.toPrecision(digits)) : value);
  }

  word(word: 'true' | 'false' | 'null'): void {
    this.value(word);
  }

  /** Long ones are cut: nobody reads more hex than that inside a value. */
  bytes(bytes: Uint8Array): void {
    const shown = hexText(bytes.subarray(0, mostHexBytes));
    this.value(bytes.length > mostHexBytes ? `"0x${shown}… (${bytes.length} bytes)"` : `"0x${shown}"`);
  }

  /** Text where the bytes are UTF-8, as they should be; old publishers also put bytes there. */
  utf8(bytes: Uint8Array): void {
    const room = this.most - this.length;
    const text = utf8Text(bytes);
    if (text === undefined) this.bytes(bytes);
    else this.string(text.length > room ? text.slice(0, room + 1) : text);
  }

  private begin(bracket: string): void {
    if (this.depth >= deepest) {
      this.stopped = 'depth';
      throw new Enough();
    }
    this.value(bracket);
    this.depth++;
    this.isEmpty = true;
  }

  private end(bracket: string): void {
    this.depth--;
    if (!this.isEmpty) this.newLine();
    this.push(bracket);
    this.isEmpty = false;
  }

  private value(text: string): void {
    if (!this.afterKey) this.separate();
    this.afterKey = false;
    this.push(text);
  }

  private separate(): void {
    if (!this.isEmpty) this.push(',');
    if (this.depth > 0) this.newLine();
    this.isEmpty = false;
  }

  private newLine(): void {
    if (!this.compact) this.push(`\n${'  '.repeat(Math.min(this.depth, deepestIndent))}`);
  }

  private push(piece: string): void {
    const room = this.most - this.length;
    this.pieces.push(piece.length > room ? piece.slice(0, room) : piece);
    this.length += piece.length;
    if (piece.length <= room) return;
    this.stopped = 'length';
    throw new Enough();
  }

  private quoted(text: string): string {
    return JSON.stringify(text.length > this.most ? text.slice(0, this.most) : text);
  }
}

function fraction(digits: string): string {
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}
