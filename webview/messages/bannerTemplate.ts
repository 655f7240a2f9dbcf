import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { visibleText } from '../../src/core/message/visibleText';
import type { Alternative, Banner, ViewSource } from '../../src/protocol/view';
import { valueOf } from '../shared/controlEvents';

export interface BannerActions {
  readonly isOpen: boolean;
  toggle(): void;
  peekInstead(): void;
  /** Opens what the alternative names; the host asks first where it has a warning. */
  watchInstead(source: ViewSource): void;
  /** The host asks where in the stream to begin. */
  watchFrom(): void;
  tailBinding(exchange: string, routingKey: string): void;
}

/** What this view sees and what it misses, and the other ways to watch with their price. */
export function bannerTemplate(banner: Banner, actions: BannerActions): TemplateResult {
  const { alternatives } = banner;
  return html`<section class="banner" aria-label="What this view shows">
    <span class="icon icon-eye" aria-hidden="true"></span>
    <div class="sentences">
      <span>${visibleText(banner.sees)}</span> <span>${visibleText(banner.misses)}</span>
      <strong>${visibleText(banner.promise)}</strong>
      ${
        alternatives.length === 0
          ? nothing
          : html`<button
              class="link"
              aria-expanded=${actions.isOpen ? 'true' : 'false'}
              aria-controls="other-ways"
              @click=${() => {
                actions.toggle();
              }}
            >
              Other Ways to Watch
              <span class="icon icon-chevron-${actions.isOpen ? 'down' : 'right'}" aria-hidden="true"></span>
            </button>`
      }
      ${
        actions.isOpen && alternatives.length > 0
          ? html`<ul id="other-ways" class="alternatives" aria-label="Other ways to watch">
              ${alternatives.map((alternative) => alternativeTemplate(alternative, actions))}
            </ul>`
          : nothing
      }
    </div>
  </section>`;
}

function alternativeTemplate(alternative: Alternative, actions: BannerActions): TemplateResult {
  const price = html`<span class="price">${visibleText(alternative.price)}</span>`;
  if (alternative.kind === 'binding') return html`<li>${bindingForm(alternative, actions)} ${price}</li>`;
  return html`<li>
    <vscode-button
      appearance="secondary"
      @click=${() => {
        open(alternative, actions);
      }}
      >${alternative.label}</vscode-button
    >
    ${price}
  </li>`;
}

function open({ kind, source }: Alternative, actions: BannerActions): void {
  if (kind === 'peek') actions.peekInstead();
  else if (source) actions.watchInstead(source);
  else actions.watchFrom();
}

/** The typed values live in the form itself: they are nobody's business until the button is pressed. */
function bindingForm(alternative: Alternative, actions: BannerActions): TemplateResult {
  let exchange = '';
  let routingKey = '';
  const go = (event: Event): void => {
    const form = (event.currentTarget as HTMLElement).closest('.binding-form');
    const fields = form?.querySelectorAll('vscode-text-field') ?? [];
    [exchange = '', routingKey = ''] = Array.from(fields, (field) =>
      'value' in field ? String(field.value) : '',
    );
    actions.tailBinding(exchange, routingKey);
  };
  return html`<div class="binding-form" role="group" aria-label=${alternative.label}>
    <vscode-text-field size="16" maxlength="255">Exchange</vscode-text-field>
    <vscode-text-field
      size="16"
      maxlength="255"
      placeholder="order.# or empty"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && valueOf(event) !== '') go(event);
      }}
      >Binding key</vscode-text-field
    >
    <vscode-button appearance="secondary" @click=${go}>${alternative.label}</vscode-button>
  </div>`;
}
