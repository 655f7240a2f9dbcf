import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Grading } from '../../core/topologyFile/grading';
import { readGrading } from '../../core/topologyFile/grading';

/** Stands beside topology files or in a folder above them; the nearest one counts. */
export const ignoreListName = '.amqp-workbench.json';

export interface IgnoreList {
  readonly grading: Grading;
  /** Sentences about what in it makes no sense. */
  readonly problems: readonly string[];
}

/** The ignore lists of files, each list read once. */
export class IgnoreLists {
  private readonly known = new Map<string, Promise<IgnoreList | undefined>>();

  /** The list for a file: the nearest in its folder and those above. */
  async of(file: string): Promise<IgnoreList | undefined> {
    let folder = path.dirname(path.resolve(file));
    for (;;) {
      const list = await this.read(path.join(folder, ignoreListName));
      const above = path.dirname(folder);
      if (list || above === folder) return list;
      folder = above;
    }
  }

  /** `undefined` where there is no such file. */
  read(file: string): Promise<IgnoreList | undefined> {
    const known = this.known.get(file);
    if (known) return known;
    const reading = readIgnoreList(file);
    this.known.set(file, reading);
    return reading;
  }
}

async function readIgnoreList(file: string): Promise<IgnoreList | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  const { grading, problems } = readGrading(parsed(text));
  return { grading, problems: problems.map((problem) => `${file}: ${problem}`) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
