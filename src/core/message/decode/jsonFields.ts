import { JsonScanner } from '../../base/jsonScanner';

/**
 * The plain values of an object's own fields, in their order; those that are objects or lists are left out. For the
 * attributes of an envelope, without making a tree of the body. `text` that is no object has none.
 */
export function plainFields(
  text: string,
  most = 50,
): readonly { readonly name: string; readonly value: string }[] {
  const scanner = new JsonScanner(text);
  const found: { name: string; value: string }[] = [];
  let depth = 0;
  let name: string | undefined;
  let isName = false;
  for (let token = scanner.next(); token !== 'end' && token !== 'bad'; token = scanner.next()) {
    if (token === '{' || token === '[') {
      depth++;
      isName = token === '{' && depth === 1;
      name = undefined;
      if (depth === 1 && token === '[') return found;
    } else if (token === '}' || token === ']') {
      depth--;
      if (depth === 0) return found;
    } else if (depth !== 1) continue;
    else if (token === ',') isName = true;
    else if (token === ':') isName = false;
    else {
      const written = text.slice(scanner.start, scanner.end);
      const value = token === 'string' ? (JSON.parse(written) as string) : written;
      if (isName) name = value;
      else if (name !== undefined && found.length < most) found.push({ name, value: value.slice(0, 1_000) });
    }
  }
  return found;
}
