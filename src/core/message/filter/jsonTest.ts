import { utf8Bytes } from '../../base/bytes';
import { ByteSearch } from './byteSearch';
import type { PathStep } from './filterNode';
import type { FilterSubject } from './filterSubject';
import { isSpace, JsonBytes } from './jsonBytes';
import { nextNames } from './pathNames';
import type { ValueTest } from './valueTest';

/** Deeper than anybody means; what lies below is not looked at. */
const deepest = 200;

/** Whether some value at the end of the path into a JSON body meets the test; without one, whether there is any. */
export function jsonTest(
  path: readonly PathStep[],
  test: ValueTest | undefined,
): (message: FilterSubject) => boolean {
  const walk = new JsonWalk(path, test);
  const key = keySearch(path);
  return ({ bytes, bodyFrom, bodyTo }) => {
    if (bodyTo === bodyFrom) return false;
    // A name may be written with escapes, which the search does not know.
    if (key && !walk.mayMeet(key, bytes, bodyFrom, bodyTo) && !holdsBackslash(bytes, bodyFrom, bodyTo))
      return false;
    return walk.body(bytes, bodyFrom, bodyTo);
  };
}

/** Finds what every JSON text with such a path must hold: the end of the last name. */
function keySearch(path: readonly PathStep[]): ByteSearch | undefined {
  const names = path.filter((step) => step.kind === 'name');
  const last = names.at(-1)?.name;
  if (last === undefined || JSON.stringify(last) !== `"${last}"`) return undefined;
  return new ByteSearch(names.length === 1 ? `"${last}"` : `${last}"`);
}

function holdsBackslash(bytes: Uint8Array, from: number, to: number): boolean {
  const at = bytes.subarray(from, to).indexOf(0x5c);
  return at >= 0;
}

function afterSpace(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(bytes[at] ?? 0)) at++;
  return at;
}

interface NextKey {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly next: number;
}

/** Goes through the bytes once; what is not on the path is skipped and never made into values. */
class JsonWalk {
  private readonly keys: readonly (readonly NextKey[])[];
  private readonly json = new JsonBytes();

  constructor(
    private readonly path: readonly PathStep[],
    private readonly test: ValueTest | undefined,
  ) {
    this.keys = nextNames(path).map((names) =>
      names.map(({ name, next }) => ({ name, next, bytes: utf8Bytes(name) })),
    );
  }

  body(bytes: Uint8Array, from: number, to: number): boolean {
    this.json.reset(bytes, from, to);
    return this.value(0, 0);
  }

  /**
   * False where no value after that name can meet the test, wherever the name stands: so it is for nearly all messages,
   * and found out without going through the whole text.
   */
  mayMeet(name: ByteSearch, bytes: Uint8Array, from: number, to: number): boolean {
    const { json, path, test } = this;
    const isLast = path.at(-1)?.kind === 'name' && test !== undefined;
    for (let at = name.next(bytes, from, to); at >= 0; at = name.next(bytes, at + 1, to)) {
      if (!isLast) return true;
      const colon = afterSpace(bytes, at + name.length, to);
      if (bytes[colon] !== 0x3a || colon >= to) continue;
      json.reset(bytes, colon + 1, to);
      const kind = json.peek();
      // Each element of a list is meant, and what an object holds may be on the path again.
      if (kind === 'object' || kind === 'array' || this.value(path.length, 0)) return true;
    }
    return false;
  }

  /** Reads one value and says whether it holds what is looked for; then the rest does not matter any more. */
  private value(step: number, depth: number): boolean {
    const { json, path, test } = this;
    const kind = json.peek();
    const isEnd = step >= path.length;
    if (isEnd && test === undefined) return kind !== 'none';
    switch (kind) {
      case 'object':
        return depth < deepest ? this.object(step, depth + 1) : json.skip();
      case 'array':
        return depth < deepest ? this.array(step, depth + 1) : json.skip();
      case 'none':
        return json.stop();
      case 'string':
        if (!isEnd || !test) return json.skip();
        return json.skipString() && test.text(json.stringText());
      case 'bare':
        if (!isEnd || !test) return json.skip();
        return this.bare(test);
    }
  }

  private bare(test: ValueTest): boolean {
    const text = this.json.bareText();
    if (text === 'true' || text === 'false' || text === 'null') return test.text(text);
    const near = text === '' ? Number.NaN : Number(text);
    return Number.isNaN(near) ? this.json.stop() : test.number({ text, near });
  }

  private object(step: number, depth: number): boolean {
    const { json, path } = this;
    const keys = this.keys[step] ?? [];
    const isEnd = step >= path.length;
    const any = path[step]?.kind === 'any';
    json.enter();
    while (json.nextKey()) {
      if (isEnd || any) {
        if (this.value(isEnd ? step : step + 1, depth)) return true;
      } else if (keys.length === 0) {
        json.skip();
      } else if (this.member(keys, depth)) return true;
    }
    return false;
  }

  /** The value after a key; no two of the names are the same. */
  private member(keys: readonly NextKey[], depth: number): boolean {
    const { json } = this;
    for (const { name, bytes, next } of keys) {
      if (json.keyIs(bytes, name)) return this.value(next, depth);
    }
    return json.skip();
  }

  /** An array without an index stands for each of its elements. */
  private array(step: number, depth: number): boolean {
    const { json, path } = this;
    const wanted = path[step];
    json.enter();
    for (let index = 0; json.nextItem(); index++) {
      if (wanted?.kind === 'index' && wanted.index !== index) json.skip();
      else if (this.value(wanted === undefined || wanted.kind === 'name' ? step : step + 1, depth))
        return true;
    }
    return false;
  }
}
