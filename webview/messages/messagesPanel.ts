import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { MessageRow } from '../../src/core/message/row';
import { visibleText } from '../../src/core/message/visibleText';
import type { PlanPeekParams, StartPeekParams } from '../../src/protocol/brokerContract';
import type { MessagesPanelContract, MessagesPanelState } from '../../src/protocol/messagesPanel';
import type { ViewState } from '../../src/protocol/view';
import { browserClock } from '../shared/browserClock';
import type { PopupMenu } from '../shared/popupMenu';
import '../shared/popupMenu';
import type { PanelContext } from '../shared/startPanel';
import { bannerTemplate } from './bannerTemplate';
import type { DecodeMessage } from './bodyPane';
import type { WidthWish } from './columnHeader';
import { chosenColumns, keptColumns, withColumn, withWidth } from './columns';
import type { ShownColumn } from './columns';
import './detailPane';
import './messageTable';
import type { MessageTable, TableMenuWish } from './messageTable';
import { compareEntries, copyEntries, messageEntries } from './messageActions';
import { OpenMessage } from './openMessage';
import type { Send } from './panelActions';
import { panelActions } from './panelActions';
import { boundedShare } from './paneSplitter';
import './peekBox';
import type { Reading } from './readingSearch';
import { RowFeed } from './rowFeed';
import { statusTemplate } from './statusTemplate';
import { emptyWords, statusWords } from './statusWords';
import { columnEntries, hasTools } from './toolbarTemplate';
import { ViewMemory } from './viewMemory';
import { ViewTools } from './viewTools';

/** Where the message stands beside the table and not below it. */
const wide = '(min-width: 1100px)';

/** Tail and peek: banner, tools, table and the message that is open. Holds the host's last snapshot and draws it. */
@customElement('messages-panel')
export class MessagesPanel extends LitElement {
  @state() private panel: MessagesPanelState | undefined;
  @state() private following = true;
  @state() private active: number | undefined;
  @state() private otherWaysOpen: boolean | undefined;
  @state() private share: number;
  @state() private columns: readonly ShownColumn[] = chosenColumns([]);
  /** The message selected for compare. */
  @state() private marked: number | undefined;
  /** What the menu at the pointer is about: a message, or the columns. */
  @state() private menuFor: MessageRow | 'columns' = 'columns';
  @query('message-table') private table!: MessageTable | null;
  @query('popup-menu.context') private menu!: PopupMenu | null;
  @query('.work') private work!: HTMLElement | null;

  private reading: Reading | undefined;
  private startAt: Reading | undefined;
  private readonly feed: RowFeed;
  private readonly opened: OpenMessage;
  private readonly places: ViewMemory;
  private readonly tools: ViewTools;
  private readonly wide = window.matchMedia(wide);

  constructor(private readonly context: PanelContext<MessagesPanelContract>) {
    super();
    const { host, memory, complain } = context;
    const changed = (): void => {
      this.requestUpdate();
    };
    this.share = boundedShare(memory.number('detailShare') ?? 0.45);
    this.places = new ViewMemory(memory, browserClock);
    this.feed = new RowFeed(
      (from, count) => host.request('rows', { from, count }),
      () => this.table?.requestUpdate(),
      complain,
    );
    this.opened = new OpenMessage((seq, signal) => host.request('message', { seq }, signal), changed);
    this.tools = new ViewTools(context, this.actions);
    this.tools.addEventListener('filter-leave', this.focusTable);
    host.on('changed')((panel) => {
      this.take(panel);
    });
    this.wide.addEventListener('change', changed);
    void this.load();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(_changed: PropertyValues): void {
    this.work?.style.setProperty('--detail-share', `${(this.share * 100).toFixed(1)}%`);
    this.rememberPlace();
  }

  protected override render(): TemplateResult {
    const { panel } = this;
    if (!panel) return html`<p class="loading"><vscode-progress-ring></vscode-progress-ring></p>`;
    const { view } = panel;
    return html`<header class="title">
        <h1>${visibleText(panel.source)}</h1>
        <span class="dim">${panel.kind}</span>
        <span class="dim connection">${visibleText(panel.connection)}</span>
      </header>
      ${view ? this.head(view) : nothing}
      ${statusTemplate(statusWords(panel), () => {
        this.send('restart', undefined);
      })}
      ${view ? this.body(view) : nothing}
      <popup-menu
        class="context"
        label=${this.menuFor === 'columns' ? 'Columns' : 'Message'}
        .entries=${
          this.menuFor === 'columns'
            ? columnEntries(this.columns, this.actions)
            : messageEntries(this.menuFor, this.marked, this.actions)
        }
      ></popup-menu>`;
  }

  private head(view: ViewState): TemplateResult {
    const isStuck = view.status.kind === 'nothingToMirror';
    const isOpen = this.otherWaysOpen ?? isStuck;
    return html`${bannerTemplate(view.banner, {
      isOpen,
      toggle: () => {
        this.otherWaysOpen = !isOpen;
      },
      peekInstead: () => {
        this.send('peekInstead', undefined);
      },
      watchInstead: (source) => {
        this.send('watchInstead', { source });
      },
      watchFrom: () => {
        this.send('watchFrom', undefined);
      },
      tailBinding: (exchange, routingKey) => {
        this.send('tailBinding', { exchange, routingKey });
      },
    })}
    ${
      view.peek
        ? html`<peek-box
            .peek=${view.peek}
            .status=${view.status}
            @start-peek=${({ detail }: CustomEvent<StartPeekParams>) => {
              this.send('startPeek', detail);
            }}
            @plan-peek=${({ detail }: CustomEvent<PlanPeekParams>) => {
              this.send('planPeek', detail);
            }}
            @peek-from=${({ detail }: CustomEvent<number>) => {
              this.send('peekFrom', { count: detail });
            }}
          ></peek-box>`
        : nothing
    }
    ${hasTools(view) ? this.viewTools(view) : nothing}`;
  }

  /** One element for the life of the panel: what was typed outlives the view. */
  private viewTools(view: ViewState): ViewTools {
    const { tools } = this;
    tools.view = view;
    tools.following = this.following;
    tools.columns = this.columns;
    return tools;
  }

  private body(view: ViewState): TemplateResult {
    const isOpen = this.opened.seq !== undefined;
    const upright = this.wide.matches;
    return html`<div
      class="work ${upright ? 'beside' : 'below'} ${isOpen ? 'split' : ''}"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') this.closeDetail();
      }}
    >
      <message-table
        .view=${view}
        .feed=${this.feed}
        .following=${this.following}
        .active=${this.active}
        .startAt=${this.startAt}
        .columns=${this.columns}
        .emptyText=${emptyWords(view)}
        @follow=${(event: CustomEvent<boolean>) => {
          this.following = event.detail;
        }}
        @row-active=${(event: CustomEvent<{ seq: number; kind: string }>) => {
          this.active = event.detail.seq;
          if (isOpen && event.detail.kind === 'message') this.opened.show(event.detail.seq);
        }}
        @row-open=${(event: CustomEvent<{ seq: number }>) => {
          this.opened.show(event.detail.seq);
        }}
        @row-close=${this.closeDetail}
        @reading=${(event: CustomEvent<Reading>) => {
          this.reading = event.detail;
          this.rememberPlace();
        }}
        @table-menu=${(event: CustomEvent<TableMenuWish>) => {
          void this.openMenu(event.detail);
        }}
        @column-width=${(event: CustomEvent<WidthWish>) => {
          const { name, width, done } = event.detail;
          this.arrange(withWidth(this.columns, name, width), done);
        }}
      ></message-table>
      ${this.opened.seq === undefined ? nothing : this.detailPane(this.opened.seq, upright)}
    </div>`;
  }

  private detailPane(seq: number, upright: boolean): TemplateResult {
    return html`<pane-splitter
        .share=${this.share}
        .upright=${upright}
        @share=${(event: CustomEvent<number>) => {
          this.share = event.detail;
          this.context.memory.set({ detailShare: event.detail });
        }}
      ></pane-splitter>
      <detail-pane
        role="region"
        aria-label="Message"
        .detail=${this.opened.detail}
        .problem=${this.opened.problem}
        .decode=${this.decode}
        .copyEntries=${copyEntries(seq, this.actions)}
        .compareEntries=${compareEntries(seq, this.marked, this.actions)}
        @close-detail=${this.closeDetail}
        @open-in-editor=${() => {
          this.actions.openInEditor(seq);
        }}
        @publish-again=${() => {
          this.actions.publishAgain(seq);
        }}
      ></detail-pane>`;
  }

  private async load(): Promise<void> {
    const { host, complain } = this.context;
    host.request('columns', undefined).then((kept) => {
      this.columns = chosenColumns(kept);
    }, complain);
    await host.request('ready', undefined).then((panel) => {
      this.take(panel);
    }, complain);
  }

  private take(panel: MessagesPanelState): void {
    const before = this.panel?.view;
    const { view } = panel;
    if (view?.viewId !== before?.viewId) {
      this.feed.reset();
      this.otherWaysOpen = undefined;
      this.marked = undefined;
      if (view) this.comeBack(view, panel.kind === 'tail');
      else this.closeDetail();
    } else if (view?.generation !== before?.generation) this.feed.reset();
    this.panel = panel;
    this.context.memory.set({ revive: panel.revive });
  }

  /** To where the reader was in this view before the panel was hidden, or to the beginning of a new one. */
  private comeBack(view: ViewState, isTail: boolean): void {
    const place = this.panel?.view ? undefined : this.places.recall(view.viewId);
    this.following = place?.following ?? isTail;
    this.active = place?.active;
    this.reading = this.startAt = place?.reading;
    if (place?.open === undefined) this.closeDetail();
    else this.opened.show(place.open);
  }

  private rememberPlace(): void {
    const viewId = this.panel?.view?.viewId;
    if (viewId === undefined) return;
    const { following, active, reading } = this;
    const open = this.opened.seq;
    this.places.remember(viewId, {
      following,
      ...(reading && !following && { reading }),
      ...(active !== undefined && { active }),
      ...(open !== undefined && { open }),
    });
  }

  private readonly decode: DecodeMessage = (seq, decoder, signal) =>
    this.context.host.request('decode', { seq, ...(decoder !== undefined && { decoder }) }, signal);

  private readonly closeDetail = (): void => {
    if (this.opened.seq === undefined) return;
    this.opened.close();
    this.focusTable();
  };

  private readonly focusTable = (): void => {
    this.table?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };

  private async openMenu({ row, at }: TableMenuWish): Promise<void> {
    this.menuFor = row ?? 'columns';
    await this.updateComplete;
    const back = document.activeElement;
    await this.menu?.open(at, back instanceof HTMLElement && back !== document.body ? back : this);
  }

  private arrange(columns: readonly ShownColumn[], keep: boolean): void {
    this.columns = columns;
    if (keep) this.send('keepColumns', { columns: keptColumns(columns) });
  }

  private readonly send: Send = (name, params) => {
    this.context.host.request(name, params).catch(this.context.complain);
  };

  private readonly actions = panelActions(this.send, {
    follow: (following) => {
      this.following = following;
    },
    showColumn: (name, shown) => {
      this.arrange(withColumn(this.columns, name, shown), true);
    },
    resetColumns: () => {
      this.columns = chosenColumns([]);
      this.send('keepColumns', { columns: [] });
    },
    open: (seq) => {
      this.opened.show(seq);
    },
    selectForCompare: (seq) => {
      this.marked = seq;
    },
    filterBy: (field, value) => {
      this.tools.narrow(field, value);
    },
  });
}
