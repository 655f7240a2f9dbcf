import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { utf8Length } from '../../base/bytes';
import { deepest } from './readTable';

/**
 * Writes the table with its length prefix into `into` at `start` and returns the bytes used. Throws a RangeError
 * when it does not fit, when a number does not fit its type, or when a name is longer than 255 bytes.
 */
export function writeTable(into: Buffer, table: FieldTable, start: number): number {
  return new TableWriter(into, start).table(table, 0);
}

class TableWriter {
  constructor(
    private readonly into: Buffer,
    private at: number,
  ) {}

  table(table: FieldTable, depth: number): number {
    return this.sized(() => {
      for (const entry of table) {
        const length = utf8Length(entry.name);
        if (length > 255)
          throw new RangeError(`The field name '${entry.name.slice(0, 40)}...' is longer than 255 bytes`);
        this.into.writeUInt8(length, this.room(1));
        this.into.write(entry.name, this.room(length), 'utf8');
        this.value(entry.value, depth);
      }
    });
  }

  private value(value: FieldValue, depth: number): void {
    if (depth > deepest) throw new RangeError(`The table is nested deeper than ${String(deepest)} levels`);
    switch (value.type) {
      case 'bool':
        this.tag('t');
        this.into.writeUInt8(value.value ? 1 : 0, this.room(1));
        return;
      case 'byte':
        this.tag('b');
        this.into.writeInt8(value.value, this.room(1));
        return;
      case 'unsignedbyte':
        this.tag('B');
        this.into.writeUInt8(value.value, this.room(1));
        return;
      case 'short':
        this.tag('s');
        this.into.writeInt16BE(value.value, this.room(2));
        return;
      case 'unsignedshort':
        this.tag('u');
        this.into.writeUInt16BE(value.value, this.room(2));
        return;
      case 'int':
        this.tag('I');
        this.into.writeInt32BE(value.value, this.room(4));
        return;
      case 'unsignedint':
        this.tag('i');
        this.into.writeUInt32BE(value.value, this.room(4));
        return;
      case 'long':
        this.tag('l');
        this.into.writeBigInt64BE(BigInt(value.value), this.room(8));
        return;
      case 'timestamp':
        this.tag('T');
        this.into.writeBigUInt64BE(BigInt(value.value), this.room(8));
        return;
      case 'float':
        this.tag('f');
        this.into.writeFloatBE(Number(value.value), this.room(4));
        return;
      case 'double':
        this.tag('d');
        this.into.writeDoubleBE(Number(value.value), this.room(8));
        return;
      case 'decimal':
        this.tag('D');
        this.into.writeUInt8(value.digits, this.room(1));
        this.into.writeUInt32BE(value.value, this.room(4));
        return;
      case 'void':
        this.tag('V');
        return;
      case 'longstr':
        this.tag('S');
        this.bytes(typeof value.value === 'string' ? Buffer.from(value.value, 'utf8') : value.value);
        return;
      case 'bytearray':
        this.tag('x');
        this.bytes(value.value);
        return;
      case 'array':
        this.tag('A');
        this.sized(() => {
          for (const element of value.value) this.value(element, depth + 1);
        });
        return;
      case 'table':
        this.tag('F');
        this.table(value.value, depth + 1);
        return;
    }
  }

  private tag(letter: string): void {
    this.into.writeUInt8(letter.charCodeAt(0), this.room(1));
  }

  private bytes(bytes: Uint8Array): void {
    this.into.writeUInt32BE(bytes.length, this.room(4));
    this.into.set(bytes, this.room(bytes.length));
  }

  /** A length of four bytes, then whatever `content` writes; returns the size of both. */
  private sized(content: () => void): number {
    const start = this.room(4);
    content();
    this.into.writeUInt32BE(this.at - start - 4, start);
    return this.at - start;
  }

  /** Takes the next `size` bytes and returns where they begin. */
  private room(size: number): number {
    const start = this.at;
    this.at += size;
    if (this.at > this.into.length) {
      throw new RangeError(
        `Headers or arguments are larger than the ${String(this.into.length)} bytes that can be sent`,
      );
    }
    return start;
  }
}
