import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { deathHistory } from '../../src/core/message/deathHistory';
import type { MessageDetail } from '../../src/core/message/detail';
import '../shared/menuButton';
import type { MenuEntry } from '../shared/popupMenu';
import { countText } from '../shared/words';
import './bodyPane';
import type { DecodeMessage } from './bodyPane';
import { deathTemplate } from './deathTemplate';
import { headersTemplate, propertiesTemplate } from './fieldTables';
import { moveFocus } from './moveFocus';

const tabs = ['body', 'properties', 'headers', 'deaths'] as const;
type Tab = (typeof tabs)[number];

/** One message whole. Fires `close-detail`, `open-in-editor` and `publish-again`. */
@customElement('detail-pane')
export class DetailPane extends LitElement {
  @property({ attribute: false }) detail: MessageDetail | undefined;
  /** Why there is no detail, when it was asked for and did not come. */
  @property({ attribute: false }) problem = '';
  @property({ attribute: false }) copyEntries: readonly MenuEntry[] = [];
  @property({ attribute: false }) compareEntries: readonly MenuEntry[] = [];
  @property({ attribute: false }) decode: DecodeMessage | undefined;
  @state() private tab: Tab = 'body';

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
      @keydown=${moveFocus}
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
        return html`<body-pane .detail=${detail} .decode=${this.decode}></body-pane>`;
      case 'properties':
        return propertiesTemplate(detail);
      case 'headers':
        return headersTemplate(detail.properties.headers ?? []);
      case 'deaths':
        return deathTemplate(deathHistory(detail.properties.headers), detail);
    }
  }

  private emit(name: string): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}
