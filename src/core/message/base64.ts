const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const letters = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const padding = 0x3d;
const none = 0xff;
const values = new Uint8Array(256).fill(none);
letters.forEach((letter, value) => (values[letter] = value));
const ascii = new TextDecoder();

/** Neither Node nor the DOM is here: Buffer and atob belong to one of them each. */
export function base64Text(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  let to = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text[to] = letters[bits >> 18] ?? 0;
    text[to + 1] = letters[(bits >> 12) & 63] ?? 0;
    if (rest > 1) text[to + 2] = letters[(bits >> 6) & 63] ?? 0;
    if (rest > 2) text[to + 3] = letters[bits & 63] ?? 0;
    to += 4;
  }
  return ascii.decode(text);
}

/** The bytes, or `undefined` where the text is not Base64. White space and missing padding are forgiven. */
export function bytesFromBase64(text: string): Uint8Array | undefined {
  const packed = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
  if (packed.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((packed.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let index = 0; index < packed.length; index++) {
    const code = packed.charCodeAt(index);
    const value = code < 256 ? (values[code] ?? none) : none;
    if (value === none) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = (bits >> count) & 0xff;
    }
  }
  return bytes;
}
