import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { MessageRow, NoteRow, Row } from '../../src/core/message/row';
import { visibleText } from '../../src/core/message/visibleText';
import { countText, sizeText, timeText } from '../shared/words';

interface Flag {
  readonly letter: string;
  readonly title: string;
}

/** Name and class of each column; the style sheet gives the widths and hides some where the panel is narrow. */
const columns = [
  { title: '#', name: 'seq' },
  { title: 'Received', name: 'received' },
  { title: 'Exchange', name: 'exchange' },
  { title: 'Routing key', name: 'key' },
  { title: 'Flags', name: 'flags' },
  { title: 'Size', name: 'size' },
  { title: 'Type', name: 'type' },
  { title: 'Preview', name: 'preview' },
] as const;

export function headerTemplate(): TemplateResult {
  return html`<div class="row header" role="row" aria-rowindex="1">
    ${columns.map(({ title, name }) => html`<div role="columnheader" class="cell ${name}">${title}</div>`)}
  </div>`;
}

export interface RowPlace {
  readonly seq: number;
  /** Counted from 1, the header being the first. */
  readonly index: number;
  readonly isActive: boolean;
}

/** A row, or the room for one that is on its way or that the buffer has let go. */
export function rowTemplate(row: Row | undefined, isGone: boolean, place: RowPlace): TemplateResult {
  const kind = row?.kind === 'note' ? `note ${row.severity}` : row ? 'message' : 'empty';
  return html`<div
    class="row ${kind} ${place.isActive ? 'active' : ''}"
    role="row"
    id="row-${place.seq}"
    data-seq=${place.seq}
    aria-rowindex=${place.index}
    aria-selected=${place.isActive ? 'true' : 'false'}
  >
    ${row === undefined ? emptyCells(place.seq, isGone) : row.kind === 'note' ? noteCells(row) : cells(row)}
  </div>`;
}

function cells(row: MessageRow): TemplateResult {
  const key = visibleText(row.routingKey);
  const exchange = visibleText(row.exchange);
  return html`<div role="gridcell" class="cell seq">${countText(row.seq)}</div>
    <div role="gridcell" class="cell received">${timeText(row.receivedAt)}</div>
    <div role="gridcell" class="cell exchange" title=${exchange}>
      ${exchange === '' ? html`<span class="dim">(default)</span>` : exchange}
    </div>
    <div role="gridcell" class="cell key" title=${key}>${key}</div>
    <div role="gridcell" class="cell flags">${flagsOf(row).map(flagTemplate)}</div>
    <div role="gridcell" class="cell size">${sizeText(row.size)}</div>
    <div role="gridcell" class="cell type">${visibleText(row.contentType ?? '')}</div>
    <div role="gridcell" class="cell preview">
      ${row.sentByYou ? html`<span class="mark" title="Published from this editor; a tail cannot see it">sent by you, straight to the queue</span>` : nothing}${visibleText(
        row.preview,
      )}
    </div>`;
}

function noteCells(note: NoteRow): TemplateResult {
  return html`<div role="gridcell" class="cell whole" aria-colspan=${columns.length}>
    <span class="icon icon-${note.severity}" aria-hidden="true"></span>
    <span class="dim">${timeText(note.receivedAt)}</span> ${visibleText(note.text)}
  </div>`;
}

function emptyCells(seq: number, isGone: boolean): TemplateResult {
  return html`<div role="gridcell" class="cell whole dim" aria-colspan=${columns.length}>
    ${countText(seq)} ${isGone ? 'no longer kept' : ''}
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
