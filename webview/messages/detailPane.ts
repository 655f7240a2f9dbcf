import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BodyView } from '../../src/core/message/bodyText';
import { bodyText } from '../../src/core/message/bodyText';
import { deathHistory } from '../../src/core/message/deathHistory';
import type { MessageDetail } from '../../src/core/message/detail';
import '../shared/menuButton';
import type { MenuEntry } from '../shared/popupMenu';
import { countText, sizeText } from '../shared/words';
import { deathTemplate } from './deathTemplate';
import { headersTemplate, propertiesTemplate } from './fieldTables';

const tabs = ['body', 'properties', 'headers', 'deaths'] as const;
type Tab = (typeof tabs)[number];

const bodyViews: readonly { view: BodyView; label: string }[] = [
  { view: 'pretty', label: 'Pretty' },
  { view: 'raw', label: 'Raw' },
  { view: 'hex', label: 'Hex' },
];

/** One message whole. Fires `close-detail`, `open-in-editor` and `publish-again`. */
@customElement('detail-pane')
export class DetailPane extends LitElement {
  @property({ attribute: false }) detail: MessageDetail | undefined;
  /** Why there is no detail, when it was asked for and did not come. */
  @property({ attribute: false }) problem = '';
  @property({ attribute: false }) copyEntries: readonly MenuEntry[] = [];
  @property({ attribute: false }) compareEntries: readonly MenuEntry[] = [];
  @state() private tab: Tab = 'body';
  @state() private bodyView: BodyView = 'pretty';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { detail } = this;
    return html`<div class="detail-bar">
        ${detail ? this.tabList(detail) : html`<span class="grow"></span>`}
        ${detail ? this.actions() : nothing}
        <button
          class="plain icon icon-close"
          title="Close (Escape)"
          aria-label="Close the message"
          @click=${() => this.emit('close-detail')}
        ></button>
      </div>
      ${
        detail
          ? html`<div
              class="detail-content"
              role="tabpanel"
              id="detail-content"
              tabindex="0"
              aria-labelledby="tab-${this.shownTab(detail)}"
            >
              ${this.content(detail)}
            </div>`
          : html`<p class="detail-content dim" role="status">${this.problem || 'Fetching the message...'}</p>`
      }`;
  }

  private shownTab(detail: MessageDetail): Tab {
    return this.tab === 'deaths' && deathHistory(detail.properties.headers).length === 0 ? 'body' : this.tab;
  }

  private tabList(detail: MessageDetail): TemplateResult {
    const titles: Readonly<Record<Tab, string>> = {
      body: 'Body',
      properties: 'Properties',
      headers: `Headers (${countText(detail.properties.headers?.length ?? 0)})`,
      deaths: 'Death History',
    };
    const hasDeaths = deathHistory(detail.properties.headers).length > 0;
    const shown = this.shownTab(detail);
    return html`<div
      role="tablist"
      class="tabs grow"
      aria-label="Message ${detail.seq}"
      @keydown=${this.onTabKey}
    >
      ${tabs
        .filter((tab) => tab !== 'deaths' || hasDeaths)
        .map(
          (tab) =>
            html`<button
              role="tab"
              id="tab-${tab}"
              class="tab"
              aria-selected=${tab === shown ? 'true' : 'false'}
              aria-controls="detail-content"
              tabindex=${tab === shown ? 0 : -1}
              @click=${() => {
                this.tab = tab;
              }}
            >
              ${titles[tab]}
            </button>`,
        )}
    </div>`;
  }

  private actions(): TemplateResult {
    return html`<div role="toolbar" aria-label="This message" class="tools">
      <button class="tool" title="Open in Editor" @click=${() => this.emit('open-in-editor')}>
        <span class="icon icon-go-to-file" aria-hidden="true"></span><span class="words">Open in Editor</span>
      </button>
      <menu-button label="Copy" text="Copy" icon="copy" .entries=${this.copyEntries}></menu-button>
      <menu-button label="Compare" icon="diff" .entries=${this.compareEntries}></menu-button>
      <button class="tool" title="Publish Again" @click=${() => this.emit('publish-again')}>
        <span class="icon icon-send" aria-hidden="true"></span><span class="words">Publish Again</span>
      </button>
    </div>`;
  }

  private content(detail: MessageDetail): TemplateResult {
    switch (this.shownTab(detail)) {
      case 'body':
        return this.body(detail);
      case 'properties':
        return propertiesTemplate(detail);
      case 'headers':
        return headersTemplate(detail.properties.headers ?? []);
      case 'deaths':
        return deathTemplate(deathHistory(detail.properties.headers), detail);
    }
  }

  private body(detail: MessageDetail): TemplateResult {
    const { contentType, contentEncoding } = detail.properties;
    const shown = bodyText(
      { body: detail.body, size: detail.size, contentType, contentEncoding },
      this.bodyView,
    );
    return html`<div class="body-bar">
        <div class="segments" role="radiogroup" aria-label="Show the body as" @keydown=${this.onViewKey}>
          ${bodyViews.map(
            ({ view, label }) =>
              html`<button
                role="radio"
                aria-checked=${view === this.bodyView ? 'true' : 'false'}
                tabindex=${view === this.bodyView ? 0 : -1}
                @click=${() => {
                  this.bodyView = view;
                }}
              >
                ${label}
              </button>`,
          )}
        </div>
        <span class="dim">${sizeText(detail.size)}</span>
        ${shown.cut ? html`<span class="dim">Only the beginning is shown; Open in Editor has all of it.</span>` : nothing}
      </div>
      ${
        shown.reason === undefined
          ? nothing
          : html`<p class="reason">
              <span class="icon icon-warning" aria-hidden="true"></span> ${shown.reason}
            </p>`
      }
      ${
        detail.size === 0
          ? html`<p class="dim">The body is empty.</p>`
          : html`<pre class="mono ${shown.view}">${shown.text}</pre>`
      }`;
  }

  private readonly onTabKey = (event: KeyboardEvent): void => {
    this.moveFocus(event, (tab) => {
      tab.click();
    });
  };

  private readonly onViewKey = (event: KeyboardEvent): void => {
    this.moveFocus(event, (view) => {
      view.click();
    });
  };

  /** Arrow keys inside a tab list or a radio group, as ARIA's authoring practices have them. */
  private moveFocus(event: KeyboardEvent, choose: (element: HTMLElement) => void): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const all = Array.from((event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button'));
    const here = all.findIndex((element) => element === event.target);
    const next = all[(here + step + all.length) % all.length];
    if (!next) return;
    event.preventDefault();
    choose(next);
    next.focus();
  }

  private emit(name: string): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}
