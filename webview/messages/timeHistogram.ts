import type { PropertyValues, SVGTemplateResult, TemplateResult } from 'lit';
import { LitElement, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { asFailure } from '../../src/core/base/failure';
import type { Histogram } from '../../src/protocol/brokerContract';
import type { TimeRange } from '../../src/protocol/view';
import { clockText, countText } from '../shared/words';
import { barHeights, bucketAt, rangeOf, spanOf } from './histogramScale';

const height = 36;
const pixelsPerBucket = 6;
const pauseMs = 1_000;

/**
 * When the kept messages came. It asks again at most once a second, and only while it can be seen and `stamp` has
 * changed. Dragging, or Shift with the arrow keys, selects a range. Fires `filter-range` (TimeRange or undefined).
 */
@customElement('time-histogram')
export class TimeHistogram extends LitElement {
  @property({ attribute: false }) load!: (buckets: number) => Promise<Histogram>;
  @property({ attribute: false }) range: TimeRange | undefined;
  /** Another value means that the messages or the filter have changed. */
  @property({ attribute: false }) stamp = '';
  @state() private histogram: Histogram | undefined;
  /** Why there is no newer picture. */
  @state() private problem = '';
  /** The bucket that is pointed at. */
  @state() private cursor: number | undefined;
  /** Where a selection began, while it is made. */
  @state() private anchor: number | undefined;

  private dragging = false;
  private loaded = '';
  private loading = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.refresh);
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('stamp')) this.refresh();
  }

  protected override render(): TemplateResult {
    const { histogram } = this;
    const isEmpty = !histogram || histogram.counts.length === 0;
    return html`<div
        class="bars"
        role="slider"
        tabindex="0"
        aria-label="Messages over time"
        aria-description="Left and Right move, Shift with them selects a range, Escape shows all times again"
        aria-valuemin="0"
        aria-valuemax=${isEmpty ? 0 : histogram.counts.length - 1}
        aria-valuenow=${this.cursor ?? 0}
        aria-valuetext=${this.words()}
        @pointerdown=${this.onPointerDown}
        @pointermove=${this.onPointerMove}
        @pointerup=${this.onPointerUp}
        @pointercancel=${() => {
          this.dragging = false;
          this.anchor = undefined;
        }}
        @pointerleave=${() => {
          if (!this.dragging) this.cursor = undefined;
        }}
        @keydown=${this.onKey}
      >
        ${isEmpty ? nothing : this.picture(histogram)}
      </div>
      <p class="axis" aria-hidden="true">
        <span>${isEmpty ? '' : clockText(histogram.from)}</span><span class="readout">${this.words()}</span
        ><span>${isEmpty ? '' : clockText(histogram.to)}</span>
      </p>`;
  }

  private picture(histogram: Histogram): TemplateResult {
    const { counts, matching } = histogram;
    const highest = Math.max(...counts);
    const bars = (heights: readonly number[], kind: string): SVGTemplateResult[] =>
      heights.map((tall, index) =>
        tall === 0
          ? svg``
          : svg`<rect class=${kind} x=${index + 0.1} y=${height - tall} width="0.8" height=${tall}></rect>`,
      );
    const shown = this.anchor === undefined ? this.range : this.draft(histogram);
    const span = shown && spanOf(histogram, shown);
    return html`<svg viewBox="0 0 ${counts.length} ${height}" preserveAspectRatio="none" aria-hidden="true">
      ${span ? svg`<rect class="selected" x=${span.start} y="0" width=${span.length} height=${height}></rect>` : nothing}
      ${this.cursor === undefined ? nothing : svg`<rect class="cursor" x=${this.cursor} y="0" width="1" height=${height}></rect>`}
      ${bars(barHeights(counts, highest, height), matching ? 'others' : 'matching')}
      ${matching ? bars(barHeights(matching, highest, height), 'matching') : nothing}
    </svg>`;
  }

  private draft(histogram: Histogram): TimeRange {
    const cursor = this.cursor ?? 0;
    return rangeOf(histogram, this.anchor ?? cursor, cursor);
  }

  /** "12:04:05: 340 messages, 12 match", of the bucket that is pointed at. */
  private words(): string {
    const { histogram, cursor, problem } = this;
    if (problem !== '') return problem;
    if (!histogram || histogram.counts.length === 0) return 'No message is kept.';
    if (cursor === undefined) return '';
    const count = histogram.counts[cursor] ?? 0;
    const matching = histogram.matching?.[cursor];
    const messages = `${countText(count)} ${count === 1 ? 'message' : 'messages'}`;
    const match = matching === undefined ? '' : `, ${countText(matching)} match`;
    return `${clockText(rangeOf(histogram, cursor, cursor).from)}: ${messages}${match}`;
  }

  private readonly refresh = (): void => {
    const isQuiet = this.loaded === this.stamp || document.visibilityState === 'hidden';
    // What is being selected must not move under the pointer.
    if (isQuiet || this.loading || this.waiting !== undefined || this.dragging) return;
    void this.fetch();
  };

  private async fetch(): Promise<void> {
    this.loading = true;
    this.loaded = this.stamp;
    const buckets = Math.max(10, Math.min(Math.floor(this.clientWidth / pixelsPerBucket), 200));
    try {
      this.histogram = await this.load(buckets);
      // Buckets mean other times now.
      if (!this.dragging) this.anchor = undefined;
      this.problem = '';
    } catch (thrown) {
      this.problem = asFailure(thrown).message;
    } finally {
      this.loading = false;
    }
    if (!this.isConnected) return;
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      this.refresh();
    }, pauseMs);
  }

  private bucketUnder(event: PointerEvent): number | undefined {
    const { histogram } = this;
    if (!histogram || histogram.counts.length === 0) return undefined;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return bucketAt(histogram, (event.clientX - box.left) / box.width);
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.cursor = this.anchor = this.bucketUnder(event);
    this.dragging = this.anchor !== undefined;
  };

  private readonly onPointerMove = (event: PointerEvent): void => {
    this.cursor = this.bucketUnder(event);
  };

  private readonly onPointerUp = (): void => {
    if (!this.dragging) return;
    this.dragging = false;
    if (this.anchor !== undefined && this.cursor !== undefined && this.histogram)
      this.select(rangeOf(this.histogram, this.anchor, this.cursor));
    this.anchor = undefined;
    this.refresh();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { histogram } = this;
    if (!histogram || histogram.counts.length === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.anchor = undefined;
      this.select(undefined);
    } else {
      const last = histogram.counts.length - 1;
      const here = this.cursor ?? last;
      const goal = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last, Enter: here }[event.key];
      if (goal === undefined) return;
      const isRange = event.shiftKey || event.key === 'Enter';
      this.anchor = isRange ? (this.anchor ?? here) : undefined;
      this.cursor = Math.max(0, Math.min(goal, last));
      if (this.anchor !== undefined) this.select(rangeOf(histogram, this.anchor, this.cursor));
    }
    event.preventDefault();
    event.stopPropagation();
  };

  private select(range: TimeRange | undefined): void {
    this.dispatchEvent(new CustomEvent('filter-range', { detail: range }));
  }
}
