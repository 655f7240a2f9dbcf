import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { visibleText } from '../../src/core/message/visibleText';
import type { KeptFilters } from '../../src/protocol/messagesPanel';
import type { FilterState, TimeRange } from '../../src/protocol/view';
import '../shared/menuButton';
import type { MenuEntry } from '../shared/popupMenu';
import { clockText } from '../shared/words';
import type { Complete, FilterInput } from './filterInput';
import './filterInput';

/** What the user wants with a filter that is kept. */
export type KeepWish =
  | { readonly kind: 'keep'; readonly text: string; readonly list: 'saved' | 'recent' }
  | { readonly kind: 'forget'; readonly text: string };

/** A menu of twenty long filters must still fit a screen. */
const longestLabel = 80;

/**
 * The filter's text, its range of time, and the filters kept for later. Fires `filter-text` (string), `filter-range`
 * (TimeRange or undefined), `filter-apply` (at once), `filter-keep` (KeepWish), `filter-leave` and `filters-open`.
 */
@customElement('filter-bar')
export class FilterBar extends LitElement {
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) range: TimeRange | undefined;
  /** What the view says of the filter; its problem counts only for the text that is typed now. */
  @property({ attribute: false }) filter: FilterState | undefined;
  @property({ attribute: false }) kept: KeptFilters = { saved: [], recent: [] };
  @property({ attribute: false }) complete: Complete | undefined;
  @query('filter-input') private input!: FilterInput;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override focus(): void {
    this.input.focus();
  }

  protected override render(): TemplateResult {
    const problem = this.filter?.text === this.text ? this.filter.problem : undefined;
    return html`<div class="filter-line" role="search">
        <filter-input
          .text=${this.text}
          .problem=${problem}
          .complete=${this.complete}
          @filter-text=${(event: CustomEvent<string>) => {
            this.emit('filter-text', event.detail);
          }}
          @filter-commit=${(event: CustomEvent<string>) => {
            this.emit('filter-apply', undefined);
            this.keep({ kind: 'keep', text: event.detail, list: 'recent' });
          }}
          @filter-leave=${() => {
            this.emit('filter-leave', undefined);
          }}
        ></filter-input>
        ${
          this.text === ''
            ? nothing
            : html`<button
                class="plain icon icon-close"
                title="Remove the Filter"
                aria-label="Remove the Filter"
                @click=${() => {
                  this.put('');
                  this.input.focus();
                }}
              ></button>`
        }
        ${this.range ? this.chip(this.range) : nothing}
        <menu-button
          label="Saved and Recent Filters"
          icon="history"
          .entries=${this.menu()}
          @menu-opens=${() => {
            this.emit('filters-open', undefined);
          }}
        ></menu-button>
      </div>
      <p class="filter-problem" id="filter-problem" role="status">
        ${problem ? html`<span class="icon icon-error" aria-hidden="true"></span> ${visibleText(problem.message)}` : nothing}
      </p>`;
  }

  private chip({ from, to }: TimeRange): TemplateResult {
    const words = `${clockText(from)} to ${clockText(to)}`;
    return html`<span class="chip"
      >${words}<button
        class="plain icon icon-close"
        title="Show all times again"
        aria-label="Remove the range ${words}"
        @click=${() => {
          this.emit('filter-range', undefined);
        }}
      ></button
    ></span>`;
  }

  private menu(): readonly MenuEntry[] {
    const { text } = this;
    const { saved, recent } = this.kept;
    const isEmpty = text.trim() === '';
    const isSaved = saved.includes(text);
    const list = (title: string, texts: readonly string[]): MenuEntry[] =>
      texts.length === 0 ? [] : ['', title, ...texts.map((each) => this.choice(each))];
    return [
      {
        label: 'Save This Filter',
        disabled: isEmpty || isSaved,
        run: () => {
          this.keep({ kind: 'keep', text, list: 'saved' });
        },
      },
      {
        label: 'Forget This Filter',
        disabled: !isSaved && !recent.includes(text),
        run: () => {
          this.keep({ kind: 'forget', text });
        },
      },
      ...list('Saved', saved),
      ...list('Recent', recent),
    ];
  }

  private choice(text: string): MenuEntry {
    const label = visibleText(text);
    return {
      label: label.length > longestLabel ? `${label.slice(0, longestLabel)}...` : label,
      run: () => {
        this.put(text);
        this.keep({ kind: 'keep', text, list: 'recent' });
      },
    };
  }

  private put(text: string): void {
    this.emit('filter-text', text);
    this.emit('filter-apply', undefined);
  }

  private keep(wish: KeepWish): void {
    if (wish.text.trim() !== '') this.emit('filter-keep', wish);
  }

  private emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
