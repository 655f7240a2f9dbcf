/** The strongly connected parts of a graph that hold a cycle (Tarjan), each in the order of `nodes`. */
export function cycles<T>(nodes: readonly T[], leadsTo: (node: T) => readonly T[]): T[][] {
  const order = new Map<T, number>(nodes.map((node, index) => [node, index]));
  const found: T[][] = [];
  const indexOf = new Map<T, number>();
  const low = new Map<T, number>();
  const stack: T[] = [];
  const onStack = new Set<T>();
  for (const root of nodes) {
    if (indexOf.has(root)) continue;
    // A path of thousands of queues must not be thousands of calls deep.
    const path: { readonly node: T; readonly next: Iterator<T> }[] = [];
    const enter = (node: T): void => {
      indexOf.set(node, indexOf.size);
      low.set(node, indexOf.size - 1);
      stack.push(node);
      onStack.add(node);
      path.push({ node, next: leadsTo(node)[Symbol.iterator]() });
    };
    const lower = (node: T, to: number | undefined): void => {
      low.set(node, Math.min(low.get(node) ?? 0, to ?? Infinity));
    };
    enter(root);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const next = step.next.next();
      if (next.done !== true) {
        if (!indexOf.has(next.value)) enter(next.value);
        else if (onStack.has(next.value)) lower(step.node, indexOf.get(next.value));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) lower(parent.node, low.get(step.node));
      if (low.get(step.node) !== indexOf.get(step.node)) continue;
      const part = stack.splice(stack.lastIndexOf(step.node));
      for (const node of part) onStack.delete(node);
      if (part.length > 1 || leadsTo(step.node).includes(step.node))
        found.push(part.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
    }
  }
  return found.sort((a, b) => rank(a) - rank(b));

  function rank([first]: readonly T[]): number {
    return first === undefined ? 0 : (order.get(first) ?? 0);
  }
}
