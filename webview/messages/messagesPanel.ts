import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { asFailure } from '../../src/core/base/failure';
import type { MessageDetail } from '../../src/core/message/detail';
import { visibleText } from '../../src/core/message/visibleText';
import type { MessagesPanelContract, MessagesPanelState } from '../../src/protocol/messagesPanel';
import type { ViewState } from '../../src/protocol/view';
import type { PanelContext } from '../shared/startPanel';
import { bannerTemplate } from './bannerTemplate';
import './detailPane';
import './messageTable';
import type { MessageTable } from './messageTable';
import { boundedShare } from './paneSplitter';
import './peekBox';
import { RowFeed } from './rowFeed';
import { statusTemplate } from './statusTemplate';
import { emptyWords, statusWords } from './statusWords';
import { toolbarTemplate } from './toolbarTemplate';

/** Where the message stands beside the table and not below it. */
const wide = '(min-width: 1100px)';

/** Tail and peek: banner, tools, table and the message that is open. Holds the host's last snapshot and draws it. */
@customElement('messages-panel')
export class MessagesPanel extends LitElement {
  @state() private panel: MessagesPanelState | undefined;
  @state() private following = true;
  @state() private active: number | undefined;
  /** The message in the detail pane. */
  @state() private open: number | undefined;
  @state() private detail: MessageDetail | undefined;
  @state() private detailProblem = '';
  @state() private otherWaysOpen: boolean | undefined;
  @state() private share: number;
  @query('message-table') private table!: MessageTable | null;
  @query('.work') private work!: HTMLElement | null;

  private readonly feed: RowFeed;
  private readonly wide = window.matchMedia(wide);
  private fetching: AbortController | undefined;

  constructor(private readonly context: PanelContext<MessagesPanelContract>) {
    super();
    const { host, memory, complain } = context;
    this.share = boundedShare(memory.number('detailShare') ?? 0.45);
    this.feed = new RowFeed(
      (from, count) => host.request('rows', { from, count }),
      () => this.table?.requestUpdate(),
      complain,
    );
    host.on('changed')((panel) => {
      this.take(panel);
    });
    this.wide.addEventListener('change', () => {
      this.requestUpdate();
    });
    host.request('ready', undefined).then((panel) => {
      this.take(panel);
    }, complain);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(_changed: PropertyValues): void {
    this.work?.style.setProperty('--detail-share', `${(this.share * 100).toFixed(1)}%`);
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
      ${view ? this.head(view) : nothing} ${statusTemplate(statusWords(panel), () => this.ask('restart'))}
      ${view ? this.body(view) : nothing}`;
  }

  private head(view: ViewState): TemplateResult {
    const isStuck = view.status.kind === 'nothingToMirror';
    const isOpen = this.otherWaysOpen ?? isStuck;
    return html`${bannerTemplate(view.banner, {
      isOpen,
      toggle: () => {
        this.otherWaysOpen = !isOpen;
      },
      peekInstead: () => this.ask('peekInstead'),
      watchInstead: (source) => this.send(this.context.host.request('watchInstead', { source })),
      watchFrom: () => this.ask('watchFrom'),
      tailBinding: (exchange, routingKey) =>
        this.send(this.context.host.request('tailBinding', { exchange, routingKey })),
    })}
    ${
      view.peek
        ? html`<peek-box
            .peek=${view.peek}
            .status=${view.status}
            @start-peek=${(event: CustomEvent<boolean>) => this.startPeek(event.detail)}
          ></peek-box>`
        : nothing
    }
    ${toolbarTemplate(view, this.following, {
      pause: () => this.send(this.context.host.request('pause', { receiving: 'keep' })),
      resume: () => this.ask('resume'),
      clear: () => this.ask('clear'),
      follow: (following) => {
        this.following = following;
      },
    })}`;
  }

  private body(view: ViewState): TemplateResult {
    const isOpen = this.open !== undefined;
    const upright = this.wide.matches;
    return html`<div
      class="work ${upright ? 'beside' : 'below'} ${isOpen ? 'split' : ''}"
      @keydown=${this.onKey}
    >
      <message-table
        .view=${view}
        .feed=${this.feed}
        .following=${this.following}
        .active=${this.active}
        .emptyText=${emptyWords(view)}
        @follow=${(event: CustomEvent<boolean>) => {
          this.following = event.detail;
        }}
        @row-active=${(event: CustomEvent<number>) => {
          this.active = event.detail;
          if (isOpen) this.show(event.detail);
        }}
        @row-open=${(event: CustomEvent<number>) => {
          this.show(event.detail);
        }}
        @row-close=${this.closeDetail}
      ></message-table>
      ${
        isOpen
          ? html`<pane-splitter
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
                .detail=${this.detail}
                .problem=${this.detailProblem}
                @close-detail=${this.closeDetail}
                @open-in-editor=${() => this.withOpen('openInEditor')}
                @publish-again=${() => this.withOpen('publishAgain')}
              ></detail-pane>`
          : nothing
      }
    </div>`;
  }

  private take(panel: MessagesPanelState): void {
    if (panel.view?.viewId !== this.panel?.view?.viewId) {
      this.feed.reset();
      this.active = undefined;
      this.otherWaysOpen = undefined;
      this.following = panel.kind === 'tail';
      this.closeDetail();
    }
    this.panel = panel;
    this.context.memory.set({ revive: panel.revive });
  }

  /** Fetches a message for the detail pane; the one shown before stays until it comes. */
  private show(seq: number): void {
    if (this.feed.row(seq)?.kind === 'note' || seq === this.open) return;
    this.open = seq;
    this.detailProblem = '';
    this.fetching?.abort();
    const fetching = new AbortController();
    this.fetching = fetching;
    this.context.host.request('message', { seq }, fetching.signal).then(
      (detail) => {
        if (!fetching.signal.aborted) this.detail = detail;
      },
      (thrown: unknown) => {
        if (fetching.signal.aborted) return;
        this.detail = undefined;
        this.detailProblem = asFailure(thrown).message;
      },
    );
  }

  private readonly closeDetail = (): void => {
    if (this.open === undefined) return;
    this.fetching?.abort();
    this.open = undefined;
    this.detail = undefined;
    this.table?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.closeDetail();
  };

  private startPeek(consented: boolean): void {
    const count = this.panel?.view?.peek?.count;
    if (count !== undefined) this.send(this.context.host.request('startPeek', { count, consented }));
  }

  private withOpen(name: 'openInEditor' | 'publishAgain'): void {
    if (this.open !== undefined) this.send(this.context.host.request(name, { seq: this.open }));
  }

  private ask(name: 'resume' | 'clear' | 'peekInstead' | 'watchFrom' | 'restart'): void {
    this.send(this.context.host.request(name, undefined));
  }

  private send(request: Promise<unknown>): void {
    request.catch(this.context.complain);
  }
}
