// The figures against their budgets: npm run bench [-- PART...]; one JSON object a line.
import { wordsOf } from '../lab/say';
import { benchActivation } from './activation';
import { benchFilter } from './filter';
import { benchHost } from './host';
import { benchMemory } from './memory';
import { benchPanel } from './panel';
import { benchPeek } from './peek';
import type { Result } from './result';
import { benchSizes } from './sizes';
import { benchTailIntake } from './tailIntake';
import { benchTopologyFile } from './topologyFile';
import { benchTree } from './tree';

const parts: Readonly<Record<string, () => Promise<Result[]>>> = {
  sizes: benchSizes,
  activation: benchActivation,
  topologyFile: benchTopologyFile,
  tailIntake: benchTailIntake,
  memory: benchMemory,
  peek: benchPeek,
  panel: benchPanel,
  filter: benchFilter,
  host: benchHost,
  tree: benchTree,
};

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new Error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  let missed = 0;
  for (const [name, bench] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const result of await bench()) {
      if (result.ok === 'no') missed++;
      console.log(JSON.stringify(result));
    }
  }
  return missed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.log(wordsOf(error));
    process.exit(1);
  },
);
