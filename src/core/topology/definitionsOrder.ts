import type { DefinitionsSection } from './definitionsFile';

/** What tells the entries of a section apart, and what they are sorted by. */
export const orderedBy: Readonly<Record<DefinitionsSection, readonly string[]>> = {
  users: ['name'],
  vhosts: ['name'],
  permissions: ['vhost', 'user'],
  topic_permissions: ['vhost', 'user', 'exchange'],
  exchanges: ['vhost', 'name'],
  global_parameters: ['name'],
  policies: ['vhost', 'name'],
  parameters: ['vhost', 'component', 'name'],
  queues: ['vhost', 'name'],
  bindings: ['vhost', 'source', 'destination_type', 'destination', 'routing_key', 'arguments'],
};

/** By UTF-16 units: the same on every machine. */
export function compareTexts(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const [one = '', other = ''] = [a[index], b[index]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
