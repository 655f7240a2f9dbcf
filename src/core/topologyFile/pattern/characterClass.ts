const posixNames =
  /^\^?(?:alpha|lower|upper|alnum|ascii|blank|cntrl|digit|graph|print|punct|space|word|xdigit)$/;

/** A single character that stands for itself; anything else is not compared. */
const single = /^[ -,.-Z^-~]$/;

/** Where the class that opens at `at` ends, and what is wrong with it beyond doubt. A `]` in first place is literal. */
export function classProblem(
  pattern: string,
  at: number,
  isNew: boolean,
): { readonly end: number; readonly problem?: string } {
  // `[:alpha:]` outside of a class is a mistake that PCRE knows.
  const outside = /^\[([:.=])[^\]]*\1\]/.exec(pattern.slice(at, at + 40));
  if (outside) return { end: at, problem: 'a POSIX class such as [:alpha:] stands inside another [ ]' };
  let index = at + 1;
  if (pattern[index] === '^') index += 1;
  if (pattern[index] === ']') index += 1;
  for (; index < pattern.length; index += 1) {
    const char = pattern[index] ?? '';
    if (char === ']') return { end: index };
    if (char === '\\') {
      const letter = pattern[index + 1] ?? '';
      if (letter === 'N' || (isNew && 'BRX'.includes(letter) && letter !== ''))
        return { end: index, problem: `\\${letter} cannot stand in a character class` };
      index += 1;
      // PCRE takes the hyphen of [\d-z] for itself, PCRE2 does not.
      if (isNew && /^[dDwWsS]-[^\]\\]/.test(pattern.slice(index, index + 3)))
        return { end: index, problem: `\\${letter} cannot begin a range in a character class` };
      continue;
    }
    const posix = /^\[([:.=])([a-z^]*)\1\]/.exec(pattern.slice(index, index + 40));
    if (posix) {
      const [whole, kind, name = ''] = posix;
      if (kind !== ':' || !posixNames.test(name))
        return { end: index, problem: `${whole} is no POSIX class that it knows` };
      index += whole.length - 1;
      continue;
    }
    const next = pattern[index + 2] ?? '';
    if (pattern[index + 1] !== '-' || next === ']' || !single.test(char)) continue;
    const written = pattern.slice(index, index + 3);
    if (next === '\\' && 'dDwWsS'.includes(pattern[index + 3] ?? '-'))
      return { end: index, problem: `${written}${pattern[index + 3] ?? ''} is no range of characters` };
    if (single.test(next)) {
      if (next < char) return { end: index, problem: `the range ${written} is out of order` };
      index += 2;
    }
  }
  return { end: -1, problem: 'the closing ] of a character class is missing' };
}
