import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { visibleText } from '../../src/core/message/visibleText';
import type { PlanPeekParams, StartPeekParams } from '../../src/protocol/brokerContract';
import type { PeekState, ViewStatus } from '../../src/protocol/view';
import { isChecked, valueOf } from '../shared/controlEvents';
import { countText } from '../shared/words';

/**
 * A peek says its cost before it is paid, refuses what would lose a message unless exactly that is consented to, and
 * gives a receipt afterwards. Fires `start-peek` and, to have another count priced,
 * `plan-peek` with their parameters, and `peek-from` when the user wants to begin elsewhere in a stream.
 */
@customElement('peek-box')
export class PeekBox extends LitElement {
  @property({ attribute: false }) peek!: PeekState;
  @property({ attribute: false }) status!: ViewStatus;
  @state() private consented = false;
  @state() private cancelled = false;
  /** After a receipt or a failure the question is asked once more. */
  @state() private again = false;
  /** As typed; what it would cost has yet to be said while it differs from `peek.count`. */
  @state() private typed: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { receipt, refusal } = this.peek;
    const ended = this.status.kind === 'done' || this.status.kind === 'failed';
    if (ended && !this.again) {
      return html`${receipt ? receiptTemplate(receipt) : nothing}${
        refusal === undefined ? this.againButton('Peek Again...') : nothing
      }`;
    }
    if (refusal !== undefined) return refusalTemplate(refusal);
    if (!ended && this.status.kind !== 'awaitingConsent') return nothing;
    return this.cancelled ? this.afterCancel() : this.question();
  }

  protected override willUpdate(): void {
    if (this.status.kind !== 'reading') return;
    this.again = this.consented = false;
    this.typed = undefined;
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
      <div class="choices">${this.countField()} ${this.peek.offset ? this.offsetButton() : nothing}</div>
      <div class="buttons">
        ${this.peekButton(!this.isPriced || (consent !== undefined && !this.consented))}
        ${this.cancelButton()}
      </div>
    </section>`;
  }

  private afterCancel(): TemplateResult {
    return html`<section class="box" aria-label="Before peeking">
      <p role="status">Nothing was read and nothing was changed.</p>
      ${this.againButton('Peek After All...')}
    </section>`;
  }

  private againButton(label: string): TemplateResult {
    return html`<div class="buttons">
      <vscode-button
        appearance="secondary"
        @click=${() => {
          this.cancelled = false;
          this.again = true;
        }}
        >${label}</vscode-button
      >
    </div>`;
  }

  private get isPriced(): boolean {
    return this.typed === undefined || countOf(this.typed) === this.peek.count;
  }

  private countField(): TemplateResult {
    return html`<vscode-text-field
      inputmode="numeric"
      maxlength="3"
      .value=${this.typed ?? String(this.peek.count)}
      @input=${(event: Event) => {
        this.typed = valueOf(event).trim();
        const count = countOf(this.typed);
        if (count !== undefined && count !== this.peek.count) this.fire('plan-peek', this.wish(count));
      }}
      >Messages (1 to 500)</vscode-text-field
    >`;
  }

  private offsetButton(): TemplateResult {
    return html`<vscode-button appearance="secondary" @click=${() => this.fire('peek-from', this.peek.count)}
      >Begin Elsewhere...</vscode-button
    >`;
  }

  private wish(count = this.peek.count): PlanPeekParams {
    const { offset } = this.peek;
    return { count, ...(offset === undefined ? {} : { offset }) };
  }

  private fire(name: string, detail: StartPeekParams | PlanPeekParams | number): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private peekButton(disabled: boolean): TemplateResult {
    return html`<vscode-button
      ?disabled=${disabled}
      @click=${() => {
        this.fire('start-peek', { ...this.wish(), consented: this.consented });
      }}
      >Peek ${countText(this.peek.count)}</vscode-button
    >`;
  }

  private cancelButton(): TemplateResult {
    return html`<vscode-button
      appearance="secondary"
      @click=${() => {
        this.cancelled = this.status.kind === 'awaitingConsent';
        this.again = this.consented = false;
        this.typed = undefined;
      }}
      >Cancel</vscode-button
    >`;
  }
}

function countOf(text: string): number | undefined {
  const count = Number(text);
  return /^\d{1,3}$/.test(text) && count >= 1 && count <= 500 ? count : undefined;
}

function receiptTemplate(sentences: readonly string[]): TemplateResult {
  return html`<section class="box receipt" role="status" aria-label="What the peek did">
    <span class="icon icon-pass" aria-hidden="true"></span>
    <span>${sentences.map(visibleSentence).join(' ')}</span>
  </section>`;
}

function refusalTemplate(text: string): TemplateResult {
  return html`<section class="box" role="alert" aria-label="This queue cannot be peeked">
    <span class="icon icon-circle-slash" aria-hidden="true"></span> <span>${visibleText(text)}</span>
  </section>`;
}

function visibleSentence(sentence: string): string {
  return visibleText(sentence);
}
