/** Shown in the empty field. */
export const exampleFilter = 'key:order.* AND body.total:>100';

/** The filter text that lets only messages with exactly this value through, of those that it lets through now. */
export function narrowedFilter(text: string, field: 'key' | 'exchange', value: string): string {
  const condition = `${field}="${value.replace(/["\\]/g, '\\$&')}"`;
  const before = text.trim();
  if (before === '') return condition;
  return /\sOR\s/i.test(before) ? `(${before}) AND ${condition}` : `${before} AND ${condition}`;
}
