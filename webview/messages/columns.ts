import type { KeptColumn } from '../../src/protocol/messagesPanel';

/** A column that the table can show. */
export interface Column {
  readonly name: string;
  readonly title: string;
  /** Least width in pixels. */
  readonly least: number;
  /** Share of the room that is left, or a fixed width that fits what it shows. */
  readonly usual: number | string;
  /** Where the panel is too narrow for all, those with the lowest rank are left out. */
  readonly rank: number;
  /** Shown until the user chooses. */
  readonly atFirst: boolean;
}

export const columns: readonly Column[] = [
  { name: 'seq', title: '#', least: 44, usual: '8ch', rank: 8, atFirst: true },
  { name: 'received', title: 'Received', least: 86, usual: '12ch', rank: 9, atFirst: true },
  { name: 'exchange', title: 'Exchange', least: 90, usual: 1, rank: 4, atFirst: true },
  { name: 'key', title: 'Routing key', least: 84, usual: 2.2, rank: 10, atFirst: true },
  { name: 'flags', title: 'Flags', least: 36, usual: '6ch', rank: 7, atFirst: true },
  { name: 'size', title: 'Size', least: 58, usual: '8ch', rank: 6, atFirst: true },
  { name: 'type', title: 'Content type', least: 90, usual: 1.6, rank: 5, atFirst: true },
  { name: 'message-id', title: 'Message id', least: 80, usual: 1.2, rank: 3, atFirst: false },
  { name: 'correlation-id', title: 'Correlation id', least: 80, usual: 1.2, rank: 3, atFirst: false },
  { name: 'priority', title: 'Priority', least: 50, usual: '8ch', rank: 2, atFirst: false },
  { name: 'type-property', title: 'Type', least: 80, usual: 1.2, rank: 2, atFirst: false },
  { name: 'app-id', title: 'App id', least: 80, usual: 1.2, rank: 1, atFirst: false },
  { name: 'headers', title: 'Headers', least: 120, usual: 3, rank: 3, atFirst: false },
  { name: 'preview', title: 'Preview', least: 80, usual: 4.2, rank: 11, atFirst: true },
];

/** A column as it is laid out. */
export interface ShownColumn extends Column {
  readonly width?: number;
}

/** Pixels between two columns and beside the outer ones; the style sheet says the same. */
const columnGap = 8;
const margins = 24;
const narrowest = 28;
const widest = 2_000;

/** What was kept, without columns nobody knows, in the table's order; those shown at first where nothing was kept. */
export function chosenColumns(kept: readonly KeptColumn[]): readonly ShownColumn[] {
  const known = columns.flatMap((column): ShownColumn[] => {
    const found = kept.find(({ name }) => name === column.name);
    if (!found) return [];
    return [found.width === undefined ? column : { ...column, width: bounded(found.width) }];
  });
  return known.length > 0 ? known : columns.filter(({ atFirst }) => atFirst);
}

/** Those of the chosen ones that find room in so many pixels, at least one. */
export function fittingColumns(chosen: readonly ShownColumn[], available: number): readonly ShownColumn[] {
  const need = (some: readonly ShownColumn[]): number =>
    some.reduce((sum, { width, least }) => sum + (width ?? least) + columnGap, margins - columnGap);
  let fitting = chosen;
  while (fitting.length > 1 && need(fitting) > available) {
    const lowest = Math.min(...fitting.map(({ rank }) => rank));
    const leaves = fitting.findLastIndex(({ rank }) => rank === lowest);
    fitting = fitting.filter((_, index) => index !== leaves);
  }
  return fitting;
}

/** The value of `grid-template-columns`. The last column takes the room that widths chosen by the user leave. */
export function gridTracks(shown: readonly ShownColumn[]): string {
  return shown
    .map(({ width, least, usual }, index) => {
      if (width !== undefined) {
        const isLast = index === shown.length - 1;
        return isLast ? `minmax(${Math.min(width, least)}px, 1fr)` : `${width}px`;
      }
      return `minmax(${least}px, ${typeof usual === 'number' ? `${usual}fr` : usual})`;
    })
    .join(' ');
}

export function withWidth(
  chosen: readonly ShownColumn[],
  name: string,
  width: number | undefined,
): readonly ShownColumn[] {
  return chosen.map((column) => {
    if (column.name !== name) return column;
    const { width: _, ...rest } = column;
    return width === undefined ? rest : { ...rest, width: bounded(width) };
  });
}

/** Shows a column or takes it away; the last one stays. */
export function withColumn(
  chosen: readonly ShownColumn[],
  name: string,
  shown: boolean,
): readonly ShownColumn[] {
  const kept = keptColumns(chosen).filter((column) => column.name !== name);
  if (!shown) return kept.length === 0 ? chosen : chosenColumns(kept);
  return chosenColumns([...kept, { name }]);
}

export function keptColumns(chosen: readonly ShownColumn[]): readonly KeptColumn[] {
  return chosen.map(({ name, width }) => (width === undefined ? { name } : { name, width }));
}

function bounded(width: number): number {
  return Math.round(Math.max(narrowest, Math.min(width, widest)));
}
