/** Pixels of one row; the style sheet says the same. */
export const rowHeight = 22;

/** Browsers stop growing elements between 17 and 33 million pixels; beyond this the scrollbar is scaled. */
const tallest = 8_000_000;

/** How `rows` rows of fixed height, of which the screen shows `viewport` pixels, map to a scrollbar. */
export interface RowGeometry {
  readonly rows: number;
  readonly viewport: number;
}

/** Pixels that the scrolled content takes. */
export function contentHeight({ rows }: RowGeometry): number {
  return Math.min(rows * rowHeight, tallest);
}

/** Which row, with a fraction, stands at the top edge. */
export function topRow(geometry: RowGeometry, scrollTop: number): number {
  return (scrollTop * scale(geometry)) / rowHeight;
}

/** Where to scroll so that this row stands at the top edge, as far as the end allows. */
export function scrollTopFor(geometry: RowGeometry, row: number): number {
  const most = Math.max(0, contentHeight(geometry) - geometry.viewport);
  return Math.max(0, Math.min((row * rowHeight) / scale(geometry), most));
}

/** The row at the top edge when the last one stands at the bottom edge. */
export function lastTopRow({ rows, viewport }: RowGeometry): number {
  return Math.max(0, rows - viewport / rowHeight);
}

/** Pixels of rows for one pixel of scrollbar: 1 until the content is too tall. */
function scale(geometry: RowGeometry): number {
  const real = geometry.rows * rowHeight - geometry.viewport;
  const shown = contentHeight(geometry) - geometry.viewport;
  return shown > 0 ? Math.max(1, real / shown) : 1;
}
