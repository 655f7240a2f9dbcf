const width = 16;

/** Lines of offset, sixteen bytes in hex, and what of them is printable ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += width) {
    const line = bytes.subarray(offset, offset + width);
    const hex = Array.from(line, (byte, index) => (index === 8 ? ' ' : '') + byteHex(byte)).join(' ');
    const ascii = Array.from(line, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(width * 3)}  ${ascii.join('')}`);
  }
  return lines.join('\n');
}

/** The bytes as pairs of hex digits without spaces. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, byteHex).join('');
}

/** Bytes from hex digits; spaces and a leading 0x are taken. `undefined` where it is not hex. */
export function bytesFromHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, '').replace(/^0x/i, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}

function byteHex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
