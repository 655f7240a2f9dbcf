/** The bytes are not what the format allows: where and why, a clause for people. Caught where a reader is entered. */
export class Malformed extends Error {}

/** Reads numbers and runs of bytes one after the other. Throws `Malformed` instead of going beyond the end. */
export class ByteReader {
  at = 0;
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** The next bytes, not copied. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2));
  }

  u32(littleEndian = false): number {
    return this.view.getUint32(this.advance(4), littleEndian);
  }

  u64(littleEndian = false): bigint {
    return this.view.getBigUint64(this.advance(8), littleEndian);
  }

  f32(littleEndian = false): number {
    return this.view.getFloat32(this.advance(4), littleEndian);
  }

  f64(littleEndian = false): number {
    return this.view.getFloat64(this.advance(8), littleEndian);
  }

  /** Base 128, least significant group first, at most 64 bits (Protobuf and Avro). */
  varint(): bigint {
    const start = this.at;
    // Nearly all are small; a big integer for each would cost most of the time.
    let small = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.u8();
      small |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(small);
    }
    let value = BigInt(small);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Malformed(`the number at byte ${String(start)} is longer than ten bytes`);
  }

  /** A varint that says how many bytes or items follow. */
  length(): number {
    const start = this.at;
    const value = this.varint();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw beyondEnd(start, String(value), this.left);
    return Number(value);
  }

  private advance(length: number): number {
    const start = this.at;
    if (!(length >= 0 && length <= this.left)) throw beyondEnd(start, String(length), this.left);
    this.at = start + length;
    return start;
  }
}

function beyondEnd(at: number, wanted: string, left: number): Malformed {
  return new Malformed(`at byte ${String(at)}, ${wanted} bytes should follow and there are ${String(left)}`);
}
