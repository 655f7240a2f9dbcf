import type { Clock } from '../core/base/clock';
import type { Failure } from '../core/base/failure';
import { asFailure } from '../core/base/failure';
import { writeJson } from '../core/base/jsonText';
import { readJson } from '../core/base/jsonTree';
import type { DefinitionsPort } from '../core/broker/definitionsPort';
import type { DefinitionsEntry } from '../core/topology/definitionsEntry';
import { entryProblem } from '../core/topology/entryProblem';
import type {
  DefinitionsItem,
  ItemOutcome,
  TransferParams,
  TransferProgress,
  TransferResult,
} from '../protocol/definitionsTransfer';
import type { QueueCounting } from './queueCounting';

/** Between two progress events. */
const tellMs = 250;

export interface TransferParts {
  readonly port: DefinitionsPort;
  readonly clock: Clock;
  readonly onProgress: (progress: TransferProgress) => void;
  /** Looked at before a queue is removed: the management API's counts lag behind by seconds. */
  readonly counting: QueueCounting;
}

/** Without an outcome it was not tried. */
type Done = { readonly outcome?: ItemOutcome; readonly ended?: string };

/** Makes or removes objects of a definitions file, one after the other, and keeps what became of each. */
export class Transfer {
  private readonly outcomes: ItemOutcome[] = [];
  private readonly counts: Record<ItemOutcome['kind'], number> = {
    created: 0,
    updated: 0,
    removed: 0,
    absent: 0,
    refused: 0,
    unknown: 0,
  };
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly verb: 'create' | 'remove',
    private readonly params: TransferParams,
    private readonly parts: TransferParts,
  ) {}

  /** Never rejects. A cancelled one waits for the answer about the object under way, so that its fate is known. */
  async run(signal: AbortSignal): Promise<TransferResult> {
    const ended = await this.all(signal);
    this.tell();
    return { outcomes: this.outcomes, ...(ended === undefined ? {} : { ended }) };
  }

  private async all(signal: AbortSignal): Promise<string | undefined> {
    const { items, stopAtRefusal } = this.params;
    for (const [index, item] of items.entries()) {
      if (signal.aborted) return 'Cancelled.';
      const { outcome, ended } = await this.one(item);
      if (outcome) {
        this.outcomes.push(outcome);
        this.counts[outcome.kind] += 1;
      }
      if (ended !== undefined) return ended;
      const isLast = index === items.length - 1;
      if (stopAtRefusal && !isLast && (outcome?.kind === 'refused' || outcome?.kind === 'unknown'))
        return 'Stopped after the first object that was not done.';
      if (this.parts.clock.monotonic() - this.toldAt >= tellMs) this.tell();
    }
    return undefined;
  }

  private async one({ id, section, vhost, json }: DefinitionsItem): Promise<Done> {
    const read = readJson(json);
    if ('problem' in read) return refused(id, `The entry is not JSON: ${read.problem}.`);
    if (read.node.kind !== 'object') return refused(id, 'The entry is not an object.');
    const problem = entryProblem(section, read.node);
    if (problem !== undefined) return refused(id, problem);
    const item = { section, vhost, entry: read.node };
    if (this.verb === 'remove' && section === 'queues') {
      const counted = await this.parts.counting.look(vhost, read.node);
      if (counted.kind === 'holds') return refused(id, counted.text);
      if (counted.kind === 'lost') return { ended: counted.text };
    }
    try {
      return { outcome: { id, ...(await (this.verb === 'create' ? this.create(item) : this.remove(item))) } };
    } catch (thrown) {
      return failed(id, asFailure(thrown));
    }
  }

  private async create({ section, vhost, entry }: Addressed): Promise<Fate> {
    const written = await this.parts.port.write(section, vhost, entry);
    if (written.kind === 'created' || !written.before) return { kind: written.kind };
    return { kind: 'updated', before: writeJson(written.before) };
  }

  private async remove({ section, vhost, entry }: Addressed): Promise<Fate> {
    return { kind: await this.parts.port.remove(section, vhost, entry) };
  }

  private tell(): void {
    this.toldAt = this.parts.clock.monotonic();
    this.parts.onProgress({ total: this.params.items.length, done: this.outcomes.length, ...this.counts });
  }
}

interface Addressed extends Pick<DefinitionsItem, 'section' | 'vhost'> {
  readonly entry: DefinitionsEntry;
}

type Fate =
  | { readonly kind: 'created' | 'removed' | 'absent' }
  | { readonly kind: 'updated'; readonly before?: string };

function refused(id: number, text: string): Done {
  return { outcome: { id, kind: 'refused', text } };
}

/** What a failure means for this object, and whether trying the next one makes sense. */
function failed(id: number, failure: Failure): Done {
  const text = failure.message;
  const { code = 0 } = failure.more;
  switch (failure.reason) {
    case 'refused':
    case 'precondition':
    case 'locked':
    case 'notFound':
    case 'unsupported':
    case 'badInput':
      return refused(id, text);
    // Nothing was sent, or the login is wrong: the next one would fail alike, and accounts get locked.
    case 'tls':
    case 'auth':
      return { ...refused(id, text), ended: text };
    default:
      return { outcome: { id, kind: 'unknown', text }, ...(code >= 500 ? {} : { ended: text }) };
  }
}
