import type { TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { visibleText } from '../../src/core/message/visibleText';

const mostSuggestions = 50;

/**
 * A text field with a list of what exists, by ARIA's combobox pattern. The toolkit has none: ids do not reach into
 * its shadow roots. Fires `text` with whatever is typed or chosen; what is not in the list is fine too.
 */
@customElement('combo-box')
export class ComboBox extends LitElement {
  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) options: readonly string[] = [];
  /** Id of the element that says what is wrong. */
  @property() problem = '';
  @state() private isOpen = false;
  @state() private active = -1;
  @query('input') private input!: HTMLInputElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const found = this.isOpen ? this.suggestions() : [];
    const list = `${this.id}-list`;
    return html`<label for="${this.id}-input">${this.label}</label>
      <input
        id="${this.id}-input"
        class="field"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        maxlength="255"
        aria-autocomplete="list"
        aria-expanded=${found.length > 0 ? 'true' : 'false'}
        aria-controls=${list}
        aria-activedescendant=${this.active < 0 ? nothing : `${list}-${this.active}`}
        aria-invalid=${this.problem === '' ? 'false' : 'true'}
        aria-describedby=${this.problem === '' ? nothing : this.problem}
        .value=${this.value}
        @input=${() => {
          this.open();
          this.choose(this.input.value);
        }}
        @click=${this.open}
        @blur=${this.close}
        @keydown=${this.onKey}
      />
      <ul
        id=${list}
        class="suggestions"
        role="listbox"
        aria-label=${this.label}
        ?hidden=${found.length === 0}
      >
        ${found.map(
          (option, index) =>
            html`<li
              id="${list}-${index}"
              role="option"
              aria-selected=${index === this.active ? 'true' : 'false'}
              @mousedown=${(event: Event) => {
                // The field keeps the focus, or its blur would take the list away before the click.
                event.preventDefault();
                this.choose(option);
                this.close();
              }}
            >
              ${visibleText(option)}
            </li>`,
        )}
      </ul>`;
  }

  override focus(): void {
    this.input.focus();
  }

  /** Those that begin with what is typed, then those that contain it. */
  private suggestions(): string[] {
    const typed = this.value.toLowerCase();
    const known = this.options.filter((option) => option !== '');
    // A complete name is a choice made: show its neighbours and not a list of one.
    const wanted = known.includes(this.value) ? '' : typed;
    const starts = known.filter((option) => option.toLowerCase().startsWith(wanted));
    const contains = known.filter(
      (option) => !starts.includes(option) && option.toLowerCase().includes(wanted),
    );
    return [...starts, ...contains].slice(0, mostSuggestions);
  }

  private readonly open = (): void => {
    this.isOpen = true;
    this.active = -1;
  };

  private readonly close = (): void => {
    this.isOpen = false;
    this.active = -1;
  };

  private choose(text: string): void {
    this.value = text;
    this.dispatchEvent(new CustomEvent('text', { detail: text }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const found = this.suggestions();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!this.isOpen) this.open();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const start = this.active < 0 && step < 0 ? found.length : this.active;
      this.active = found.length === 0 ? -1 : (start + step + found.length) % found.length;
      void this.updateComplete.then(() => {
        this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
      });
    } else if (event.key === 'Enter' && this.isOpen && this.active >= 0 && !event.ctrlKey) {
      this.choose(found[this.active] ?? this.value);
      this.close();
    } else if (event.key === 'Escape' && this.isOpen) this.close();
    else return;
    event.preventDefault();
  };
}
