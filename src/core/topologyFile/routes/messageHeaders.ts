import { tableFromJson } from '../../base/fieldJson';
import type { FieldTable } from '../../base/fieldValue';
import { emptyTable } from '../../base/fieldValue';

/** The headers of a message as somebody typed them: a JSON object, or nothing. */
export function headersOf(text: string): { readonly headers: FieldTable } | { readonly problem: string } {
  if (text.trim() === '') return { headers: emptyTable };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The headers are not JSON: write an object such as {"x": 1}.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'The headers are no JSON object: write one such as {"x": 1}.' };
  return { headers: tableFromJson(value) };
}
