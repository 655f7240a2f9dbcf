import type { TemplateResult } from 'lit';
import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** The share of the second pane, bounded so that neither can vanish. */
export function boundedShare(share: number): number {
  return Math.max(0.15, Math.min(share, 0.85));
}

/** The bar between table and detail, by mouse and by arrow keys. Fires `share` with the second pane's new share. */
@customElement('pane-splitter')
export class PaneSplitter extends LitElement {
  @property({ attribute: false }) share = 0.4;
  /** Panes side by side: the bar stands upright. */
  @property({ attribute: false }) upright = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="splitter ${this.upright ? 'upright' : ''}"
      role="separator"
      tabindex="0"
      aria-label="Size of the message pane"
      aria-orientation=${this.upright ? 'vertical' : 'horizontal'}
      aria-valuemin="15"
      aria-valuemax="85"
      aria-valuenow=${Math.round(this.share * 100)}
      @pointerdown=${this.onPointerDown}
      @pointermove=${this.onPointerMove}
      @keydown=${this.onKey}
    ></div>`;
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  private readonly onPointerMove = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    const area = this.parentElement?.getBoundingClientRect();
    if (!bar.hasPointerCapture(event.pointerId) || !area) return;
    const share = this.upright
      ? (area.right - event.clientX) / area.width
      : (area.bottom - event.clientY) / area.height;
    this.emit(share);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const step = { ArrowUp: 0.05, ArrowLeft: 0.05, ArrowDown: -0.05, ArrowRight: -0.05 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.emit(this.share + step);
  };

  private emit(share: number): void {
    this.dispatchEvent(new CustomEvent('share', { detail: boundedShare(share) }));
  }
}
