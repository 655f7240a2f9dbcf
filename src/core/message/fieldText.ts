import type { FieldTable, FieldType, FieldValue } from '../base/fieldValue';
import { hexText } from './hexDump';

/** One line of a table of headers; what is inside a table or an array follows with a greater depth. */
export interface FieldLine {
  readonly depth: number;
  /** The name, or the position inside an array. */
  readonly name: string;
  readonly type: FieldType;
  readonly text: string;
}

const mostLines = 1_000;
const mostBytes = 256;
const deepest = 32;

/** Headers as lines of text with their AMQP types, bounded whatever was published. */
export function fieldLines(table: FieldTable): { lines: readonly FieldLine[]; cut: boolean } {
  const lines: FieldLine[] = [];
  const cut = !addTable(lines, table, 0);
  return { lines, cut };
}

/** One value as text: containers say how much they hold. */
export function fieldText(value: FieldValue): string {
  switch (value.type) {
    case 'void':
      return '';
    case 'bytearray':
      return bytesText(value.value);
    case 'longstr':
      return typeof value.value === 'string' ? value.value : bytesText(value.value);
    case 'array':
      return value.value.length === 1 ? '1 item' : `${String(value.value.length)} items`;
    case 'table':
      return value.value.length === 1 ? '1 field' : `${String(value.value.length)} fields`;
    case 'decimal':
      return decimalText(value);
    case 'timestamp':
      return timestampText(value.value);
    default:
      return String(value.value);
  }
}

/** "1700000000 (2023-11-14 22:13:20 UTC)": the value as sent, and what it means where that makes sense. */
export function timestampText(seconds: string): string {
  const milliseconds = Number(seconds) * 1000;
  if (!(milliseconds < 253_402_300_800_000)) return seconds;
  const iso = new Date(milliseconds).toISOString();
  return `${seconds} (${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC)`;
}

/** 1234 with 2 digits is 12.34. */
export function decimalText({ digits, value }: { readonly digits: number; readonly value: number }): string {
  const plain = String(Math.abs(value)).padStart(digits + 1, '0');
  const point = plain.length - digits;
  return `${value < 0 ? '-' : ''}${plain.slice(0, point)}${digits > 0 ? `.${plain.slice(point)}` : ''}`;
}

function bytesText(bytes: Uint8Array): string {
  const hex = `0x${hexText(bytes.subarray(0, mostBytes))}`;
  return bytes.length > mostBytes ? `${hex}... (${String(bytes.length)} bytes)` : hex;
}

/** Whether all of it found room. */
function addTable(lines: FieldLine[], table: FieldTable, depth: number): boolean {
  return table.every((entry) => addValue(lines, entry.name, entry.value, depth));
}

function addValue(lines: FieldLine[], name: string, value: FieldValue, depth: number): boolean {
  if (lines.length >= mostLines || depth > deepest) return false;
  lines.push({ depth, name, type: value.type, text: fieldText(value) });
  if (value.type === 'table') return addTable(lines, value.value, depth + 1);
  if (value.type === 'array')
    return value.value.every((item, index) => addValue(lines, String(index), item, depth + 1));
  return true;
}
