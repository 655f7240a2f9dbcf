import { RE2JS, RE2JSException } from 're2js';
import { utf8Bytes } from '../base/bytes';

/** A policy's pattern: a search in names, not anchored (DOMAIN 5.4). */
export interface PolicyPattern {
  /** Whether names decide in constant time: such a pattern is as cheap as a comparison. */
  readonly isLiteral: boolean;
  matches(name: string): boolean;
}

/** Longer patterns, or those that grow larger when they are taken apart, are not known. 4.3 itself stops at 1024. */
const longestPattern = 1_000;
const largestProgram = 1_000;

/**
 * The pattern as brokers search with it, in linear time; `undefined` for what RE2 cannot say of a PCRE pattern
 * (look-around, back references, possessive quantifiers): then nothing is known of what it matches.
 */
export function compilePolicyPattern(pattern: string): PolicyPattern | undefined {
  if (pattern.length > longestPattern) return undefined;
  const shape = literalShape(pattern);
  const whole = shape && literalMatcher(shape);
  if (whole) return { isLiteral: true, matches: whole };
  const isAscii = !beyondAscii.test(pattern);
  // Brokers compare bytes; folding the case of half a character is nothing that can be foretold.
  if (!isAscii && pattern.includes('(?')) return undefined;
  const compiled = compiledPattern(isAscii ? pattern : byteText(pattern));
  if (!compiled) return undefined;
  const prefix = shape?.isAnchored ? shape.literal : '';
  return {
    isLiteral: false,
    matches: (name) =>
      name.startsWith(prefix) && compiled.test(beyondAscii.test(name) ? byteText(name) : name),
  };
}

function compiledPattern(pattern: string): RE2JS | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return compiled.programSize() <= largestProgram ? compiled : undefined;
  } catch (thrown) {
    if (thrown instanceof RE2JSException) return undefined;
    throw thrown;
  }
}

/** What a pattern says before its first operator: `^orders\.(a|b)` begins with `orders.`. */
interface LiteralShape {
  readonly isAnchored: boolean;
  readonly literal: string;
  /** What follows the literal. */
  readonly rest: string;
}

/** Characters that stand for themselves; `\` stands before a character that does then. */
const operators = '.*+?()[]{}|^$';

function literalShape(pattern: string): LiteralShape | undefined {
  if (hasAlternatives(pattern)) return undefined;
  const [start] = /^\^?(?:\.\*)?/.exec(pattern) ?? [''];
  const isAnchored = start === '^';
  let literal = '';
  let at = start.length;
  while (at < pattern.length) {
    const char = pattern[at] ?? '';
    const isEscape = char === '\\';
    const meant = isEscape ? (pattern[at + 1] ?? '') : char;
    // A letter or digit behind a backslash is an operator of its own.
    if (isEscape ? !/^[^A-Za-z0-9\s]$/.test(meant) || beyondAscii.test(meant) : operators.includes(char))
      break;
    const next = pattern[at + (isEscape ? 2 : 1)] ?? '';
    if (next !== '' && '*+?{'.includes(next)) break;
    literal += meant;
    at += isEscape ? 2 : 1;
  }
  return { isAnchored, literal, rest: pattern.slice(at) };
}

function literalMatcher({
  isAnchored,
  literal,
  rest,
}: LiteralShape): ((name: string) => boolean) | undefined {
  // Names hold no line breaks, so that .* reaches their end.
  if (rest === '' || rest === '.*' || rest === '.*$')
    return isAnchored ? (name) => name.startsWith(literal) : (name) => name.includes(literal);
  if (rest === '$') return isAnchored ? (name) => name === literal : (name) => name.endsWith(literal);
  return undefined;
}

/** Whether a `|` stands outside all brackets: then no part of the pattern is needed for a match. */
function hasAlternatives(pattern: string): boolean {
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (char === '[') {
      const close = pattern.indexOf(']', at + 2);
      if (close < 0) return true;
      at = close;
    } else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) return true;
  }
  return false;
}

const beyondAscii = /[^\0-\x7f]/;

/** One character for each byte of its UTF-8, which is what Erlang's `re` looks at. */
function byteText(text: string): string {
  return Array.from(utf8Bytes(text), (byte) => String.fromCharCode(byte)).join('');
}
