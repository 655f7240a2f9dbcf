import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { asFailure } from '../../src/core/base/failure';
import type { BodyView } from '../../src/core/message/bodyText';
import { bodyText } from '../../src/core/message/bodyText';
import type { DecodedBody } from '../../src/core/message/decoded';
import type { MessageDetail } from '../../src/core/message/detail';
import { visibleText } from '../../src/core/message/visibleText';
import { sizeText } from '../shared/words';
import { moveFocus } from './moveFocus';

/** Asks the host for a body made readable; `decoder` is what the user chose for it. */
export type DecodeMessage = (
  seq: number,
  decoder: string | undefined,
  signal: AbortSignal,
) => Promise<DecodedBody>;

const views: readonly { view: BodyView; label: string }[] = [
  { view: 'pretty', label: 'Pretty' },
  { view: 'raw', label: 'Raw' },
  { view: 'hex', label: 'Hex' },
];

/** Names of decoders; the rest of a choice is a message or a command of the settings. */
const decoderLabels: Readonly<Record<string, string>> = {
  json: 'JSON',
  jsonlines: 'JSON Lines',
  xml: 'XML',
  text: 'Text',
  messagepack: 'MessagePack',
  cbor: 'CBOR',
  protobuf: 'Protobuf',
  avro: 'Avro',
  command: 'Command',
  hex: 'Hex',
};

/** Those that show the text of the body itself. */
const textDecoders = ['json', 'jsonlines', 'xml', 'text'];

/** What is drawn below the bar, wherever it comes from. */
interface Shown {
  readonly text: string;
  readonly language: string;
  readonly cut: boolean;
  readonly problem?: string;
  readonly facts?: DecodedBody['facts'];
}

/** The body of one message: decoded by the worker, or raw and in hex as it came. */
@customElement('body-pane')
export class BodyPane extends LitElement {
  @property({ attribute: false }) detail: MessageDetail | undefined;
  @property({ attribute: false }) decode: DecodeMessage | undefined;
  @state() private view: BodyView = 'pretty';
  /** What the user chose for this message; `undefined` leaves it to the settings and the message. */
  @state() private choice: string | undefined;
  @state() private decoded: DecodedBody | undefined;
  /** Why the worker did not decode, in words. */
  @state() private failure: string | undefined;
  private decoding: AbortController | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.decoding?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('detail')) return;
    this.choice = undefined;
    this.ask();
  }

  protected override render(): TemplateResult {
    const { detail } = this;
    if (!detail) return html``;
    const shown = this.shown(detail);
    return html`<div class="body-bar">
        ${this.segments()}
        <span class="dim">${sizeText(detail.size)}</span>
        ${this.view === 'pretty' && this.decoded ? this.decoderBar(this.decoded) : nothing}
        ${shown?.cut ? html`<span class="dim">${this.cutWords()}</span>` : nothing}
      </div>
      ${shown ? bodyTemplate(detail, shown) : html`<p class="dim late" role="status">Decoding...</p>`}`;
  }

  private segments(): TemplateResult {
    return html`<div class="segments" role="radiogroup" aria-label="Show the body as" @keydown=${moveFocus}>
      ${views.map(
        ({ view, label }) =>
          html`<button
            role="radio"
            aria-checked=${view === this.view ? 'true' : 'false'}
            tabindex=${view === this.view ? 0 : -1}
            @click=${() => {
              this.view = view;
            }}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }

  private decoderBar({ label, choices }: DecodedBody): TemplateResult {
    return html`<label class="decode-as"
        ><span class="dim">Decode as</span>
        <select @change=${this.onChoice}>
          <option value="" ?selected=${this.choice === undefined}>Automatic</option>
          ${choices.map(
            (choice) =>
              html`<option value=${choice} ?selected=${choice === this.choice}>
                ${choiceLabel(choice)}
              </option>`,
          )}
        </select></label
      >
      <span class="decoded-label">${label}</span>`;
  }

  /** `undefined` while the worker decodes. */
  private shown(detail: MessageDetail): Shown | undefined {
    const { contentType, contentEncoding } = detail.properties;
    const source = { body: detail.body, size: detail.size, contentType, contentEncoding };
    if (this.view === 'pretty') {
      if (this.decoded) return this.decoded;
      if (this.failure === undefined) return undefined;
    }
    const { view, text, cut, reason } = bodyText(source, this.view);
    const problem = this.view === 'pretty' ? this.failure : reason;
    return { text, cut, language: view, ...(problem !== undefined && { problem }) };
  }

  /** The editor gets text as it came, but of what was decoded no more than this pane. */
  private cutWords(): string {
    const { decoder, label } = this.decoded ?? { decoder: 'text', label: '' };
    const isAsItCame = textDecoders.includes(decoder) && !label.includes(', then ');
    return this.view === 'pretty' && !isAsItCame
      ? 'Only the beginning is shown.'
      : 'Only the beginning is shown; Open in Editor has all of it.';
  }

  private readonly onChoice = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.choice = value === '' ? undefined : value;
    this.ask();
  };

  /** A body that was asked for before may come when another one is shown: it is let go. */
  private ask(): void {
    this.decoding?.abort();
    const { detail, decode, choice } = this;
    if (!detail || !decode) return;
    const decoding = new AbortController();
    this.decoding = decoding;
    // The choices of before stay while this message is decoded in another way.
    this.decoded = choice === undefined ? undefined : this.decoded;
    this.failure = undefined;
    decode(detail.seq, choice, decoding.signal).then(
      (decoded) => {
        if (!decoding.signal.aborted) this.decoded = decoded;
      },
      (thrown: unknown) => {
        if (decoding.signal.aborted) return;
        this.decoded = undefined;
        this.failure = asFailure(thrown).message;
      },
    );
  }
}

function choiceLabel(choice: string): string {
  const [decoder = '', ...rest] = choice.split(' ');
  return visibleText([decoderLabels[decoder] ?? decoder, ...rest].join(' '));
}

function bodyTemplate(detail: MessageDetail, { text, language, problem, facts = [] }: Shown): TemplateResult {
  return html`${
    facts.length === 0
      ? nothing
      : html`<table class="fields facts">
          <tbody>
            ${facts.map(
              ({ name, value }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td class="mono value">${value}</td>
                </tr>`,
            )}
          </tbody>
        </table>`
  }
  ${
    problem === undefined
      ? nothing
      : html`<p class="reason"><span class="icon icon-warning" aria-hidden="true"></span> ${problem}</p>`
  }
  ${
    detail.size === 0
      ? html`<p class="dim">The body is empty.</p>`
      : html`<pre class="mono ${language === 'hex' ? 'hex' : ''}">${text}</pre>`
  }`;
}
