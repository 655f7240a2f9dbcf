const brackets: readonly (readonly [string, string])[] = [
  ['{{', '}}'],
  ['{%', '%}'],
  ['<%', '%>'],
  ['${', '}'],
];

/**
 * The end of the template placeholder that begins here (Helm and Jinja, ERB, the shell's `envsubst`), or -1. None
 * of the openings can begin a JSON value; an unclosed one is not taken for a template.
 */
export function templateEnd(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code !== 0x7b && code !== 0x3c && code !== 0x24) return -1;
  for (const [opening, closing] of brackets) {
    if (!text.startsWith(opening, start)) continue;
    const close = text.slice(start, start + 1000).indexOf(closing, opening.length);
    return close < 0 ? -1 : start + close + closing.length;
  }
  return -1;
}
