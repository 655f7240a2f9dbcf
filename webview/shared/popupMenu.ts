import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { roving } from './roving';

export interface MenuItem {
  readonly label: string;
  /** A sentence below the label: what choosing it means. */
  readonly detail?: string;
  /** Shown with a tick; a `check` leaves the menu open, so that several can be chosen. */
  readonly checked?: boolean;
  readonly kind?: 'check' | 'radio';
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** A text is a heading; an empty one is a line between groups. */
export type MenuEntry = MenuItem | string;

/** Where a menu opens: below a box, or at a point. */
export type MenuPlace = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/**
 * A menu as ARIA's authoring practices have it: arrow keys, Home, End, first letters, Escape. It lies in the browser's
 * top layer, where nothing clips it, and goes when anything else is clicked.
 */
@customElement('popup-menu')
export class PopupMenu extends LitElement {
  @property({ attribute: false }) entries: readonly MenuEntry[] = [];
  @property() label = '';
  @query('[role=menu]') private menu!: HTMLElement;

  private back: HTMLElement | undefined;
  private place: MenuPlace | undefined;
  private typed = '';
  private typedAt = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get isOpen(): boolean {
    return this.place !== undefined;
  }

  /** `back` gets the focus when the menu closes. */
  async open(place: MenuPlace, back: HTMLElement): Promise<void> {
    this.place = place;
    this.back = back;
    this.requestUpdate();
    await this.updateComplete;
    this.menu.showPopover();
    this.fit(place);
    this.items()[0]?.focus();
  }

  close(): void {
    if (this.isOpen) this.menu.hidePopover();
  }

  protected override render(): TemplateResult {
    return html`<div
      class="popup-menu"
      role="menu"
      popover="auto"
      aria-label=${this.label}
      @keydown=${this.onKey}
      @toggle=${this.onToggle}
      @contextmenu=${(event: Event) => {
        event.preventDefault();
      }}
    >
      ${this.isOpen ? this.entries.map((entry) => this.entry(entry)) : nothing}
    </div>`;
  }

  private entry(entry: MenuEntry): TemplateResult {
    if (entry === '') return html`<div role="separator" class="line"></div>`;
    if (typeof entry === 'string') return html`<div role="presentation" class="heading">${entry}</div>`;
    const role =
      entry.kind === undefined ? 'menuitem' : `menuitem${entry.kind === 'check' ? 'checkbox' : 'radio'}`;
    return html`<button
      role=${role}
      tabindex="-1"
      aria-label=${entry.label}
      aria-description=${entry.detail ?? nothing}
      aria-checked=${entry.kind === undefined ? nothing : entry.checked === true ? 'true' : 'false'}
      aria-disabled=${entry.disabled === true ? 'true' : nothing}
      @click=${() => {
        this.choose(entry);
      }}
      @pointermove=${(event: Event) => {
        (event.currentTarget as HTMLElement).focus();
      }}
    >
      <span class="icon ${entry.checked === true ? 'icon-check' : ''}" aria-hidden="true"></span>
      <span class="words"
        ><span class="label">${entry.label}</span>${
          entry.detail === undefined ? nothing : html`<span class="detail">${entry.detail}</span>`
        }</span
      >
    </button>`;
  }

  private choose(item: MenuItem): void {
    if (item.disabled === true) return;
    if (item.kind !== 'check') this.close();
    item.run();
  }

  /** Below the box where there is room, else above it, and always inside the window. */
  private fit({ left, right, top, bottom }: MenuPlace): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.menu;
    const x = left + width <= window.innerWidth ? left : right - width;
    const y = bottom + height <= window.innerHeight ? bottom : top - height;
    style.setProperty('left', `${Math.max(0, Math.min(x, window.innerWidth - width))}px`);
    style.setProperty('top', `${Math.max(0, Math.min(y, window.innerHeight - height))}px`);
  }

  private items(): HTMLElement[] {
    return Array.from(this.menu.querySelectorAll<HTMLElement>('button'));
  }

  private readonly onToggle = (event: Event): void => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    const hadFocus = this.contains(document.activeElement) || document.activeElement === document.body;
    this.place = undefined;
    this.requestUpdate();
    if (hadFocus) this.back?.focus();
    this.dispatchEvent(new CustomEvent('menu-closed'));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.close();
      return;
    }
    const items = this.items();
    const here = items.findIndex((item) => item === document.activeElement);
    const goal = roving(event.key, here, items.length) ?? this.startingWith(event, here);
    if (goal === undefined) return;
    event.preventDefault();
    items[goal]?.focus();
  };

  /** The next item that begins with what was typed within the last second. */
  private startingWith({ key, ctrlKey, altKey, metaKey }: KeyboardEvent, here: number): number | undefined {
    if (key.length !== 1 || key === ' ' || ctrlKey || altKey || metaKey) return undefined;
    const now = performance.now();
    this.typed = (now - this.typedAt < 1_000 ? this.typed : '') + key.toLowerCase();
    this.typedAt = now;
    const labels = this.items().map((item) => (item.getAttribute('aria-label') ?? '').toLowerCase());
    const start = this.typed.length === 1 ? here + 1 : Math.max(0, here);
    const order = labels.map((_, step) => (start + step) % labels.length);
    return order.find((index) => labels[index]?.startsWith(this.typed));
  }
}
