import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { MessageRow, Row } from '../../src/core/message/row';
import type { ViewState } from '../../src/protocol/view';
import type { MenuPlace } from '../shared/popupMenu';
import type { WidthWish } from './columnHeader';
import './columnHeader';
import type { ShownColumn } from './columns';
import { fittingColumns, gridTracks } from './columns';
import type { Reading } from './readingSearch';
import { ReadingSearch } from './readingSearch';
import { contentHeight, lastTopRow, rowHeight, scrollTopFor, topRow } from './rowGeometry';
import type { RowFeed, RowRange } from './rowFeed';
import { rowTemplate } from './rowTemplate';
import { placeForKey } from './tableKeys';

/** Rows above and below the screen that are drawn too, so that scrolling meets rows and not gaps. */
const overscan = 8;

/** Where a menu is wanted, and for which message; without one, for the columns. */
export interface TableMenuWish {
  readonly row?: MessageRow;
  readonly at: MenuPlace;
}

/**
 * The virtual table: only what is on the screen is in the document. It stands at a place, so that neither a rolling
 * buffer nor matches found further back move what is being read; when places change their meaning (another filter), it
 * finds the row again by its number. Fires `row-active` (Row), `row-open` (MessageRow), `row-close`, `follow`
 * (boolean), `reading` (Reading), `table-menu` (TableMenuWish) and `column-width` (WidthWish).
 */
@customElement('message-table')
export class MessageTable extends LitElement {
  @property({ attribute: false }) view!: ViewState;
  @property({ attribute: false }) feed!: RowFeed;
  @property({ attribute: false }) following = true;
  /** Sequence number of the row under the keyboard. */
  @property({ attribute: false }) active: number | undefined;
  /** Where a new view begins, when it is not followed. */
  @property({ attribute: false }) startAt: Reading | undefined;
  @property({ attribute: false }) columns: readonly ShownColumn[] = [];
  /** What an empty table waits for, or why nothing can come. */
  @property({ attribute: false }) emptyText = '';

  @query('.scroller') private scroller!: HTMLElement;
  @query('.spacer') private spacer!: HTMLElement;
  @query('.layer') private layer!: HTMLElement;

  /** Place at the top edge, with the fraction that is scrolled away. */
  private top = 1;
  /** The end that is shown: it follows the view's end when the rows are here, so that following never flashes empty. */
  private end = 1;
  /** While following: the end whose rows are on their way. */
  private asked = 1;
  private viewport = 400;
  private width = 800;
  /** Where we scrolled to ourselves; a scroll event that says the same is no one's wish. */
  private ownScroll = 0;
  private shownView = '';
  private shownGeneration = 0;
  private activePlace: number | undefined;
  private read: Reading | undefined;
  private readonly search = new ReadingSearch(
    (top) => {
      this.top = top;
    },
    () => {
      this.requestUpdate();
    },
  );
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
    this.requestUpdate();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.measure();
    const { firstRow, nextRow, viewId, generation } = this.view;
    if (viewId !== this.shownView || generation !== this.shownGeneration || this.end > nextRow) {
      const isNew = viewId !== this.shownView;
      if (isNew) this.read = this.startAt;
      if (isNew || this.following) this.search.end();
      if (!this.following) this.search.want(this.read);
      this.shownView = viewId;
      this.shownGeneration = generation;
      this.activePlace = undefined;
      this.end = this.top = this.asked = firstRow;
    }
    this.end = Math.max(firstRow, this.following ? this.reachedEnd() : nextRow);
    this.search.advance(() => this.view, this.feed);
    const last = firstRow + lastTopRow(this.geometry());
    this.top = this.following || this.search.isOn ? last : Math.max(firstRow, Math.min(this.top, last));
    if (!this.following) this.feed.want(this.drawn());
    this.activePlace ??= this.drawnPlace(({ seq }) => seq === this.active);
  }

  protected override render(): TemplateResult {
    const { firstRow } = this.view;
    const shown = fittingColumns(this.columns, this.width);
    const { from, to } = this.drawn();
    const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
    const active = this.activePlace;
    return html`<div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label="Messages"
        aria-rowcount=${this.geometry().rows + 1}
        aria-colcount=${shown.length}
        aria-activedescendant=${active !== undefined && active >= from && active < to ? `row-${active}` : nothing}
        @scroll=${this.onScroll}
        @keydown=${this.onKey}
        @click=${this.onClick}
        @contextmenu=${this.onMenu}
      >
        <div role="rowgroup" class="head">
          <column-header
            .columns=${shown}
            @column-width=${(event: CustomEvent<WidthWish>) => {
              this.emit('column-width', event.detail);
            }}
          ></column-header>
        </div>
        <div role="rowgroup" class="spacer">
          <div role="presentation" class="layer">
            ${places.map((place) =>
              rowTemplate(
                this.feed.row(place),
                this.feed.isGone(place),
                { place, index: place - firstRow + 2, isActive: place === active },
                shown,
              ),
            )}
          </div>
        </div>
      </div>
      ${this.geometry().rows === 0 ? html`<div class="nothing-yet">${this.emptyText}</div>` : nothing}`;
  }

  protected override updated(): void {
    const geometry = this.geometry();
    const tracks = gridTracks(fittingColumns(this.columns, this.width));
    this.scroller.style.setProperty('--columns', tracks);
    this.spacer.style.height = `${contentHeight(geometry)}px`;
    const scrollTop = scrollTopFor(geometry, this.top - this.view.firstRow);
    if (Math.abs(this.scroller.scrollTop - scrollTop) >= 1) this.scroller.scrollTop = scrollTop;
    this.ownScroll = this.scroller.scrollTop;
    this.layer.style.transform = `translateY(${this.ownScroll - (this.top - this.drawn().from) * rowHeight}px)`;
    this.announce();
    this.noteReading();
  }

  private measure(): void {
    if (!this.hasUpdated) return;
    const head = this.scroller.firstElementChild?.clientHeight ?? rowHeight;
    this.viewport = Math.max(rowHeight, this.scroller.clientHeight - head);
    this.width = this.scroller.clientWidth;
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

  private drawnPlace(wanted: (row: Row) => boolean, { from, to } = this.drawn()): number | undefined {
    for (let place = from; place < to; place++) {
      const row = this.feed.row(place);
      if (row && wanted(row)) return place;
    }
    return undefined;
  }

  /** Says which row is active, when it is known: under a filter the place does not tell. */
  private announce(): void {
    const row = this.activePlace === undefined ? undefined : this.feed.row(this.activePlace);
    if (!row || row.seq === this.active) return;
    this.active = row.seq;
    this.emit('row-active', row);
  }

  /** What to find again when places change: the active row while it is on the screen, else the first one there. */
  private noteReading(): void {
    if (this.following || this.search.isOn) return;
    const first = Math.ceil(this.top);
    const to = Math.min(this.end, Math.floor(this.top + this.viewport / rowHeight));
    const isSeen = this.activePlace !== undefined && this.activePlace >= first && this.activePlace < to;
    const place = isSeen ? this.activePlace : this.drawnPlace(() => true, { from: first, to });
    const row = place === undefined ? undefined : this.feed.row(place);
    if (!row || place === undefined) return;
    const offset = place - this.top;
    if (this.read?.seq === row.seq && this.read.offset === offset) return;
    this.read = { seq: row.seq, offset };
    this.emit('reading', this.read);
  }

  private readonly onScroll = (): void => {
    if (Math.abs(this.scroller.scrollTop - this.ownScroll) < 1) return;
    const shrunk = this.viewport !== this.scroller.clientHeight - rowHeight;
    this.ownScroll = this.scroller.scrollTop;
    // A pane that changed its height makes the browser scroll; that is nobody's wish to stop following.
    if (!this.following || !shrunk) {
      this.search.end();
      this.top = this.view.firstRow + topRow(this.geometry(), this.scroller.scrollTop);
      this.follow(false);
    }
    this.requestUpdate();
  };

  private rowUnder(event: Event): number | undefined {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]') : null;
    return row ? Number(row.dataset['place']) : undefined;
  }

  private readonly onClick = (event: Event): void => {
    const place = this.rowUnder(event);
    if (place === undefined) return;
    this.activate(place);
    this.open();
  };

  private readonly onMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const target = event.target instanceof Element ? event.target : this.scroller;
    const inHeader = target.closest('column-header') !== null;
    const place = this.rowUnder(event) ?? this.activePlace;
    const { clientX: left, clientY: top } = event;
    const byKey = event.button !== 2;
    const isInRow = place !== undefined && !inHeader;
    if (isInRow) this.activate(place);
    const row = isInRow ? this.feed.row(place) : undefined;
    if (isInRow && row?.kind !== 'message') return;
    const box = isInRow ? this.querySelector(`#row-${place}`) : target.closest('[role=columnheader]');
    const pointer = { left, right: left, top, bottom: top };
    const wish: TableMenuWish = {
      at: byKey && box ? box.getBoundingClientRect() : pointer,
      ...(row?.kind === 'message' && { row }),
    };
    this.emit('table-menu', wish);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== this.scroller) return;
    const goal = placeForKey(event.key, {
      first: this.view.firstRow,
      last: this.end - 1,
      active: this.activePlace,
      top: Math.ceil(this.top),
      page: Math.max(1, Math.floor(this.viewport / rowHeight) - 1),
    });
    if (goal !== undefined) {
      this.activate(goal);
      if (event.key === 'End') this.follow(true);
    } else if (event.key === 'Enter') this.open();
    else if (event.key === 'Escape') this.emit('row-close', undefined);
    else return;
    event.preventDefault();
  };

  private activate(place: number): void {
    this.follow(false);
    this.search.end();
    this.activePlace = place;
    if (place < this.top) this.top = place;
    else this.top = Math.max(this.top, place + 1 - this.viewport / rowHeight);
    this.announce();
    this.requestUpdate();
  }

  private open(): void {
    const row = this.activePlace === undefined ? undefined : this.feed.row(this.activePlace);
    if (row?.kind === 'message') this.emit('row-open', row);
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
