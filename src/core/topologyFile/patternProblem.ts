/**
 * What makes a PCRE pattern invalid beyond doubt, in a few words, or `undefined`. Brokers compile patterns with
 * Erlang's `re`; JavaScript's own dialect differs (it knows no `(?i)`, no possessive quantifiers), so it is not asked.
 */
export function patternProblem(pattern: string): string | undefined {
  let depth = 0;
  let canRepeat = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '\\') {
      if (at + 1 >= pattern.length) return 'it ends with a lone backslash';
      // Between \Q and \E everything is literal.
      if (pattern[at + 1] === 'Q') {
        const close = pattern.indexOf('\\E', at + 2);
        if (close < 0) return undefined;
        at = close;
      }
      at += 1;
      // Assertions match nothing that could be repeated.
      canRepeat = !'bBAZzG'.includes(pattern[at] ?? '');
    } else if (char === '[') {
      const close = classEnd(pattern, at);
      if (close < 0) return 'the closing ] of a character class is missing';
      at = close;
      canRepeat = true;
    } else if (char === '(') {
      // (*VERB), (?flags), (?<name> ...: the character after the bracket is no quantifier. Comments may hold anything.
      const next = pattern[at + 1];
      if (next === '?' && pattern[at + 2] === '#') return undefined;
      if (next === '*' || next === '?') at += 1;
      depth += 1;
      canRepeat = false;
    } else if (char === ')') {
      if (depth === 0) return 'a closing ) has no opening one';
      depth -= 1;
      canRepeat = true;
    } else if (char === '*' || char === '+' || char === '?') {
      if (!canRepeat) return `there is nothing before ${char} to repeat`;
      const next = pattern[at + 1];
      // One more ? or + makes a quantifier lazy or possessive.
      if (next === '?' || next === '+') at += 1;
      canRepeat = false;
    } else if (char === '{') {
      const [whole, least, most] = /^\{([0-9]+)(?:,([0-9]*))?\}/.exec(pattern.slice(at, at + 40)) ?? [];
      if (whole === undefined) canRepeat = true;
      else {
        if (!canRepeat) return `there is nothing before ${whole} to repeat`;
        if (Number(least) > 65_535 || Number(most ?? 0) > 65_535) return `a number in ${whole} is too large`;
        if (most && Number(least) > Number(most)) return `the numbers in ${whole} are out of order`;
        at += whole.length - 1;
        const next = pattern[at + 1];
        if (next === '?' || next === '+') at += 1;
        canRepeat = false;
      }
    } else canRepeat = char !== '|' && char !== '^' && char !== '$';
  }
  return depth > 0 ? 'a closing ) is missing' : undefined;
}

/** The index of the `]` that ends the class opened at `at`, or -1. A `]` in first place is literal. */
function classEnd(pattern: string, at: number): number {
  let index = at + 1;
  if (pattern[index] === '^') index += 1;
  if (pattern[index] === ']') index += 1;
  for (; index < pattern.length; index += 1) {
    if (pattern[index] === '\\') index += 1;
    else if (pattern[index] === '[' && pattern[index + 1] === ':') {
      const close = pattern.indexOf(':]', index + 2);
      if (close > 0) index = close + 1;
    } else if (pattern[index] === ']') return index;
  }
  return -1;
}
