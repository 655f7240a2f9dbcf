import type { JsonTable, NodeId } from './json/jsonTable';

/** Whether two values mean the same: key order, white space and number spelling do not matter. */
export function sameValue(table: JsonTable, one: NodeId, other: NodeId): boolean {
  const first = table.text.slice(table.start(one), table.end(one));
  const second = table.text.slice(table.start(other), table.end(other));
  return first === second || canonical(first) === canonical(second);
}

function canonical(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    });
  } catch {
    return text;
  }
}
