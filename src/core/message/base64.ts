const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(alphabet, (letter, value) => [letter.charCodeAt(0), value]));

/** Neither Node nor the DOM is here: Buffer and atob belong to one of them each. */
export function base64Text(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(bits >> shift) & 63] ?? '').join('');
    const missing = at + 3 - bytes.length;
    pieces.push(missing > 0 ? letters.slice(0, 4 - missing) + '='.repeat(missing) : letters);
  }
  return pieces.join('');
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
    const value = values.get(packed.charCodeAt(index));
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = (bits >> count) & 0xff;
    }
  }
  return bytes;
}
