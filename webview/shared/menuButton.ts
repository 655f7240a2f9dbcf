import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import './popupMenu';
import type { MenuEntry, PopupMenu } from './popupMenu';

/** A button that opens a menu: by click, Enter, Space and the down key. Without a `text` it shows only its icon. */
@customElement('menu-button')
export class MenuButton extends LitElement {
  /** The name for screen readers, and the tooltip. */
  @property() label = '';
  @property() text = '';
  @property() icon = '';
  @property({ attribute: false }) entries: readonly MenuEntry[] = [];
  @query('popup-menu') private menu!: PopupMenu;
  @query('button') private button!: HTMLElement;

  private wasOpen = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<button
        class="tool"
        title=${this.label}
        aria-label=${this.label}
        aria-haspopup="menu"
        aria-expanded=${this.hasUpdated && this.menu.isOpen ? 'true' : 'false'}
        @pointerdown=${() => {
          this.wasOpen = this.menu.isOpen;
        }}
        @click=${this.onClick}
        @keydown=${this.onKey}
      >
        ${this.icon === '' ? nothing : html`<span class="icon icon-${this.icon}" aria-hidden="true"></span>`}<span
          class="words"
          >${this.text}</span
        ><span class="icon icon-chevron-down" aria-hidden="true"></span>
      </button>
      <popup-menu
        .label=${this.label}
        .entries=${this.entries}
        @menu-closed=${() => {
          this.requestUpdate();
        }}
      ></popup-menu>`;
  }

  private async open(): Promise<void> {
    this.dispatchEvent(new CustomEvent('menu-opens'));
    await this.menu.open(this.button.getBoundingClientRect(), this.button);
    this.requestUpdate();
  }

  private readonly onClick = (): void => {
    // The press that this click ends has already closed an open menu.
    if (!this.wasOpen) void this.open();
    this.wasOpen = false;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    void this.open();
  };
}
