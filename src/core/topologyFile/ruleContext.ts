import type { Declarations, Entry, NameIndex } from './declarations';
import { indexByName } from './declarations';
import type { TopologyDocument } from './document';
import type { FindingCode } from './findingCodes';
import type { JsonTable, NodeId } from './json/jsonTable';
import type { Target } from './target';

/** A finding before its offsets became lines and characters. */
export interface Found {
  readonly code: FindingCode;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What every rule gets: the file, the target, and where to say what it found. */
export class RuleContext {
  readonly found: Found[] = [];
  readonly table: JsonTable;
  readonly declarations: Declarations;
  readonly queues: NameIndex<'queues'>;
  readonly exchanges: NameIndex<'exchanges'>;

  constructor(
    readonly document: TopologyDocument,
    readonly target: Target,
  ) {
    this.table = document.table;
    this.declarations = document.declarations;
    this.queues = indexByName(this.declarations.entries('queues'));
    this.exchanges = indexByName(this.declarations.entries('exchanges'));
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
