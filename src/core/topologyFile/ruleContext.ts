import type { Declarations, Entry, NameIndex } from './declarations';
import { indexByName } from './declarations';
import type { TopologyDocument } from './document';
import type { FindingCode } from './findingCodes';
import type { JsonTable, NodeId } from './json/jsonTable';
import { creationObstacles } from './neverCreated';
import type { CreationObstacle } from './neverCreated';
import { defaultQueueTypes, effectiveQueueType } from './queueType';
import type { EffectiveType } from './queueType';
import { nearestName } from './spelling';
import type { Surroundings } from './surroundings';
import { freshBroker } from './surroundings';
import type { Target } from './target';

/** A finding before its offsets became lines and characters. */
export interface Found {
  readonly code: FindingCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/**
 * How the target gets what is judged. An `import` answers for a file as a whole and passes over much in silence; an
 * `operator` declares one object after the other over the management API, which answers for each (manifests/).
 */
export type Delivery = 'import' | 'operator';

/** What every rule gets: the file, the target, and where to say what it found. */
export class RuleContext {
  readonly found: Found[] = [];
  readonly table: JsonTable;
  readonly declarations: Declarations;
  readonly queues: NameIndex<'queues'>;
  readonly exchanges: NameIndex<'exchanges'>;
  /** Bindings that RabbitMQ 3.10 passes over, and therefore does not judge further. */
  readonly droppedBindings = new Set<NodeId>();

  private readonly types = new Map<NodeId, EffectiveType>();
  private readonly obstacles = new Map<NodeId, readonly CreationObstacle[]>();
  private readonly suggestions = new Map<string, string | undefined>();

  constructor(
    readonly document: TopologyDocument,
    readonly target: Target,
    /** What the broker has besides. */
    readonly around: Surroundings = freshBroker,
    readonly delivery: Delivery = 'import',
  ) {
    this.table = document.table;
    this.declarations = document.declarations;
    const defaults = defaultQueueTypes(this.table, this.declarations);
    for (const queue of this.declarations.entries('queues')) {
      const { vhost } = queue;
      const vhostDefault =
        vhost === undefined ? undefined : (defaults.get(vhost) ?? around.defaultQueueType(vhost));
      const effective = effectiveQueueType(this.table, queue, vhostDefault, target);
      this.types.set(queue.node, effective);
      const obstacles = creationObstacles(this.table, queue, effective.type, target);
      if (obstacles.length > 0) this.obstacles.set(queue.node, obstacles);
    }
    this.queues = indexByName(this.declarations.entries('queues'));
    this.exchanges = indexByName(this.declarations.entries('exchanges'));
  }

  /** What the target does with what it does not take, as the beginning or the middle of a sentence. */
  get refuses(): string {
    return `${brokerName(this.target)} refuses ${this.refused}`;
  }

  /** What is refused. */
  get refused(): string {
    return this.delivery === 'import' ? 'the file' : 'it';
  }

  /** The type of queue that the target makes of this entry. */
  queueType(queue: Entry<'queues'>): EffectiveType {
    return this.types.get(queue.node) ?? { type: undefined, from: 'fallback' };
  }

  /** Why the target makes no queue of this entry; empty when it does. */
  obstaclesOf(queue: Entry<'queues'>): readonly CreationObstacle[] {
    return this.obstacles.get(queue.node) ?? [];
  }

  /**
   * A known name at most two letters off, of a short one fewer. Only the first hundred questions about a file are answered: comparing
   * thousands of wrong names with thousands of right ones would not end in time.
   */
  suggestion(kind: string, written: string, known: () => readonly string[]): string | undefined {
    const key = `${kind} ${written}`;
    if (this.suggestions.has(key)) return this.suggestions.get(key);
    if (this.suggestions.size >= 100) return undefined;
    const nearest = nearestName(written, known(), Math.min(2, Math.floor(written.length / 3)));
    this.suggestions.set(key, nearest);
    return nearest;
  }

  report(code: FindingCode, node: NodeId, message: string): void {
    this.reportSpan(code, this.table.start(node), this.table.end(node), message);
  }

  /** For what an entry lacks: at its name, or at its opening brace. */
  reportEntry(code: FindingCode, entry: Entry, message: string): void {
    if (entry.name !== undefined)
      this.report(code, (entry.fields as { readonly name: NodeId }).name, message);
    else this.reportSpan(code, this.table.start(entry.node), this.table.start(entry.node) + 1, message);
  }

  reportSpan(code: FindingCode, start: number, end: number, message: string): void {
    this.found.push({ code, start, end, message });
  }
}

export type Rule = (context: RuleContext) => void;

/** The broker in a sentence: `RabbitMQ 4.3`. */
export function brokerName(target: Target): string {
  return `RabbitMQ ${target}`;
}

/** A name from the file in a sentence: quoted, and short. */
export function shown(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 77)}...` : name}"`;
}
