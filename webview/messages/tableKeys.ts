/** Where the table stands when a key is pressed, in places. */
export interface TablePosition {
  readonly first: number;
  readonly last: number;
  /** The row under the keyboard. */
  readonly active: number | undefined;
  /** The first row on the screen. */
  readonly top: number;
  /** Rows of one page. */
  readonly page: number;
}

/** The place that a key leads to, inside the table; nothing where the key is no movement or there is no row. */
export function placeForKey(
  key: string,
  { first, last, active, top, page }: TablePosition,
): number | undefined {
  const here = active ?? Math.min(last, top) - 1;
  const goals: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    ArrowUp: active === undefined ? last : here - 1,
    PageDown: here + page,
    PageUp: here - page,
    Home: first,
    End: last,
  };
  const goal = goals[key];
  return goal === undefined || last < first ? undefined : Math.max(first, Math.min(goal, last));
}
