import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { KeptFilters, MessagesPanelContract } from '../../src/protocol/messagesPanel';
import type { TimeRange, ViewState } from '../../src/protocol/view';
import { browserClock } from '../shared/browserClock';
import type { PanelContext } from '../shared/startPanel';
import type { ShownColumn } from './columns';
import { countsTemplate } from './countsTemplate';
import type { FilterBar, KeepWish } from './filterBar';
import './filterBar';
import { FilterControl } from './filterControl';
import { narrowedFilter } from './filterText';
import './timeHistogram';
import type { ToolbarActions } from './toolbarTemplate';
import { tailButtons, viewButtons } from './toolbarTemplate';

/** Above the table: buttons, filter, counts and the histogram. Fires `filter-leave` when Escape leaves the filter. */
@customElement('view-tools')
export class ViewTools extends LitElement {
  @property({ attribute: false }) view!: ViewState;
  @property({ attribute: false }) following = true;
  @property({ attribute: false }) columns: readonly ShownColumn[] = [];
  @state() private kept: KeptFilters = { saved: [], recent: [] };
  @state() private histogramOpen: boolean;
  @query('filter-bar') private filterBar!: FilterBar;
  private readonly filter: FilterControl;

  constructor(
    private readonly context: PanelContext<MessagesPanelContract>,
    private readonly actions: ToolbarActions,
  ) {
    super();
    const { host, memory, complain } = context;
    this.histogramOpen = memory.value('histogramOpen') === true;
    this.filter = new FilterControl(
      {
        send: (filter, signal) => host.request('setFilter', filter, signal),
        recall: () => memory.value('filter'),
        remember: (filter) => {
          memory.set({ filter });
        },
        changed: () => {
          this.requestUpdate();
        },
        complain,
      },
      browserClock,
    );
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onShortcut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onShortcut);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.filter.adopt(this.view);
  }

  protected override render(): TemplateResult {
    const { view, filter } = this;
    return html`<div class="toolbar">
        ${tailButtons(view, this.following, this.actions)}
        <filter-bar
          .text=${filter.text}
          .range=${filter.range}
          .filter=${view.filter}
          .kept=${this.kept}
          .complete=${this.complete}
          @filter-text=${(event: CustomEvent<string>) => {
            filter.type(event.detail);
          }}
          @filter-apply=${() => {
            filter.apply();
          }}
          @filter-range=${this.onRange}
          @filter-keep=${(event: CustomEvent<KeepWish>) => {
            this.keep(event.detail);
          }}
          @filters-open=${() => {
            this.take(this.context.host.request('filters', undefined));
          }}
          @filter-leave=${() => this.dispatchEvent(new CustomEvent('filter-leave'))}
        ></filter-bar>
        ${viewButtons(view, this.columns, this.actions)}
      </div>
      ${countsTemplate(view, { isOpen: this.histogramOpen, toggle: this.toggleHistogram })}
      ${
        this.histogramOpen
          ? html`<time-histogram
              .range=${filter.range}
              .stamp=${histogramStamp(view)}
              .load=${this.loadHistogram}
              @filter-range=${this.onRange}
            ></time-histogram>`
          : nothing
      }`;
  }

  /** Shows only messages with this value, of those that are shown now. */
  narrow(field: 'key' | 'exchange', value: string): void {
    const text = narrowedFilter(this.filter.text, field, value);
    this.filter.type(text);
    this.filter.apply();
    this.keep({ kind: 'keep', text, list: 'recent' });
  }

  private readonly complete = (text: string, caret: number, signal: AbortSignal) =>
    this.context.host.request('completeFilter', { text, caret }, signal);

  private readonly loadHistogram = (buckets: number) => this.context.host.request('histogram', { buckets });

  private readonly toggleHistogram = (): void => {
    this.histogramOpen = !this.histogramOpen;
    this.context.memory.set({ histogramOpen: this.histogramOpen });
  };

  private readonly onRange = (event: CustomEvent<TimeRange | undefined>): void => {
    this.filter.select(event.detail);
  };

  private keep(wish: KeepWish): void {
    const { host } = this.context;
    const { text } = wish;
    this.take(
      wish.kind === 'keep'
        ? host.request('keepFilter', { text, list: wish.list })
        : host.request('forgetFilter', { text }),
    );
  }

  private take(asked: Promise<KeptFilters>): void {
    asked.then((kept) => {
      this.kept = kept;
    }, this.context.complain);
  }

  /** Ctrl+F and / lead to the filter. VS Code must not get the key too. */
  private readonly onShortcut = (event: KeyboardEvent): void => {
    const isFind = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const [target] = event.composedPath();
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!isFind && (!isSlash || isTyping)) return;
    event.preventDefault();
    event.stopPropagation();
    this.filterBar.focus();
  };
}

/** Another text when the histogram would be another. */
function histogramStamp({ viewId, generation, received, filter }: ViewState): string {
  return [viewId, generation, received, filter?.matched, filter?.scanned].join(' ');
}
