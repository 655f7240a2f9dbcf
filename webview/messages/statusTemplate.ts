import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { visibleText } from '../../src/core/message/visibleText';
import type { StatusWords } from './statusWords';

/** The status line. It is always in the document, so that screen readers hear it change. */
export function statusTemplate(words: StatusWords | undefined, restart: () => void): TemplateResult {
  return html`<div class="status ${words?.icon ?? 'quiet'}" role="status">
    ${
      words === undefined
        ? nothing
        : html`${
              words.icon === 'busy'
                ? html`<vscode-progress-ring></vscode-progress-ring>`
                : html`<span class="icon icon-${words.icon}" aria-hidden="true"></span>`
            }
            <span>${visibleText([words.text, words.advice].filter(Boolean).join(' '))}</span>
            ${
              words.restart === undefined
                ? nothing
                : html`<vscode-button @click=${restart}>${words.restart}</vscode-button>`
            }`
    }
  </div>`;
}
