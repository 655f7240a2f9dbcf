import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { visibleText } from '../../src/core/message/visibleText';
import type { PeekState, ViewStatus } from '../../src/protocol/view';
import { isChecked } from '../shared/controlEvents';
import { countText } from '../shared/words';

/**
 * A peek says its cost before it is paid, refuses what would lose a message unless exactly that is consented to, and
 * gives a receipt afterwards. Fires `start-peek` with whether the user consented.
 */
@customElement('peek-box')
export class PeekBox extends LitElement {
  @property({ attribute: false }) peek!: PeekState;
  @property({ attribute: false }) status!: ViewStatus;
  @state() private consented = false;
  @state() private cancelled = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.peek.receipt) return receipt(this.peek.receipt);
    if (this.peek.refusal !== undefined) return refusal(this.peek.refusal);
    if (this.status.kind !== 'awaitingConsent') return nothing;
    return this.cancelled ? this.afterCancel() : this.question();
  }

  private question(): TemplateResult {
    const { consent, costs } = this.peek;
    return html`<section class="box" aria-label="Before peeking">
      ${costs.map((cost) => html`<p>${visibleText(cost)}</p>`)}
      ${
        consent === undefined
          ? nothing
          : html`<p class="consent">
              <span class="icon icon-warning" aria-hidden="true"></span>
              <vscode-checkbox
                ?checked=${this.consented}
                @change=${(event: Event) => {
                  this.consented = isChecked(event);
                }}
                >${visibleText(consent)}</vscode-checkbox
              >
            </p>`
      }
      <div class="buttons">
        ${this.peekButton(consent !== undefined && !this.consented)} ${this.cancelButton()}
      </div>
    </section>`;
  }

  private afterCancel(): TemplateResult {
    return html`<section class="box" aria-label="Before peeking">
      <p role="status">Nothing was read and nothing was changed.</p>
      <div class="buttons">
        <vscode-button
          appearance="secondary"
          @click=${() => {
            this.cancelled = false;
          }}
          >Peek After All...</vscode-button
        >
      </div>
    </section>`;
  }

  private peekButton(disabled: boolean): TemplateResult {
    return html`<vscode-button
      ?disabled=${disabled}
      @click=${() => {
        this.dispatchEvent(new CustomEvent('start-peek', { detail: this.consented }));
      }}
      >Peek ${countText(this.peek.count)}</vscode-button
    >`;
  }

  private cancelButton(): TemplateResult {
    return html`<vscode-button
      appearance="secondary"
      @click=${() => {
        this.cancelled = true;
        this.consented = false;
      }}
      >Cancel</vscode-button
    >`;
  }
}

function receipt(sentences: readonly string[]): TemplateResult {
  return html`<section class="box receipt" role="status" aria-label="What the peek did">
    <span class="icon icon-pass" aria-hidden="true"></span>
    <span>${sentences.map(visibleSentence).join(' ')}</span>
  </section>`;
}

function refusal(text: string): TemplateResult {
  return html`<section class="box" role="alert" aria-label="This queue cannot be peeked">
    <span class="icon icon-circle-slash" aria-hidden="true"></span> <span>${visibleText(text)}</span>
  </section>`;
}

function visibleSentence(sentence: string): string {
  return visibleText(sentence);
}
