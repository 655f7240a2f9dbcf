/** A backslash and what belongs to it. */
interface Escape {
  readonly problem?: string;
  readonly length: number;
  readonly canRepeat: boolean;
  /** The group meant, counted from the front, or back from here (`-1` is the last one opened). */
  readonly reference?: number;
  readonly isRelative?: boolean;
  readonly name?: string;
}

/** Assertions match nothing that could be repeated. */
const assertions = 'bBAZzGK';

/** Letters behind a backslash that mean nothing: PCRE takes them for themselves, PCRE2 refuses. */
const meaningless = /^[FIJMOTYijmqy]$/;

/** Reads the escape at a backslash that is not the last character and not \Q. `isNew`: PCRE2. */
export function escapeAt(pattern: string, at: number, isNew: boolean): Escape {
  const rest = pattern.slice(at + 1, at + 60);
  const letter = rest[0] ?? '';
  if (assertions.includes(letter)) return { length: 2, canRepeat: letter === 'K' };
  if (/^[LlUu]/.test(rest)) return wrong(`it does not know \\${letter}`);
  if (/^N\{/.test(rest) && !/^N\{[0-9]*,?[0-9]*\}/.test(rest)) return wrong('it does not know \\N{...}');
  if (isNew && meaningless.test(letter)) return wrong(`it does not know \\${letter}`);
  if (/^[pP]/.test(rest)) {
    const [property] = /^[pP](?:\{\^?[A-Za-z_&=: -]+\}|[CLMNPSZ])/.exec(rest) ?? [];
    return property === undefined
      ? wrong(`what stands behind \\${letter} is no property of characters`)
      : plain(property.length + 1);
  }
  if (letter === 'c') {
    const code = rest.charCodeAt(1);
    return rest.length < 2 || code > 0x7e ? wrong('\\c wants an ASCII character behind it') : plain(3);
  }
  if (letter === 'x' && rest[1] === '{') {
    const [whole] = /^x\{\s*[0-9A-Fa-f]+\s*\}/.exec(rest) ?? [];
    return whole === undefined ? wrong('\\x{ wants hexadecimal digits and a }') : plain(whole.length + 1);
  }
  if (letter === 'x' && isNew && !/^x[0-9A-Fa-f]/.test(rest)) return wrong('\\x wants hexadecimal digits');
  if (letter === 'o') {
    const [whole] = /^o\{\s*[0-7]+\s*\}/.exec(rest) ?? [];
    return whole === undefined ? wrong('\\o wants octal digits between { and }') : plain(whole.length + 1);
  }
  const [backwards, digits] = /^([1-9])(?![0-9])/.exec(rest) ?? [];
  if (backwards !== undefined && (isNew || Number(digits) < 8))
    return { length: 2, canRepeat: true, reference: Number(digits) };
  if (/^[4-7][0-7]{2}/.test(rest)) return wrong('an octal number is above 377');
  const [grouped, sign, number] = /^g(?:\{([+-]?)([0-9]+)\}|(?=[0-9])()([0-9]+))/.exec(rest) ?? [];
  if (grouped !== undefined) {
    const by = Number(number ?? /[0-9]+/.exec(grouped)?.[0]);
    const isRelative = sign === '-' || sign === '+';
    return {
      length: grouped.length + 1,
      canRepeat: true,
      ...(sign === '+' ? {} : { reference: sign === '-' ? -by : by, isRelative }),
    };
  }
  const [called, first, second, third] = /^k(?:<(\w+)>|'(\w+)'|\{(\w+)\})/.exec(rest) ?? [];
  if (called !== undefined)
    return { length: called.length + 1, canRepeat: true, name: first ?? second ?? third ?? '' };
  if (letter === 'k') return wrong('\\k wants the name of a group behind it');
  return plain(2);
}

function plain(length: number): Escape {
  return { length, canRepeat: true };
}

function wrong(problem: string): Escape {
  return { problem, length: 2, canRepeat: true };
}
