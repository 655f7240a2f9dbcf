import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { Death } from '../../src/core/message/deathHistory';
import { visibleText } from '../../src/core/message/visibleText';
import { secondText } from '../shared/words';
import type { DeathStation } from './deathPath';
import { deathPath, deathWords } from './deathPath';

/** The way of a dead letter from top to bottom, with why it left each queue on the way down. */
export function deathTemplate(
  deaths: readonly Death[],
  message: { readonly exchange: string; readonly routingKey: string },
): TemplateResult {
  return html`<ol class="death-path" aria-label="Death history, oldest first">
    ${deathPath(deaths, message.exchange, message.routingKey).map(
      (station) => html`<li class=${station.kind}>${stationTemplate(station)}</li>`,
    )}
  </ol>`;
}

function stationTemplate(station: DeathStation): TemplateResult {
  if (station.kind === 'queue') {
    const { death } = station;
    return html`<p class="station">
        <span class="dim">queue</span> <span class="mono">${visibleText(death.queue)}</span>
      </p>
      <p class="leaves">
        <strong>${visibleText(deathWords(death))}</strong>
        ${death.time === undefined ? nothing : html`<span class="dim">first at ${secondText(death.time)}</span>`}
      </p>`;
  }
  const { name, keys, isDeadLetter } = station;
  return html`<p class="station">
      <span class="dim">${isDeadLetter ? 'dead-letter exchange' : 'exchange'}</span>
      <span class="mono">${name === '' ? '(default)' : visibleText(name)}</span>
    </p>
    <p class="leaves">
      <span class="dim">${keys.length > 1 ? 'keys' : 'key'}</span>
      <span class="mono">${visibleText(keys.join(', '))}</span>
    </p>`;
}
