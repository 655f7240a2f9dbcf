import { isText } from './json/jsonRead';
import type { JsonTable, NodeId } from './json/jsonTable';
import { absent } from './json/jsonTable';

/**
 * Finds the known fields of many objects of one kind. Exporters write the same fields in the same order over and
 * over, so the field that came at this place in the last object is tried first: a hit costs one comparison.
 */
export class FieldReader {
  private readonly lastOrder: number[] = [];
  /** Copied for each object: one shape for all, and cheaper than adding field after field. */
  private readonly empty: Readonly<Record<string, NodeId>>;

  constructor(
    private readonly table: JsonTable,
    private readonly names: readonly string[],
  ) {
    this.empty = Object.fromEntries(names.map((name) => [name, absent]));
  }

  /** The value node of each field, `absent` for one that the object lacks; of a repeated one the first. */
  read(object: NodeId): Record<string, NodeId> {
    const found: Record<string, NodeId> = { ...this.empty };
    const end = this.table.next(object);
    let place = 0;
    for (let key = object + 1; key < end; key = this.table.next(key + 1)) {
      const index = this.nameIndex(key, place);
      const name = this.names[index];
      if (name !== undefined && found[name] === absent) found[name] = key + 1;
      place += 1;
    }
    return found;
  }

  private nameIndex(key: NodeId, place: number): number {
    const guess = this.lastOrder[place];
    const guessed = guess === undefined ? undefined : this.names[guess];
    if (guess !== undefined && guessed !== undefined && isText(this.table, key, guessed)) return guess;
    const index = this.names.findIndex((name) => isText(this.table, key, name));
    this.lastOrder[place] = index;
    return index;
  }
}
