import type { Clock } from '../core/base/clock';
import { delay } from '../core/base/clock';
import { throwIfAborted } from '../core/base/failure';
import { csvHeader, csvLine } from '../core/message/csvLine';
import { messageLine, noteLine } from '../core/message/recordLine';
import type { KeptRow } from '../core/tail/ringBuffer';
import type { MessageView } from '../core/tail/view';
import type { ExportParams, ExportResult } from '../protocol/brokerContract';
import { OutputFile } from './outputFile';
import { packLines } from './packLines';

/** A row as a line of a recording, its end included. */
export function recordedLine(row: KeptRow): string {
  return row.kind === 'message' ? `${messageLine(row)}\n` : `${noteLine(row)}\n`;
}

/** CSV has no place for notes. */
function csvRecord(row: KeptRow): string | undefined {
  return row.kind === 'message' ? `${csvLine(row)}\r\n` : undefined;
}

/**
 * Writes what a view holds at this moment, or what its filter leaves of that. Messages that the buffer lets go before their turn are counted. Cancelled
 * or failed, it leaves no file, and one that stood there before as it was.
 */
export async function exportView(
  messages: MessageView,
  { path, format, matchingOnly }: ExportParams,
  clock: Clock,
  signal: AbortSignal,
): Promise<ExportResult> {
  const rows = messages.keptRows();
  const wholeLine = format === 'csv' ? csvRecord : recordedLine;
  // The filter of this moment, whatever is typed while the file is written.
  const shows = matchingOnly ? messages.rowFilter() : () => true;
  const line = (row: KeptRow): string | undefined => (shows(row.seq) ? wholeLine(row) : undefined);
  const file = await OutputFile.whole(path);
  try {
    if (format === 'csv') await file.write(`${csvHeader}\r\n`);
    let written = 0;
    for (;;) {
      throwIfAborted(signal);
      const packed = packLines(() => rows.next(), line, clock);
      if (packed.text !== '') await file.write(packed.text);
      written += packed.messages;
      if (packed.ended) break;
      // Rows that a filter leaves out write nothing, and must not keep the sockets waiting either.
      if (packed.text === '') await delay(clock, 0);
    }
    await file.finish();
    return { messages: written, bytes: file.bytes, missing: rows.missing };
  } catch (thrown) {
    await file.abandon();
    throw thrown;
  }
}
