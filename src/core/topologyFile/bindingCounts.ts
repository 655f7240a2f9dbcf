import type { TopologyDocument } from './document';
import { counted } from './wording';
import type { NamedThing } from './names/nameTable';

export interface BindingCount {
  /** Bindings that lead to it. */
  readonly to: number;
  /** Bindings that start from it; none for a queue. */
  readonly from: number;
}

const none: BindingCount = { to: 0, from: 0 };

/** How many bindings of the file each exchange and queue has. */
export function bindingCounts({
  declarations,
  names,
}: TopologyDocument): (thing: NamedThing) => BindingCount {
  const counts = new Map<NamedThing, { to: number; from: number }>();
  const count = (thing: NamedThing | undefined, side: 'to' | 'from'): void => {
    if (!thing) return;
    let row = counts.get(thing);
    if (!row) counts.set(thing, (row = { to: 0, from: 0 }));
    row[side] += 1;
  };
  for (const { fields } of declarations.entries('bindings')) {
    const source = names.at(fields.source);
    // What is bound to the default exchange is bound to it anyway.
    if (!source) continue;
    count(source.thing, 'from');
    count(names.at(fields.destination)?.thing, 'to');
  }
  return (thing) => counts.get(thing) ?? none;
}

/** `3 bindings`, `1 binding`, `no bindings`. */
export function bindingsText(count: number): string {
  return count === 0 ? 'no bindings' : counted(count, 'binding');
}
