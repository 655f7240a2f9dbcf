import type { Clock } from '../base/clock';
import { compileFilter } from '../message/filter/compileFilter';
import type { FilterMatcher } from '../message/filter/compileFilter';
import type { FilterProblem } from '../message/filter/filterNode';
import { parseFilter } from '../message/filter/parseFilter';
import { FilteredRows } from './filteredRows';
import type { FilterProgress, ReceivedRange } from './filteredRows';
import type { RingBuffer } from './ringBuffer';

/** As the protocol's FilterState. */
export interface ViewFilterState extends FilterProgress {
  readonly text: string;
  readonly range?: ReceivedRange;
  readonly problem?: FilterProblem;
}

/** The filter of a view: what was typed, the last of it that made sense, and the rows which that leaves. */
export class ViewFilter {
  private text = '';
  private problem: FilterProblem | undefined;
  /** In force: the last text without a mistake. */
  private good = '';
  private matches: FilterMatcher | undefined;
  private range: ReceivedRange | undefined;
  private found: FilteredRows | undefined;
  private changes = 0;

  constructor(
    private readonly ring: RingBuffer,
    private readonly clock: Clock,
    private readonly onProgress: () => void,
  ) {}

  /** Missing where every row is shown. */
  get rows(): FilteredRows | undefined {
    return this.found;
  }

  /** Goes up whenever the places of rows mean others than before. */
  get generation(): number {
    return this.changes;
  }

  /** Nothing but white space and no range shows every row. A text with a mistake leaves the last good one in force. */
  set(text: string, range: ReceivedRange | undefined): void {
    const { node, problem } = parseFilter(text, this.clock.now());
    const good = problem ? this.good : text;
    this.text = text;
    this.problem = problem;
    if (good === this.good && sameRange(range, this.range)) return;
    if (!problem) this.matches = node && compileFilter(node);
    this.good = good;
    this.range = range;
    this.restart();
  }

  state(): ViewFilterState | undefined {
    const { text, range, problem, found } = this;
    if (!found && !problem) return undefined;
    const kept = this.ring.nextSeq - this.ring.firstSeq;
    const progress = found?.progress() ?? { matched: 0, scanned: kept, total: kept, running: false };
    return { text, ...(range && { range }), ...progress, ...(problem && { problem }) };
  }

  dispose(): void {
    this.found?.dispose();
    this.found = undefined;
  }

  private restart(): void {
    const { ring, clock, onProgress, matches, range } = this;
    const was = this.found;
    was?.dispose();
    this.found =
      matches || range
        ? new FilteredRows({ ring, clock, onProgress, ...(matches && { matches }), ...(range && { range }) })
        : undefined;
    if (was || this.found) this.changes++;
    this.found?.start();
  }
}

function sameRange(a: ReceivedRange | undefined, b: ReceivedRange | undefined): boolean {
  return a?.from === b?.from && a?.to === b?.to;
}
