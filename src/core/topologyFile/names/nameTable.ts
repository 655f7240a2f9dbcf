import type { NodeId } from '../json/jsonTable';

export type NameKind = 'vhost' | 'user' | 'exchange' | 'queue';

/** What it is called in a sentence. */
export const kindNoun: Readonly<Record<NameKind, string>> = {
  vhost: 'virtual host',
  user: 'user',
  exchange: 'exchange',
  queue: 'queue',
};

/** What a name stands for, whether the file declares it or not. */
export interface NamedThing {
  readonly kind: NameKind;
  /** Empty for virtual hosts and users, and in a file of a single virtual host. */
  readonly vhost: string;
  readonly name: string;
  /** The string nodes of its `name` fields: one, none, or several by mistake. */
  readonly declarations: readonly NodeId[];
  /** The string nodes of every other place that names it. */
  readonly references: readonly NodeId[];
}

/** One place where a name stands. */
export interface NamePlace {
  readonly node: NodeId;
  readonly thing: NamedThing;
  readonly isDeclaration: boolean;
}

interface OpenThing extends NamedThing {
  readonly declarations: NodeId[];
  readonly references: NodeId[];
}

/** Every place of a file where a name of a queue, exchange, virtual host or user stands, in the order of the file. */
export class NameTable {
  /** Parallel and ordered by node. */
  private readonly nodes: NodeId[] = [];
  private readonly things: OpenThing[] = [];
  private readonly known = new Map<string, Map<string, OpenThing>>();

  /** Places have to come in the order of the file. */
  add(kind: NameKind, vhost: string, name: string, node: NodeId, isDeclaration: boolean): void {
    const scope = `${kind} ${vhost}`;
    let names = this.known.get(scope);
    if (!names) this.known.set(scope, (names = new Map<string, OpenThing>()));
    let thing = names.get(name);
    if (!thing) names.set(name, (thing = { kind, vhost, name, declarations: [], references: [] }));
    (isDeclaration ? thing.declarations : thing.references).push(node);
    this.nodes.push(node);
    this.things.push(thing);
  }

  /** The place of that string node, `undefined` where it is no name. */
  at(node: NodeId): NamePlace | undefined {
    const row = this.firstRow(node);
    return this.nodes[row] === node ? this.place(row) : undefined;
  }

  find(kind: NameKind, vhost: string, name: string): NamedThing | undefined {
    return this.known.get(`${kind} ${vhost}`)?.get(name);
  }

  /** Everything of a kind in a virtual host, in the order of its first mention. */
  *all(kind: NameKind, vhost: string): Generator<NamedThing> {
    yield* this.known.get(`${kind} ${vhost}`)?.values() ?? [];
  }

  /** The places from one node up to, but not including, another. */
  *places(from: NodeId = 0, to = Infinity): Generator<NamePlace> {
    for (let row = this.firstRow(from); row < this.nodes.length && (this.nodes[row] ?? to) < to; row += 1) {
      const place = this.place(row);
      if (place) yield place;
    }
  }

  private place(row: number): NamePlace | undefined {
    const node = this.nodes[row];
    const thing = this.things[row];
    if (node === undefined || !thing) return undefined;
    return { node, thing, isDeclaration: isIn(thing.declarations, node) };
  }

  /** The first row at or after that node. */
  private firstRow(node: NodeId): number {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.nodes[middle] ?? 0) < node) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of ordered nodes; nearly always there is one. */
function isIn(nodes: readonly NodeId[], node: NodeId): boolean {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] ?? 0) < node) low = middle + 1;
    else high = middle;
  }
  return nodes[low] === node;
}
