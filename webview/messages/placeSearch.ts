import type { Row } from '../../src/core/message/row';

/** The places of a view: `firstRow` to `nextRow - 1`. */
export interface Places {
  readonly firstRow: number;
  readonly nextRow: number;
}

/**
 * The place of the row with this sequence number, or of the first one after it; `nextRow` when there is none. Rows
 * stand in the order of their numbers under any filter. Asks for about log2 of the places, one at a time; what the
 * buffer has let go is older than what it has.
 */
export async function placeOf(
  seq: number,
  { firstRow, nextRow }: Places,
  rowAt: (place: number) => Promise<Row | undefined>,
): Promise<number> {
  let low = firstRow;
  let high = nextRow;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await rowAt(middle);
    if (row === undefined || row.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
