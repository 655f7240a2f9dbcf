import { exactTable } from '../../base/exactFields';
import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { emptyTable } from '../../base/fieldValue';
import { bytesFromBase64 } from '../../message/base64';
import { readJson } from '../../base/jsonTree';

/**
 * The `arguments` of each item of a JSON list, with every number as it was written. `JSON.parse` rounds integers beyond
 * 53 bits and makes 2.0 an integer, and a binding copied with those matches other messages than the original.
 * `undefined` where no item has any argument, or the text is no list.
 */
export function exactArguments(text: string): readonly FieldTable[] | undefined {
  if (!/"arguments":\s*\{\s*"/.test(text)) return undefined;
  const json = readJson(text);
  if ('problem' in json || json.node.kind !== 'array') return undefined;
  return json.node.items.map((item) => {
    const given = item.kind === 'object' && item.entries.find(({ name }) => name === 'arguments');
    return given && given.value.kind === 'object' ? exactTable(given.value.entries, textOf) : emptyTable;
  });
}

const notText = 'Not UTF-8, base64 is: ';

/** A void and bytes come as words (seen on 3.10.8, 4.0.5 and 4.3.6); who means the word itself is rarer than a void. */
function textOf(text: string): FieldValue {
  if (text === 'undefined') return { type: 'void' };
  const bytes = text.startsWith(notText) ? bytesFromBase64(text.slice(notText.length)) : undefined;
  return { type: 'longstr', value: bytes ?? text };
}
