import { utf8Length } from '../../base/bytes';
import type { Target } from '../target';
import { classProblem } from './characterClass';
import { escapeAt } from './escape';

/** The longest pattern that 4.3 takes, in bytes (seen on 4.3.6). */
const longestPattern = 1024;

/** What has been read so far of a pattern. */
interface Reading {
  /** Groups that count, and the names of those that have one. */
  groups: number;
  readonly names: Set<string>;
  /** By number; relative ones have been counted. */
  readonly references: number[];
  readonly namedReferences: string[];
}

/**
 * What makes a pattern invalid beyond doubt, in a few words, or `undefined`. Brokers compile patterns with Erlang's
 * `re`, byte by byte: PCRE up to 4.0, PCRE2 on 4.3 (what they refuse was tried on 3.10.8, 4.0.5 and 4.3.6).
 * JavaScript's own dialect differs (it knows no `(?i)`, no possessive quantifiers), so it is not asked.
 */
export function patternProblem(pattern: string, target: Target): string | undefined {
  const isNew = target === '4.3';
  if (isNew && pattern.length * 3 > longestPattern && utf8Length(pattern) > longestPattern)
    return `it is longer than ${String(longestPattern)} bytes`;
  const reading: Reading = { groups: 0, names: new Set(), references: [], namedReferences: [] };
  return problemIn(pattern, isNew, reading) ?? referenceProblem(reading);
}

function problemIn(pattern: string, isNew: boolean, reading: Reading): string | undefined {
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
        canRepeat ||= close > at + 2;
        at = close + 1;
        continue;
      }
      const escape = escapeAt(pattern, at, isNew);
      if (escape.problem !== undefined) return escape.problem;
      if (escape.reference !== undefined)
        reading.references.push(escape.isRelative ? reading.groups + 1 + escape.reference : escape.reference);
      if (escape.name !== undefined) reading.namedReferences.push(escape.name);
      at += escape.length - 1;
      canRepeat = escape.canRepeat;
    } else if (char === '[') {
      const { end, problem } = classProblem(pattern, at, isNew);
      if (problem !== undefined) return problem;
      at = end;
      canRepeat = true;
    } else if (char === '(') {
      const group = groupAt(pattern, at, reading);
      // What follows such a group may be anything: nothing is certain any more.
      if (group === 'unclear') return undefined;
      if (group.problem !== undefined) return group.problem;
      at += group.length - 1;
      if (group.isOpen) {
        depth += 1;
        canRepeat = false;
      } else canRepeat = group.canRepeat;
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

interface Group {
  readonly problem?: string;
  readonly length: number;
  /** Whether a `)` is still to come. */
  readonly isOpen: boolean;
  readonly canRepeat: boolean;
}

function opening(length: number): Group {
  return { length, isOpen: true, canRepeat: false };
}

function wrong(problem: string): Group {
  return { problem, length: 1, isOpen: true, canRepeat: false };
}

function groupAt(pattern: string, at: number, reading: Reading): Group | 'unclear' {
  const rest = pattern.slice(at, at + 200);
  if (rest.startsWith('(*')) return /^\(\*[)a-z]/.test(rest) ? 'unclear' : opening(2);
  if (!rest.startsWith('(?')) {
    reading.groups += 1;
    return opening(1);
  }
  if (rest.startsWith('(?#')) {
    const close = pattern.indexOf(')', at);
    return close < 0
      ? wrong('the comment after (?# is not closed')
      : { length: close - at + 1, isOpen: false, canRepeat: false };
  }
  const named = /^\(\?P?[<']([^>'=!]*)[>']/.exec(rest);
  if (named && !/^\(\?<[=!]/.test(rest)) {
    const [whole, name = ''] = named;
    if (!/^[A-Za-z_][A-Za-z_0-9]*$/.test(name) && !/^\(\?P<>/.test(rest))
      return wrong('the name of a group begins with a letter and has letters, digits and _ only');
    if (reading.names.has(name)) return wrong(`two groups have the name ${name}`);
    reading.names.add(name);
    reading.groups += 1;
    return opening(whole.length);
  }
  const lookbehind = /^\(\?<[=!]/.exec(rest);
  if (lookbehind) return lookbehindProblem(pattern, at) ?? opening(3);
  if (/^\(\?[:=!>]/.test(rest)) return opening(3);
  const [call, sign, number] = /^\(\?([+-]?)([1-9][0-9]{0,4})\)/.exec(rest) ?? [];
  if (call !== undefined) {
    const by = Number(number);
    reading.references.push(sign === '-' ? reading.groups + 1 - by : sign === '+' ? reading.groups + by : by);
    return { length: call.length, isOpen: false, canRepeat: true };
  }
  const [byName, name] = /^\(\?(?:P[=>]|&)([A-Za-z_]\w*)\)/.exec(rest) ?? [];
  if (byName !== undefined) {
    reading.namedReferences.push(name ?? '');
    return { length: byName.length, isOpen: false, canRepeat: true };
  }
  const [flags] = /^\(\?[imsU-]*[):]/.exec(rest) ?? [];
  if (flags !== undefined)
    return flags.endsWith(':')
      ? opening(flags.length)
      : { length: flags.length, isOpen: false, canRepeat: false };
  // Free spacing with its comments, names that may be repeated, conditions, recursion, callouts.
  return /^\(\?(?:$|[|xnJ^(RC0+a-zA-Z'-])/.test(rest) && pattern.indexOf(')', at) >= 0
    ? 'unclear'
    : opening(2);
}

/** Only what is plain: an unlimited repetition directly inside, which neither generation takes. */
function lookbehindProblem(pattern: string, at: number): Group | undefined {
  const inside = /^\(\?<[=!](?:\\[dwsDWS.]|[A-Za-z0-9_.])*(?:\\[dwsDWS.]|[A-Za-z0-9_.])[*+]/.exec(
    pattern.slice(at, at + 200),
  );
  return inside ? wrong('what stands in a lookbehind has no limit to its length') : undefined;
}

function referenceProblem({ groups, names, references, namedReferences }: Reading): string | undefined {
  const number = references.find((reference) => reference > groups || reference < 1);
  if (number !== undefined) return 'it refers to a group that it does not have';
  const name = namedReferences.find((reference) => !names.has(reference));
  return name === undefined ? undefined : `it refers to a group ${name} that it does not have`;
}
