import { createReadStream } from 'node:fs';
import { throwIfAborted } from '../core/base/failure';
import { utf8Text } from '../core/base/bytes';
import { readRecordLine } from '../core/message/readRecordLine';
import type { RecordLine } from '../core/message/readRecordLine';
import { fileFailure } from './outputFile';

/** A body of 128 MiB, the most a RabbitMQ takes, with room for Base64 or escapes. */
const longestLine = 256 * 1024 * 1024;

export interface NumberedLine {
  /** Counts from 1. */
  readonly number: number;
  readonly line: RecordLine;
}

/** The lines of a recording, one by one; empty ones are left out. Rejects where the file cannot be read. */
export async function* recordingLines(path: string, signal: AbortSignal): AsyncGenerator<NumberedLine> {
  let number = 0;
  for await (const line of rawLines(path, signal)) {
    number++;
    const read = line === 'tooLong' ? tooLong : readBytes(line);
    if (read !== undefined) yield { number, line: read };
  }
}

const tooLong: RecordLine = { kind: 'problem', problem: 'This line is longer than any message.' };

function readBytes(bytes: Uint8Array): RecordLine | undefined {
  const text = utf8Text(bytes);
  if (text === undefined) return { kind: 'problem', problem: 'This line is not UTF-8 text.' };
  return text.trim() === '' ? undefined : readRecordLine(text);
}

async function* rawLines(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array | 'tooLong'> {
  let pieces: Buffer[] = [];
  let length = 0;
  const whole = (last: Buffer): Uint8Array | 'tooLong' => {
    const line = length + last.length > longestLine ? 'tooLong' : Buffer.concat([...pieces, last]);
    pieces = [];
    length = 0;
    return line;
  };
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      throwIfAborted(signal);
      let from = 0;
      for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
        yield whole(chunk.subarray(from, end));
        from = end + 1;
      }
      const rest = chunk.subarray(from);
      length += rest.length;
      if (length <= longestLine) pieces.push(rest);
      else pieces = [];
    }
    if (length > 0) yield whole(Buffer.alloc(0));
  } catch (thrown) {
    throw fileFailure('read', path, thrown);
  } finally {
    stream.destroy();
  }
}
