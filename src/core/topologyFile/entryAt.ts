import type { Entry } from './declarations';
import type { TopologyDocument } from './document';
import { sectionNames } from './sections';

/** Finds the entry around an offset: entries lie in the order of the text and do not overlap. */
export function entryFinder({
  declarations,
  table,
}: TopologyDocument): (offset: number) => Entry | undefined {
  const entries: Entry[] = sectionNames.flatMap((section) => [...declarations.entries(section)] as Entry[]);
  entries.sort((a, b) => table.start(a.node) - table.start(b.node));
  return (offset) => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = entries[middle];
      if (entry && table.start(entry.node) <= offset) low = middle + 1;
      else high = middle;
    }
    const entry = entries[low - 1];
    return entry && offset < table.end(entry.node) ? entry : undefined;
  };
}
