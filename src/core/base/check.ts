import { Failure } from './failure';

/**
 * Checks of data that crossed a border (webview, worker, file): each takes anything and returns it typed, without
 * the properties nobody asked for, or throws a Failure that names the place.
 */
export type Check<T> = (input: unknown, where?: string) => T;

export type Checked<C> = C extends Check<infer T> ? T : never;

function bad(where: string, expected: string): never {
  throw new Failure('badInput', `${where} is not ${expected}.`);
}

export const anyBoolean: Check<boolean> = (input, where = 'value') =>
  typeof input === 'boolean' ? input : bad(where, 'true or false');

/** Text of at most `longest` UTF-16 units. */
export function text(longest = 100_000): Check<string> {
  return (input, where = 'value') =>
    typeof input === 'string' && input.length <= longest
      ? input
      : bad(where, `text of at most ${String(longest)} characters`);
}

export function integer(least: number, most: number): Check<number> {
  return (input, where = 'value') =>
    typeof input === 'number' && Number.isSafeInteger(input) && input >= least && input <= most
      ? input
      : bad(where, `a whole number from ${String(least)} to ${String(most)}`);
}

export const anyNumber: Check<number> = (input, where = 'value') =>
  typeof input === 'number' && Number.isFinite(input) ? input : bad(where, 'a number');

export function oneOf<const T extends string>(...words: readonly T[]): Check<T> {
  return (input, where = 'value') =>
    words.find((word) => word === input) ?? bad(where, `one of ${words.join(', ')}`);
}

export function bytes(most: number): Check<Uint8Array> {
  return (input, where = 'value') =>
    input instanceof Uint8Array && input.length <= most ? input : bad(where, `at most ${String(most)} bytes`);
}

export function listOf<T>(item: Check<T>, most = 10_000): Check<T[]> {
  return (input, where = 'value') =>
    Array.isArray(input) && input.length <= most
      ? input.map((element, index) => item(element, `${where}[${String(index)}]`))
      : bad(where, `a list of at most ${String(most)} items`);
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (input, where) => (input === undefined ? undefined : check(input, where));
}

export const nothing: Check<undefined> = () => undefined;

type Shape = Readonly<Record<string, Check<unknown>>>;
type OptionalKeys<S extends Shape> = { [K in keyof S]: undefined extends Checked<S[K]> ? K : never }[keyof S];
/** What `object(shape)` yields: a check that may yield undefined makes its property optional. */
export type ObjectOf<S extends Shape> = { [K in Exclude<keyof S, OptionalKeys<S>>]: Checked<S[K]> } & {
  [K in OptionalKeys<S>]?: Exclude<Checked<S[K]>, undefined>;
};

export function object<const S extends Shape>(shape: S): Check<ObjectOf<S>> {
  return (input, where = 'params') => {
    if (typeof input !== 'object' || input === null) bad(where, 'an object');
    const result: Record<string, unknown> = {};
    for (const [key, check] of Object.entries(shape)) {
      const value = check((input as Record<string, unknown>)[key], `${where}.${key}`);
      if (value !== undefined) result[key] = value;
    }
    return result as ObjectOf<S>;
  };
}

/** The first check that accepts; the last one's complaint when none does. */
export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (input, where) => {
    try {
      return first(input, where);
    } catch {
      return second(input, where);
    }
  };
}
