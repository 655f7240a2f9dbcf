import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { MessagesPanelContract } from '../../src/protocol/messagesPanel';
import type { Overflow, ViewState } from '../../src/protocol/view';
import '../shared/menuButton';
import type { MenuEntry } from '../shared/popupMenu';
import { countText } from '../shared/words';
import type { ShownColumn } from './columns';
import { columns } from './columns';

type ExportParams = MessagesPanelContract['requests']['exportView']['params'];

export interface ToolbarActions {
  pause(receiving: 'keep' | 'stop'): void;
  resume(): void;
  clear(): void;
  follow(following: boolean): void;
  setOverflow(overflow: Overflow): void;
  exportView(params: ExportParams): void;
  record(on: boolean): void;
  showColumn(name: string, shown: boolean): void;
  resetColumns(): void;
}

/** Nothing is shown yet, or never will be: there is nothing to pause, filter or count. */
export function hasTools(view: ViewState): boolean {
  return view.status.kind !== 'awaitingConsent' && view.status.kind !== 'nothingToMirror';
}

/** The buttons of a tail, before the filter. */
export function tailButtons(
  view: ViewState,
  following: boolean,
  actions: ToolbarActions,
): TemplateResult | typeof nothing {
  if (view.kind !== 'tail') return nothing;
  return html`<div role="toolbar" aria-label="Tail" class="tools">
    <div class="split-button">
      ${pauseButton(view, actions)}
      <menu-button label="How to Receive" .entries=${receivingEntries(view, actions)}></menu-button>
    </div>
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
  </div>`;
}

/** The buttons of either kind of view, after the filter. */
export function viewButtons(
  view: ViewState,
  chosen: readonly ShownColumn[],
  actions: ToolbarActions,
): TemplateResult {
  return html`<div role="toolbar" aria-label="Messages" class="tools">
    <menu-button
      label="Export"
      text="Export"
      icon="export"
      .entries=${exportEntries(view, actions)}
    ></menu-button>
    ${view.kind === 'tail' ? recordButton(view, actions) : nothing}
    <menu-button label="Columns" icon="table" .entries=${columnEntries(chosen, actions)}></menu-button>
  </div>`;
}

export function columnEntries(
  chosen: readonly ShownColumn[],
  actions: Pick<ToolbarActions, 'showColumn' | 'resetColumns'>,
): readonly MenuEntry[] {
  return [
    ...columns.map(({ name, title }): MenuEntry => {
      const checked = chosen.some((column) => column.name === name);
      return {
        label: title,
        kind: 'check',
        checked,
        disabled: checked && chosen.length === 1,
        run: () => {
          actions.showColumn(name, !checked);
        },
      };
    }),
    '',
    {
      label: 'Reset Columns',
      run: () => {
        actions.resetColumns();
      },
    },
  ];
}

function pauseButton(view: ViewState, actions: ToolbarActions): TemplateResult {
  const { kind } = view.status;
  if (kind === 'paused' || kind === 'full')
    return tool('Resume', 'debug-continue', () => {
      actions.resume();
    });
  return tool(
    'Pause',
    'debug-pause',
    () => {
      actions.pause('keep');
    },
    kind !== 'running',
  );
}

/** Two ways to pause, and what a full buffer does: each with what it means for what is published meanwhile. */
function receivingEntries(view: ViewState, actions: ToolbarActions): readonly MenuEntry[] {
  const { status, overflow, capacity } = view;
  const isReceiving = status.kind === 'running' || (status.kind === 'paused' && status.receiving);
  const whenFull = (value: Overflow, label: string, detail: string): MenuEntry => ({
    label,
    detail,
    kind: 'radio',
    checked: overflow === value,
    run: () => {
      actions.setOverflow(value);
    },
  });
  return [
    {
      label: 'Pause (Keep Receiving)',
      detail: 'The table stands still. Messages are still received and kept, and show when you resume.',
      disabled: status.kind !== 'running',
      run: () => {
        actions.pause('keep');
      },
    },
    {
      label: 'Stop Receiving',
      detail: 'What is published until you resume is not seen. The gap stands in the table.',
      disabled: !isReceiving,
      run: () => {
        actions.pause('stop');
      },
    },
    '',
    `When the buffer of ${countText(capacity)} messages is full`,
    whenFull('roll', 'Drop the Oldest', 'The newest are always here; how many were dropped is counted.'),
    whenFull(
      'pause',
      'Stop Receiving When Full',
      'Nothing that was received is lost; newer messages are not seen.',
    ),
  ];
}

function exportEntries(view: ViewState, actions: ToolbarActions): readonly MenuEntry[] {
  const isFiltered =
    view.filter !== undefined && (view.filter.text.trim() !== '' || view.filter.range !== undefined);
  const entry = (label: string, format: ExportParams['format'], matchingOnly: boolean): MenuEntry => ({
    label,
    disabled: matchingOnly && !isFiltered,
    run: () => {
      actions.exportView({ format, matchingOnly });
    },
  });
  return [
    'JSON Lines: everything, with types',
    entry('All Messages as JSON Lines...', 'jsonl', false),
    entry('Matching Messages as JSON Lines...', 'jsonl', true),
    '',
    'CSV: for spreadsheets',
    entry('All Messages as CSV...', 'csv', false),
    entry('Matching Messages as CSV...', 'csv', true),
  ];
}

function recordButton({ recording, status }: ViewState, actions: ToolbarActions): TemplateResult {
  const isOn = recording !== undefined;
  const isOver = status.kind === 'stopped' || status.kind === 'failed';
  return html`<button
    class="tool record"
    title=${isOn ? 'Stop writing new messages to the file' : 'Write every message that arrives from now on to a file'}
    aria-pressed=${isOn ? 'true' : 'false'}
    ?disabled=${isOver && !isOn}
    @click=${() => {
      actions.record(!isOn);
    }}
  >
    <span class="icon icon-record" aria-hidden="true"></span>${isOn ? 'Stop Recording' : 'Record'}
  </button>`;
}

function tool(label: string, icon: string, action: () => void, disabled = false): TemplateResult {
  return html`<button class="tool" ?disabled=${disabled} @click=${action}>
    <span class="icon icon-${icon}" aria-hidden="true"></span>${label}
  </button>`;
}
