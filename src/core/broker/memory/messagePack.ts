import { utf8Bytes } from '../../base/bytes';

export type Packable =
  string | number | boolean | null | readonly Packable[] | { readonly [name: string]: Packable };

/** As much of MessagePack as the demo shop sends: JSON values of ordinary size. */
export function messagePack(value: Packable): Uint8Array {
  const bytes: number[] = [];
  write(value, bytes);
  return Uint8Array.from(bytes);
}

function write(value: Packable, out: number[]): void {
  if (value === null) out.push(0xc0);
  else if (typeof value === 'boolean') out.push(value ? 0xc3 : 0xc2);
  else if (typeof value === 'string') writeText(value, out);
  else if (typeof value === 'number') writeNumber(value, out);
  else if (isList(value)) {
    out.push(0xdc, value.length >> 8, value.length & 0xff);
    for (const item of value) write(item, out);
  } else {
    const entries = Object.entries(value);
    out.push(0xde, entries.length >> 8, entries.length & 0xff);
    for (const [name, item] of entries) {
      writeText(name, out);
      write(item, out);
    }
  }
}

function writeText(text: string, out: number[]): void {
  const bytes = utf8Bytes(text);
  out.push(0xda, bytes.length >> 8, bytes.length & 0xff, ...bytes);
}

function writeNumber(value: number, out: number[]): void {
  if (Number.isInteger(value) && value >= 0 && value < 128) {
    out.push(value);
    return;
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  out.push(0xcb, ...new Uint8Array(view.buffer));
}

function isList(value: object): value is readonly Packable[] {
  return Array.isArray(value);
}
