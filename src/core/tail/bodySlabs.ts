/** A piece of memory that many bodies share. `live` counts the bodies that are still wanted. */
export interface Slab {
  readonly bytes: Uint8Array;
  used: number;
  live: number;
}

/** Copies the first `length` bytes into the room that was taken. */
export function append(slab: Slab, bytes: Uint8Array, length: number): void {
  slab.bytes.set(length === bytes.length ? bytes : bytes.subarray(0, length), slab.used);
  slab.used += length;
}

/**
 * Memory for message bodies, first in, first out. Bodies are copied in because what amqplib hands out are slices
 * that keep whole socket chunks alive (291 times the bytes counted was seen). Slabs are counted whole, so
 * `allocated` is what the process really holds.
 */
export class BodySlabs {
  private current: Slab | undefined;
  /** One emptied slab is used again, so that a rolling buffer does not keep allocating. */
  private spare: Slab | undefined;
  private total = 0;

  constructor(readonly slabBytes: number) {}

  /** Bytes of all slabs, the spare one included. */
  get allocated(): number {
    return this.total;
  }

  /** How many bytes `allocated` would grow by if a body of that length were put now. */
  growth(length: number): number {
    if (length === 0) return 0;
    if (this.isLarge(length)) return length;
    if (this.current && this.current.used + length <= this.slabBytes) return 0;
    return this.spare ? 0 : this.slabBytes;
  }

  /** A slab with room for that many bytes from its `used` on, which the caller appends at once; none for nothing. */
  take(length: number): Slab | undefined {
    if (length === 0) return undefined;
    const slab = this.room(length);
    slab.live++;
    return slab;
  }

  release(slab: Slab): void {
    if (--slab.live > 0) return;
    if (slab === this.current) slab.used = 0;
    else if (slab.bytes.length === this.slabBytes && !this.spare) {
      slab.used = 0;
      this.spare = slab;
    } else this.total -= slab.bytes.length;
  }

  /** Gives up the slab kept for later; useful when every byte of the budget counts. */
  dropSpare(): void {
    if (!this.spare) return;
    this.total -= this.spare.bytes.length;
    this.spare = undefined;
  }

  private isLarge(length: number): boolean {
    return length * 2 > this.slabBytes;
  }

  private room(length: number): Slab {
    if (this.isLarge(length)) return this.allocate(length);
    if (this.current && this.current.used + length <= this.slabBytes) return this.current;
    this.current = this.spare ?? this.allocate(this.slabBytes);
    this.spare = undefined;
    return this.current;
  }

  private allocate(length: number): Slab {
    this.total += length;
    return { bytes: new Uint8Array(length), used: 0, live: 0 };
  }
}
