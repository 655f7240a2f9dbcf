const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const encoder = new TextEncoder();

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text, or `undefined` where the bytes are not UTF-8. A leading byte order mark is dropped. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text with U+FFFD in place of whatever is not UTF-8. */
export function utf8TextLossy(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
