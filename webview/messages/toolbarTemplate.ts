import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { ViewState } from '../../src/protocol/view';
import { countText, rateText } from '../shared/words';

export interface ToolbarActions {
  pause(): void;
  resume(): void;
  clear(): void;
  follow(following: boolean): void;
}

/** The buttons of a tail and the counts of either kind of view. */
export function toolbarTemplate(
  view: ViewState,
  following: boolean,
  actions: ToolbarActions,
): TemplateResult | typeof nothing {
  // Nothing is shown yet, or never will be: there is nothing to pause, clear or count.
  if (view.status.kind === 'awaitingConsent' || view.status.kind === 'nothingToMirror') return nothing;
  return html`<div class="toolbar">
    ${
      view.kind === 'tail'
        ? html`<div role="toolbar" aria-label="Tail" class="tools">
            ${pauseButton(view, actions)}
            ${tool('Clear', 'clear-all', () => {
              actions.clear();
            })}
            <button
              class="tool"
              title="Keep the newest message in view (End)"
              aria-pressed=${following ? 'true' : 'false'}
              @click=${() => {
                actions.follow(!following);
              }}
            >
              <span class="icon icon-fold-down" aria-hidden="true"></span>Follow
            </button>
          </div>`
        : nothing
    }
    ${countsTemplate(view)}
  </div>`;
}

function pauseButton(view: ViewState, actions: ToolbarActions): TemplateResult {
  const { kind } = view.status;
  if (kind === 'paused')
    return tool('Resume', 'debug-continue', () => {
      actions.resume();
    });
  return tool(
    'Pause',
    'debug-pause',
    () => {
      actions.pause();
    },
    kind !== 'running',
  );
}

function tool(label: string, icon: string, action: () => void, disabled = false): TemplateResult {
  return html`<button class="tool" ?disabled=${disabled} @click=${action}>
    <span class="icon icon-${icon}" aria-hidden="true"></span>${label}
  </button>`;
}

/** "1,204 shown of 88,120 received · 12,000 dropped by the buffer (100,000 max) · 340/s" */
function countsTemplate(view: ViewState): TemplateResult {
  const { received, dropped, capacity } = view;
  // Rows include notes, and a note is not a message.
  const shown = Math.min(view.nextRow - view.firstRow, received);
  if (view.kind === 'peek') return html`<p class="counts">${countText(shown)} shown</p>`;
  return html`<p class="counts">
    <span>${countText(shown)} shown of ${countText(received)} received</span>
    ${
      dropped === 0
        ? nothing
        : html`<span class="dropped" title="The oldest were let go to make room for newer ones"
            >${countText(dropped)} dropped by the buffer (${countText(capacity)} max)</span
          >`
    }
    <span class="rate">${rateText(view.rate)}</span>
  </p>`;
}
