import type { TemplateResult } from 'lit';
import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ShownColumn } from './columns';

/** Pixels of one press of an arrow key. */
const step = 10;

/** What a drag or a key wants a column's width to be; without one, its usual width. `done` ends a drag. */
export interface WidthWish {
  readonly name: string;
  readonly width?: number;
  readonly done: boolean;
}

/**
 * The heads of the columns: one stop of the Tab key, arrow keys between them, Alt with Left and Right for the width.
 * Fires `column-width` (a WidthWish).
 */
@customElement('column-header')
export class ColumnHeader extends LitElement {
  @property({ attribute: false }) columns: readonly ShownColumn[] = [];
  private current = 0;
  private drag: { readonly name: string; readonly from: number; readonly width: number } | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.className = 'row header';
    this.setAttribute('role', 'row');
    this.setAttribute('aria-rowindex', '1');
  }

  protected override render(): TemplateResult[] {
    const current = Math.min(this.current, this.columns.length - 1);
    return this.columns.map(
      ({ name, title }, index) =>
        html`<div
          role="columnheader"
          class="cell ${name}"
          tabindex=${index === current ? 0 : -1}
          title="Alt+Left and Alt+Right change the width; the menu chooses columns"
          @keydown=${(event: KeyboardEvent) => {
            this.onKey(event, index);
          }}
          @focus=${() => {
            this.current = index;
            this.requestUpdate();
          }}
        >
          <span class="title">${title}</span
          ><span
            class="grip"
            @pointerdown=${(event: PointerEvent) => {
              this.startDrag(event, name);
            }}
            @pointermove=${this.onDrag}
            @pointerup=${this.endDrag}
            @pointercancel=${this.endDrag}
            @dblclick=${() => {
              this.wish({ name, done: true });
            }}
          ></span>
        </div>`,
    );
  }

  private startDrag(event: PointerEvent, name: string): void {
    if (event.button !== 0) return;
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.drag = { name, from: event.clientX, width: grip.parentElement?.offsetWidth ?? 0 };
  }

  private readonly onDrag = (event: PointerEvent): void => {
    if (this.drag) this.wish({ ...this.dragged(this.drag, event), done: false });
  };

  private readonly endDrag = (event: PointerEvent): void => {
    const { drag } = this;
    this.drag = undefined;
    if (drag && event.clientX !== drag.from) this.wish({ ...this.dragged(drag, event), done: true });
  };

  private dragged(
    { name, from, width }: { readonly name: string; readonly from: number; readonly width: number },
    { clientX }: PointerEvent,
  ): { name: string; width: number } {
    return { name, width: width + clientX - from };
  }

  private onKey(event: KeyboardEvent, index: number): void {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const column = this.columns[index];
    if (move === undefined || !column || event.ctrlKey || event.metaKey) return;
    // VS Code would go back and forward in its editors.
    event.preventDefault();
    event.stopPropagation();
    const cell = event.currentTarget as HTMLElement;
    if (event.altKey) this.wish({ name: column.name, width: cell.offsetWidth + move * step, done: true });
    else this.querySelectorAll<HTMLElement>('[role=columnheader]')[index + move]?.focus();
  }

  private wish(detail: WidthWish): void {
    this.dispatchEvent(new CustomEvent('column-width', { detail }));
  }
}
