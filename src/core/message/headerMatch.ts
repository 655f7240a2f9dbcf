import { utf8Length } from '../base/bytes';
import type { FieldEntry } from '../base/fieldValue';
import { longstr } from '../base/fieldValue';
import { readField } from './fieldNotation';

/**
 * One argument of a headers binding as a person types it: `format = pdf`, `pages = 12`, `draft = true`,
 * `size = {"!": "double", "value": "2"}`. A name alone asks that the header is there. What is no JSON is text.
 */
export function readHeaderMatch(text: string): FieldEntry | { readonly problem: string } {
  const at = text.indexOf('=');
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  if (name === '') return { problem: 'The header needs a name.' };
  if (utf8Length(name) > 255) return { problem: 'AMQP names have at most 255 bytes.' };
  if (name === 'x-match') return { problem: '"x-match" was asked for already.' };
  if (at < 0) return { name, value: { type: 'void' } };
  const value = text.slice(at + 1).trim();
  const read = readField('array', `[${value}]`);
  if ('problem' in read || read.value.type !== 'array') return { name, value: longstr(value) };
  const [only, ...more] = read.value.value;
  return { name, value: only === undefined || more.length > 0 ? longstr(value) : only };
}
