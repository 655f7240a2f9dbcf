import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { PublishOutcome } from '../../src/core/message/message';
import { visibleText } from '../../src/core/message/visibleText';
import { clockText } from '../shared/words';

/** One line of the list below the form. */
export interface OutcomeLine {
  readonly id: number;
  readonly at: number;
  readonly kind: PublishOutcome['kind'] | 'failed';
  readonly text: string;
}

/**
 * What became of a publish, in a sentence: confirmed is not routed (DOMAIN 3), so an unroutable message says for
 * which key no queue is bound. `target` is where it was sent, as typed.
 */
export function outcomeText(
  outcome: PublishOutcome,
  target: { exchange: string; routingKey: string },
): string {
  switch (outcome.kind) {
    case 'routed':
      return `routed in ${Math.round(outcome.tookMs)} ms`;
    case 'returned': {
      const why =
        outcome.code === 312
          ? target.exchange === ''
            ? `there is no queue "${target.routingKey}"`
            : `no queue is bound for "${target.routingKey}"`
          : 'the broker could not deliver it';
      return `returned: ${why} (${outcome.code} ${outcome.text})`;
    }
    case 'refused':
      return `refused: ${outcome.text}${outcome.code === undefined ? '' : ` (${outcome.code})`}`;
  }
}

const icons = { routed: 'pass', returned: 'warning', refused: 'error', failed: 'error' } as const;

export function outcomesTemplate(lines: readonly OutcomeLine[]): TemplateResult {
  return html`<ul class="outcomes" aria-label="Outcomes, newest first" aria-live="polite">
    ${lines.map(
      (line) =>
        html`<li class=${line.kind}>
          <span class="dim">${clockText(line.at)}</span>
          <span class="icon icon-${icons[line.kind]}" aria-hidden="true"></span>
          <span>${visibleText(line.text)}</span>
        </li>`,
    )}
  </ul>`;
}
