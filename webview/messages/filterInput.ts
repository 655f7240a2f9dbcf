import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { visibleText } from '../../src/core/message/visibleText';
import type { FilterCompletion } from '../../src/protocol/brokerContract';
import type { FilterState } from '../../src/protocol/view';
import { roving } from '../shared/roving';
import { exampleFilter } from './filterText';

export type Complete = (text: string, caret: number, signal: AbortSignal) => Promise<FilterCompletion>;

/**
 * The text of the filter: a combobox with what may stand at the caret. Down and Up choose, Enter and Tab take, Escape
 * closes the list and then leaves. Where the text is wrong, the place is underlined and said. Fires `filter-text` and
 * `filter-commit` (both string), and `filter-leave`.
 */
@customElement('filter-input')
export class FilterInput extends LitElement {
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) problem: FilterState['problem'];
  @property({ attribute: false }) complete: Complete | undefined;
  @state() private completion: FilterCompletion | undefined;
  @state() private chosen = -1;
  @query('input') private input!: HTMLInputElement;
  @query('.marks') private marks!: HTMLElement;
  private asking: AbortController | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  protected override render(): TemplateResult {
    const { problem, completion, chosen } = this;
    const isOpen = completion !== undefined;
    return html`<div class="field ${problem ? 'wrong' : ''}">
        ${problem ? marksTemplate(this.text, problem) : html`<div class="marks" aria-hidden="true"></div>`}
        <input
          type="text"
          role="combobox"
          aria-label="Filter"
          placeholder="Filter: ${exampleFilter}"
          title="Filter (Ctrl+F or /)"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          maxlength="10000"
          aria-autocomplete="list"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls="filter-choices"
          aria-activedescendant=${isOpen && chosen >= 0 ? `filter-choice-${chosen}` : nothing}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-errormessage=${problem ? 'filter-problem' : nothing}
          @input=${this.onInput}
          @keydown=${this.onKey}
          @scroll=${this.alignMarks}
          @blur=${() => {
            this.closeList();
          }}
        />
      </div>
      <ul
        class="choices"
        id="filter-choices"
        role="listbox"
        aria-label="Completions"
        ?hidden=${!isOpen}
        @mousedown=${(event: Event) => {
          event.preventDefault();
        }}
      >
        ${completion?.items.map(
          ({ label, detail }, index) =>
            html`<li
              role="option"
              id="filter-choice-${index}"
              aria-selected=${index === chosen ? 'true' : 'false'}
              @click=${() => {
                this.take(index);
              }}
            >
              <span class="label">${visibleText(label)}</span>
              <span class="detail">${visibleText(detail ?? '')}</span>
            </li>`,
        )}
      </ul>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.input.value !== this.text) this.input.value = this.text;
    this.alignMarks();
    if (changed.has('chosen'))
      this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  private readonly onInput = (): void => {
    this.text = this.input.value;
    this.emit('filter-text', this.text);
    // Who empties the field wants to see the messages, not a list over them.
    if (this.text === '') this.closeList();
    else this.suggest();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { completion } = this;
    const isDown = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (completion && isDown) this.chosen = roving(event.key, this.chosen, completion.items.length) ?? -1;
    else if (event.key === 'ArrowDown' || (event.key === ' ' && event.ctrlKey)) this.suggest();
    else if (completion && event.key === 'Enter' && this.chosen >= 0) this.take(this.chosen);
    else if (completion && event.key === 'Tab' && !event.shiftKey) this.take(Math.max(0, this.chosen));
    else if (event.key === 'Enter') {
      this.closeList();
      this.emit('filter-commit', this.text);
    } else if (event.key === 'Escape') {
      if (completion) this.closeList();
      else this.emit('filter-leave', undefined);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private suggest(): void {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const { text } = this;
    const caret = this.input.selectionStart ?? text.length;
    this.complete?.(text, caret, asking.signal).then(
      (completion) => {
        if (asking.signal.aborted || this.text !== text) return;
        this.completion = completion.items.length > 0 ? completion : undefined;
        this.chosen = -1;
      },
      () => {
        // Nothing is lost without proposals; a real trouble shows with the filter itself.
        if (!asking.signal.aborted) this.closeList();
      },
    );
  }

  private take(index: number): void {
    const { completion } = this;
    const item = completion?.items[index];
    if (!completion || !item) return;
    const { from, to } = completion;
    this.text = this.text.slice(0, from) + item.insert + this.text.slice(to);
    this.input.value = this.text;
    const caret = from + item.insert.length;
    this.input.setSelectionRange(caret, caret);
    this.emit('filter-text', this.text);
    this.suggest();
  }

  private closeList(): void {
    this.asking?.abort();
    this.completion = undefined;
    this.chosen = -1;
  }

  /** The underline scrolls with the text above it. */
  private readonly alignMarks = (): void => {
    this.marks.scrollLeft = this.input.scrollLeft;
  };

  private emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** The same text in the same place, invisible but for the line under what is wrong. */
function marksTemplate(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): TemplateResult {
  const start = Math.min(from, text.length);
  const wrong = text.slice(start, Math.max(to, start + 1));
  // White space counts here, so the pieces stand in one expression.
  const pieces = [
    text.slice(0, start),
    html`<mark>${wrong === '' ? '\u00a0' : wrong}</mark>`,
    text.slice(start + wrong.length),
  ];
  return html`<div class="marks" aria-hidden="true">${pieces}</div>`;
}
