import { isUtf8 } from 'node:buffer';
import type { FieldEntry, FieldTable, FieldValue } from '../../base/fieldValue';

/** Deeper nesting than anybody means; what lies below is left out. A frame could hold 20,000 levels. */
export const deepest = 100;

/**
 * The entries of an encoded table without its length prefix (AMQP 0-9-1 4.2.5.5 with RabbitMQ's type letters).
 * Never throws: at the first thing that makes no sense it stops and returns what came before.
 */
export function readTable(bytes: Uint8Array): FieldTable {
  return new TableReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).table(
    bytes.byteLength,
    0,
  );
}

class TableReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  table(end: number, depth: number): FieldTable {
    const entries: FieldEntry[] = [];
    while (this.at < end) {
      const length = this.bytes[this.at] ?? 0;
      if (this.at + 2 + length > end) break;
      const name = this.bytes.toString('utf8', this.at + 1, this.at + 1 + length);
      this.at += 1 + length;
      const value = this.value(end, depth);
      if (value === undefined) break;
      entries.push({ name, value });
    }
    return entries;
  }

  private array(end: number, depth: number): readonly FieldValue[] {
    const values: FieldValue[] = [];
    while (this.at < end) {
      const value = this.value(end, depth);
      if (value === undefined) break;
      values.push(value);
    }
    return values;
  }

  /** One tagged value, which must end at or before `end`. */
  private value(end: number, depth: number): FieldValue | undefined {
    const tag = this.bytes[this.at++];
    const at = this.at;
    switch (tag) {
      case 0x74: // t
        return this.skip(1, end) ? { type: 'bool', value: this.bytes[at] !== 0 } : undefined;
      case 0x62: // b
        return this.skip(1, end) ? { type: 'byte', value: this.bytes.readInt8(at) } : undefined;
      case 0x42: // B
        return this.skip(1, end) ? { type: 'unsignedbyte', value: this.bytes.readUInt8(at) } : undefined;
      case 0x73: // s
        return this.skip(2, end) ? { type: 'short', value: this.bytes.readInt16BE(at) } : undefined;
      case 0x75: // u
        return this.skip(2, end) ? { type: 'unsignedshort', value: this.bytes.readUInt16BE(at) } : undefined;
      case 0x49: // I
        return this.skip(4, end) ? { type: 'int', value: this.bytes.readInt32BE(at) } : undefined;
      case 0x69: // i
        return this.skip(4, end) ? { type: 'unsignedint', value: this.bytes.readUInt32BE(at) } : undefined;
      case 0x6c: // l
        return this.skip(8, end) ? { type: 'long', value: String(this.bytes.readBigInt64BE(at)) } : undefined;
      case 0x54: // T
        return this.skip(8, end)
          ? { type: 'timestamp', value: String(this.bytes.readBigUInt64BE(at)) }
          : undefined;
      case 0x66: // f
        return this.skip(4, end) ? { type: 'float', value: named(this.bytes.readFloatBE(at)) } : undefined;
      case 0x64: // d
        return this.skip(8, end) ? { type: 'double', value: named(this.bytes.readDoubleBE(at)) } : undefined;
      case 0x44: // D
        return this.skip(5, end)
          ? { type: 'decimal', digits: this.bytes.readUInt8(at), value: this.bytes.readUInt32BE(at + 1) }
          : undefined;
      case 0x56: // V
        return { type: 'void' };
      case 0x53: // S
      case 0x78: // x
      case 0x41: // A
      case 0x46: // F
        return this.sized(tag, end, depth);
      default:
        return undefined;
    }
  }

  /** The types that begin with a length of four bytes. */
  private sized(tag: number, end: number, depth: number): FieldValue | undefined {
    if (!this.skip(4, end)) return undefined;
    const start = this.at;
    const stop = start + this.bytes.readUInt32BE(start - 4);
    if (stop > end) return undefined;
    this.at = stop;
    if (tag === 0x53) return { type: 'longstr', value: text(this.bytes.subarray(start, stop)) };
    if (tag === 0x78) return { type: 'bytearray', value: Uint8Array.from(this.bytes.subarray(start, stop)) };
    if (depth >= deepest) return undefined;
    this.at = start;
    const value: FieldValue =
      tag === 0x41
        ? { type: 'array', value: this.array(stop, depth + 1) }
        : { type: 'table', value: this.table(stop, depth + 1) };
    if (this.at !== stop) this.at = this.bytes.length;
    return value;
  }

  private skip(size: number, end: number): boolean {
    this.at += size;
    return this.at <= end;
  }
}

/** `Buffer.toString` keeps a byte order mark, which a TextDecoder would drop. */
function text(bytes: Buffer): string | Uint8Array {
  return isUtf8(bytes) ? bytes.toString('utf8') : Uint8Array.from(bytes);
}

function named(value: number): number | 'NaN' | 'Infinity' | '-Infinity' {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
