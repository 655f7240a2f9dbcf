import { holdsControls } from '../controlCharacters';

export type ReadText =
  /** `charset`: its name, where it is not UTF-8. */
  | { readonly kind: 'text'; readonly text: string; readonly charset?: string }
  /** Why the bytes are not text, a sentence. */
  | { readonly kind: 'notText'; readonly reason: string };

export interface TextOptions {
  /** As the message or a setting names it. A byte order mark counts more. */
  readonly charset?: string | undefined;
  /** The bytes are the beginning of more, and may end inside a character. */
  readonly partial: boolean;
}

/** The text of a body, strictly: nothing is replaced. */
export function readText(bytes: Uint8Array, { charset, partial }: TextOptions): ReadText {
  const found = markedCharset(bytes) ?? charset?.trim() ?? 'utf-8';
  const decoder = strictDecoder(found);
  if (decoder === undefined)
    return { kind: 'notText', reason: `The character set "${found.slice(0, 40)}" is not known here.` };
  const name = decoder.encoding;
  try {
    const text = decoder.decode(bytes, { stream: partial });
    return name === 'utf-8' ? { kind: 'text', text } : { kind: 'text', text, charset: name.toUpperCase() };
  } catch {
    return { kind: 'notText', reason: `The body is not ${name.toUpperCase()} text.` };
  }
}

/** Text where nobody said so: UTF-8 or UTF-16 without what only binary bodies hold. */
export function textByItsLook(bytes: Uint8Array, partial: boolean): ReadText {
  const read = readText(bytes, { charset: looksLikeUtf16(bytes), partial });
  if (read.kind === 'text' && holdsControls(read.text))
    return { kind: 'notText', reason: 'The body is not text.' };
  return read;
}

/** Whether a `content-encoding` names a character set, as many publishers use it. */
export function isCharset(label: string): boolean {
  return strictDecoder(label) !== undefined;
}

function strictDecoder(label: string) {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
}

function markedCharset(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Latin text in UTF-16 has a zero in every second byte. */
function looksLikeUtf16(bytes: Uint8Array): string | undefined {
  const looked = Math.min(bytes.length, 256) & ~1;
  if (looked < 4 || bytes.length % 2 !== 0) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < looked; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const most = (looked / 2) * 0.8;
  if (even === 0 && odd >= most) return 'utf-16le';
  return odd === 0 && even >= most ? 'utf-16be' : undefined;
}
