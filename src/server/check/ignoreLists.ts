import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Grading } from '../../core/topologyFile/grading';
import type { IgnoreListText } from '../../core/topologyFile/ignoreList';
import { ignoreListName, readIgnoreListText } from '../../core/topologyFile/ignoreList';

export interface IgnoreList {
  /** Absolute, where it was looked for beside a file. */
  readonly file: string;
  readonly text: string;
  readonly grading: Grading;
  /** Sentences about what in it makes no sense, with the name of the file. */
  readonly problems: readonly string[];
  /** The same without the name, with their places. */
  readonly placed: IgnoreListText['problems'];
}

/** The ignore lists of files, each list read once until it is forgotten. */
export class IgnoreLists {
  private readonly known = new Map<string, Promise<IgnoreList | undefined>>();

  constructor(
    /** `undefined` where there is no such file. */
    private readonly readText: (file: string) => Promise<string | undefined> = textOnDisk,
  ) {}

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
    const reading = this.readAnew(file);
    this.known.set(file, reading);
    return reading;
  }

  /** That list, or all of them, is read again when it is next asked for. */
  forget(file?: string): void {
    if (file === undefined) this.known.clear();
    else this.known.delete(file);
  }

  private async readAnew(file: string): Promise<IgnoreList | undefined> {
    const text = await this.readText(file);
    if (text === undefined) return undefined;
    const { grading, problems: placed } = readIgnoreListText(text);
    return { file, text, grading, placed, problems: placed.map(({ message }) => `${file}: ${message}`) };
  }
}

/** `undefined` for a file that is not there or cannot be read. */
export async function textOnDisk(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
