import type { Fact } from './envelopes';
import { hexDump } from '../hexDump';
import type { ReadValues } from './readValues';
import { visibleText } from '../visibleText';

/** What one decoder made of a body. */
export interface Reading {
  /** One of the choices a user has. */
  readonly decoder: string;
  /** "MessagePack" */
  readonly label: string;
  readonly text: string;
  readonly language: string;
  readonly cut: boolean;
  /** A sentence. */
  readonly problem?: string;
  readonly facts?: readonly Fact[];
  /** Nobody said so: the bytes look like it. */
  readonly byItsLook?: boolean;
}

/** Most characters of a decoded body; what is shown in a panel is never more. */
export const mostCharacters = 256 * 1024;
const mostHexBytes = 16 * 1024;

/** What nothing could read, or nothing should. */
export function hexReading(bytes: Uint8Array, more: Partial<Reading> = {}): Reading {
  const shown = bytes.subarray(0, mostHexBytes);
  const cut = shown.length < bytes.length;
  return { decoder: 'hex', label: 'Hex', language: 'hex', text: hexDump(shown), cut, ...more };
}

/** The values of a binary format, or its bytes and why they are not of this format. */
export function valuesReading(
  decoder: string,
  label: string,
  bytes: Uint8Array,
  read: ReadValues,
  more: Partial<Reading> = {},
): Reading {
  if (read.kind === 'malformed') {
    const problem = visibleText(`The body is not ${label}: ${read.message}.`);
    return hexReading(bytes, { ...more, problem });
  }
  const problem = [more.problem, read.problem].filter((each) => each !== undefined).join(' ');
  const text = visibleText(read.text, { lines: true });
  return {
    decoder,
    label,
    language: 'json',
    cut: read.cut,
    ...more,
    text,
    ...(problem !== '' && { problem }),
  };
}
