const chunkSize = 4_096;

/** A list of row numbers that grows at its end and shrinks at both, in typed chunks: no object for each match. */
export class SeqList {
  private readonly chunks: Float64Array[] = [];
  /** Where the first element stands in the first chunk. */
  private head = 0;
  private count = 0;

  get length(): number {
    return this.count;
  }

  at(index: number): number | undefined {
    if (index < 0 || index >= this.count) return undefined;
    const place = this.head + index;
    return this.chunks[Math.floor(place / chunkSize)]?.[place % chunkSize];
  }

  push(seq: number): void {
    const place = this.head + this.count;
    const number = Math.floor(place / chunkSize);
    let chunk = this.chunks[number];
    if (!chunk) {
      chunk = new Float64Array(chunkSize);
      this.chunks[number] = chunk;
    }
    chunk[place % chunkSize] = seq;
    this.count++;
  }

  pop(): void {
    this.count--;
    if ((this.head + this.count) % chunkSize === 0) this.chunks.pop();
  }

  shift(): void {
    this.count--;
    this.head++;
    if (this.head < chunkSize) return;
    this.chunks.shift();
    this.head = 0;
  }

  /** How many elements from the first on meet a condition that, once broken, stays broken. */
  countWhile(holds: (seq: number) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.at(middle) ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
