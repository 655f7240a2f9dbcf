import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { visibleText } from '../../src/core/message/visibleText';
import type { FilterState, RecordingState, ViewState } from '../../src/protocol/view';
import { countText, rateText, sizeText } from '../shared/words';
import { sparklineTemplate } from './rateSparkline';

/** "1,204 of 88,120 shown · 12,000 dropped by the buffer (100,000 max)", the rate, and what goes on meanwhile. */
export function countsTemplate(
  view: ViewState,
  histogram: { readonly isOpen: boolean; toggle(): void },
): TemplateResult {
  return html`<div class="counts">
    ${shownTemplate(view)} ${droppedTemplate(view)}
    ${view.recording ? recordingTemplate(view.recording) : nothing}
    <span class="pulse">
      ${view.kind === 'tail' ? html`${sparklineTemplate(view.rates)}<span class="rate">${rateText(view.rate)}</span>` : nothing}
      <button
        class="tool"
        title="When the messages came; select a range of time there"
        aria-label="Histogram"
        aria-expanded=${histogram.isOpen ? 'true' : 'false'}
        @click=${() => {
          histogram.toggle();
        }}
      >
        <span class="icon icon-graph" aria-hidden="true"></span>
      </button>
    </span>
  </div>`;
}

function shownTemplate(view: ViewState): TemplateResult {
  const { filter, received, kind } = view;
  if (filter && isOn(filter)) return filteredTemplate(filter);
  // Rows include notes, and a note is not a message.
  const shown = Math.min(view.nextRow - view.firstRow, received);
  if (kind === 'peek') return html`<span>${countText(shown)} shown</span>`;
  return html`<span>${countText(shown)} of ${countText(received)} shown</span>`;
}

function filteredTemplate({ matched, scanned, total, running }: FilterState): TemplateResult {
  if (!running) return html`<span>${countText(matched)} of ${countText(total)} shown</span>`;
  return html`<span>${countText(matched)} shown so far</span>
    <label class="scan"
      ><progress max=${Math.max(1, total)} .value=${Math.min(scanned, total)}></progress>
      ${countText(scanned)} of ${countText(total)} looked at</label
    >`;
}

/** A text with a mistake filters nothing while there is no good one before it. */
function isOn({ problem, matched }: FilterState): boolean {
  return problem === undefined || matched > 0;
}

function droppedTemplate({ dropped, capacity }: ViewState): TemplateResult | typeof nothing {
  if (dropped === 0) return nothing;
  return html`<span class="dropped" title="The oldest were let go to make room for newer ones"
    >${countText(dropped)} dropped by the buffer (${countText(capacity)} max)</span
  >`;
}

function recordingTemplate({ path, messages, bytes, problem }: RecordingState): TemplateResult {
  const name = visibleText(path.split(/[\\/]/).at(-1) ?? path);
  const written = `${countText(messages)} ${messages === 1 ? 'message' : 'messages'}, ${sizeText(bytes)}`;
  if (problem !== undefined)
    return html`<span class="recording" role="alert" title=${visibleText(path)}
      ><span class="icon icon-warning" aria-hidden="true"></span> ${visibleText(problem)} ${name} has
      ${written}.</span
    >`;
  return html`<span class="recording" title=${visibleText(path)}
    ><span class="icon icon-record" aria-hidden="true"></span>Recording to ${name}: ${written}</span
  >`;
}
