import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ViewState } from '../../src/protocol/view';
import { contentHeight, lastTopRow, rowHeight, scrollTopFor, topRow } from './rowGeometry';
import type { RowFeed, RowRange } from './rowFeed';
import { headerTemplate, rowTemplate } from './rowTemplate';

/** Rows above and below the screen that are drawn too, so that scrolling meets rows and not gaps. */
const overscan = 8;

/**
 * The virtual table: only what is on the screen is in the document. It keeps its place by sequence number, so that
 * a rolling buffer does not move what is being read. Fires `row-open`, `row-active`, `row-close` and `follow`.
 */
@customElement('message-table')
export class MessageTable extends LitElement {
  @property({ attribute: false }) view!: ViewState;
  @property({ attribute: false }) feed!: RowFeed;
  @property({ attribute: false }) following = true;
  /** The row under the keyboard. */
  @property({ attribute: false }) active: number | undefined;
  /** What an empty table waits for, or why nothing can come. */
  @property({ attribute: false }) emptyText = '';

  @query('.scroller') private scroller!: HTMLElement;
  @query('.spacer') private spacer!: HTMLElement;
  @query('.layer') private layer!: HTMLElement;

  /** Sequence number at the top edge, with the fraction that is scrolled away. */
  private top = 1;
  /** The end that is shown: it follows the view's end when the rows are here, so that following never flashes empty. */
  private end = 1;
  /** While following: the end whose rows are on their way. */
  private asked = 1;
  private viewport = 400;
  /** Where we scrolled to ourselves; a scroll event that says the same is no one's wish. */
  private ownScroll = 0;
  private shownView = '';
  private readonly resized = new ResizeObserver(() => {
    this.requestUpdate();
  });

  /** Light DOM: one style sheet for the panel, and ids that ARIA can refer to. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.scroller);
    this.measure();
    this.requestUpdate();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.measure();
    const { firstRow, nextRow, viewId } = this.view;
    if (viewId !== this.shownView || this.end > nextRow) {
      this.shownView = viewId;
      this.end = firstRow;
      this.top = firstRow;
      this.asked = firstRow;
    }
    this.end = Math.max(firstRow, this.following ? this.reachedEnd() : nextRow);
    const last = firstRow + lastTopRow(this.geometry());
    this.top = this.following ? last : Math.max(firstRow, Math.min(this.top, last));
    if (!this.following) this.feed.want(this.drawn());
  }

  protected override render(): TemplateResult {
    const { firstRow } = this.view;
    const { from, to } = this.drawn();
    const seqs = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
    const activeRow =
      this.active !== undefined && this.active >= from && this.active < to ? this.active : undefined;
    return html`<div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label="Messages"
        aria-rowcount=${this.geometry().rows + 1}
        aria-colcount="8"
        aria-activedescendant=${activeRow === undefined ? nothing : `row-${activeRow}`}
        @scroll=${this.onScroll}
        @keydown=${this.onKey}
        @click=${this.onClick}
      >
        <div role="rowgroup" class="head">${headerTemplate()}</div>
        <div role="rowgroup" class="spacer">
          <div role="presentation" class="layer">
            ${seqs.map((seq) =>
              rowTemplate(this.feed.row(seq), this.feed.isGone(seq), {
                seq,
                index: seq - firstRow + 2,
                isActive: seq === this.active,
              }),
            )}
          </div>
        </div>
      </div>
      ${this.geometry().rows === 0 ? html`<div class="nothing-yet">${this.emptyText}</div>` : nothing}`;
  }

  protected override updated(): void {
    const geometry = this.geometry();
    this.spacer.style.height = `${contentHeight(geometry)}px`;
    const scrollTop = scrollTopFor(geometry, this.top - this.view.firstRow);
    if (Math.abs(this.scroller.scrollTop - scrollTop) >= 1) this.scroller.scrollTop = scrollTop;
    this.ownScroll = this.scroller.scrollTop;
    this.layer.style.transform = `translateY(${this.ownScroll - (this.top - this.drawn().from) * rowHeight}px)`;
  }

  private measure(): void {
    if (!this.hasUpdated) return;
    const head = this.scroller.firstElementChild?.clientHeight ?? rowHeight;
    this.viewport = Math.max(rowHeight, this.scroller.clientHeight - head);
  }

  /**
   * The end that can be shown without gaps. Under a flood the view's end is gone again before its rows arrive, so the
   * end that was asked for counts, and the next is asked for when it has come.
   */
  private reachedEnd(): number {
    const { nextRow } = this.view;
    if (this.feed.has(this.windowBelow(nextRow))) return nextRow;
    const arrived = this.feed.has(this.windowBelow(this.asked)) ? this.asked : this.end;
    if (arrived === this.asked) this.asked = nextRow;
    this.feed.want(this.windowBelow(this.asked));
    return arrived;
  }

  private geometry(): { rows: number; viewport: number } {
    return { rows: Math.max(0, this.end - this.view.firstRow), viewport: this.viewport };
  }

  private drawn(): RowRange {
    const visible = Math.ceil(this.viewport / rowHeight) + 1;
    const from = Math.max(this.view.firstRow, Math.floor(this.top) - overscan);
    return { from, to: Math.min(this.end, Math.floor(this.top) + visible + overscan) };
  }

  private windowBelow(end: number): RowRange {
    const visible = Math.ceil(this.viewport / rowHeight) + 1;
    return { from: Math.max(this.view.firstRow, end - visible - overscan), to: end };
  }

  private readonly onScroll = (): void => {
    if (Math.abs(this.scroller.scrollTop - this.ownScroll) < 1) return;
    const shrunk = this.viewport !== this.scroller.clientHeight - rowHeight;
    this.ownScroll = this.scroller.scrollTop;
    // A pane that changed its height makes the browser scroll; that is nobody's wish to stop following.
    if (!this.following || !shrunk) {
      this.top = this.view.firstRow + topRow(this.geometry(), this.scroller.scrollTop);
      this.follow(false);
    }
    this.requestUpdate();
  };

  private readonly onClick = (event: Event): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-seq]') : null;
    if (!row) return;
    this.activate(Number(row.dataset['seq']));
    this.emit('row-open', this.active);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.viewport / rowHeight) - 1);
    const last = this.end - 1;
    const { firstRow } = this.view;
    const here = this.active ?? Math.min(last, Math.ceil(this.top)) - 1;
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: here + 1,
      ArrowUp: this.active === undefined ? last : here - 1,
      PageDown: here + page,
      PageUp: here - page,
      Home: firstRow,
      End: last,
    };
    const goal = goals[event.key];
    if (goal !== undefined && last >= firstRow) {
      this.activate(Math.max(firstRow, Math.min(goal, last)));
      if (event.key === 'End') this.follow(true);
    } else if (event.key === 'Enter' && this.active !== undefined) this.emit('row-open', this.active);
    else if (event.key === 'Escape') this.emit('row-close', undefined);
    else return;
    event.preventDefault();
  };

  private activate(seq: number): void {
    this.follow(false);
    this.active = seq;
    if (seq < this.top) this.top = seq;
    else this.top = Math.max(this.top, seq + 1 - this.viewport / rowHeight);
    this.emit('row-active', seq);
  }

  private follow(following: boolean): void {
    if (this.following === following) return;
    this.following = following;
    this.emit('follow', following);
  }

  private emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
