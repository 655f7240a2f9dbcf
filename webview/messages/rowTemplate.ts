import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { MessageRow, NoteRow, Row } from '../../src/core/message/row';
import { visibleText } from '../../src/core/message/visibleText';
import { countText, sizeText, timeText } from '../shared/words';
import type { ShownColumn } from './columns';

interface Flag {
  readonly letter: string;
  readonly title: string;
}

export interface RowPlace {
  readonly place: number;
  /** Counted from 1, the header being the first. */
  readonly index: number;
  readonly isActive: boolean;
}

/** A row, or the room for one that is on its way or that the buffer has let go. */
export function rowTemplate(
  row: Row | undefined,
  isGone: boolean,
  { place, index, isActive }: RowPlace,
  columns: readonly ShownColumn[],
): TemplateResult {
  const kind = row?.kind === 'note' ? `note ${row.severity}` : row ? 'message' : 'empty';
  return html`<div
    class="row ${kind} ${isActive ? 'active' : ''}"
    role="row"
    id="row-${place}"
    data-place=${place}
    aria-rowindex=${index}
    aria-selected=${isActive ? 'true' : 'false'}
  >
    ${
      row?.kind === 'message'
        ? columns.map(({ name }) => cellTemplate(name, row))
        : wholeTemplate(row, isGone, columns.length)
    }
  </div>`;
}

function cellTemplate(name: string, row: MessageRow): TemplateResult {
  const text = cellText(name, row);
  if (text !== undefined) {
    const shown = visibleText(text);
    return html`<div role="gridcell" class="cell ${name}" title=${shown}>
      ${name === 'exchange' && shown === '' ? html`<span class="dim">(default)</span>` : shown}
    </div>`;
  }
  return html`<div role="gridcell" class="cell ${name}">
    ${name === 'flags' ? flagsOf(row).map(flagTemplate) : previewContent(row)}
  </div>`;
}

/** What a column says in words; nothing for the two that show more than words. */
function cellText(name: string, row: MessageRow): string | undefined {
  switch (name) {
    case 'seq':
      return countText(row.seq);
    case 'received':
      return timeText(row.receivedAt);
    case 'exchange':
      return row.exchange;
    case 'key':
      return row.routingKey;
    case 'size':
      return sizeText(row.size);
    case 'type':
      return row.contentType ?? '';
    case 'message-id':
      return row.messageId ?? '';
    case 'correlation-id':
      return row.correlationId ?? '';
    case 'priority':
      return row.priority?.toString() ?? '';
    case 'type-property':
      return row.type ?? '';
    case 'app-id':
      return row.appId ?? '';
    case 'headers':
      return row.headers ?? '';
    default:
      return undefined;
  }
}

function previewContent(row: MessageRow): TemplateResult {
  return html`${row.sentByYou ? html`<span class="mark" title="Published from this editor; a tail cannot see it">sent by you, straight to the queue</span>` : nothing}${visibleText(
    row.preview,
  )}`;
}

function wholeTemplate(note: NoteRow | undefined, isGone: boolean, columns: number): TemplateResult {
  return html`<div role="gridcell" class="cell whole ${note ? '' : 'dim'}" aria-colspan=${columns}>
    ${
      note
        ? html`<span class="icon icon-${note.severity}" aria-hidden="true"></span>
            <span class="dim">${timeText(note.receivedAt)}</span> ${visibleText(note.text)}`
        : isGone
          ? 'no longer kept'
          : nothing
    }
  </div>`;
}

function flagsOf(row: MessageRow): Flag[] {
  return [
    ...(row.redelivered ? [{ letter: 'R', title: 'Redelivered: it was handed out before' }] : []),
    ...(row.persistent ? [{ letter: 'P', title: 'Persistent' }] : []),
    ...(row.deadLettered ? [{ letter: 'D', title: 'Dead-lettered: it came from another queue' }] : []),
  ];
}

function flagTemplate({ letter, title }: Flag): TemplateResult {
  return html`<abbr class="flag" title=${title}>${letter}</abbr>`;
}
