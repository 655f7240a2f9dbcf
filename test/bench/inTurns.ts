/** Pairs that a median needs to mean something on a machine that does other things too. */
const usualRounds = 7;

/**
 * Runs every pass once a round, each round beginning with another one, so that what changes on the machine meanwhile
 * meets all of them alike. The results of one round stand at the same index; warm-up rounds come first and are left out.
 */
export async function inTurns<K extends string, T>(
  passes: Readonly<Record<K, () => Promise<T>>>,
  { rounds = usualRounds, warmUps = 1 }: { rounds?: number; warmUps?: number } = {},
): Promise<Readonly<Record<K, readonly T[]>>> {
  const names = Object.keys(passes) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>;
  for (let round = -warmUps; round < rounds; round++) {
    const shift = (round + warmUps) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const result = await passes[name]();
      if (round >= 0) results[name].push(result);
    }
  }
  return results;
}
