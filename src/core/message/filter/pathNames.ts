import type { PathStep } from './filterNode';

/** A name that may stand at some point of a path, and the step that comes after it. */
export interface NextName {
  readonly name: string;
  readonly next: number;
}

/**
 * The names that may follow at each step. Names hold dots themselves (`app.tenant`), so `a.b` is a field `b` of `a`
 * as well as a field called `a.b`.
 */
export function nextNames(path: readonly PathStep[]): readonly (readonly NextName[])[] {
  return path.map((_, start) => {
    const names: NextName[] = [];
    let joined = '';
    for (let at = start; at < path.length; at++) {
      const step = path[at];
      if (step?.kind !== 'name') break;
      joined = at === start ? step.name : `${joined}.${step.name}`;
      names.push({ name: joined, next: at + 1 });
    }
    return names;
  });
}
