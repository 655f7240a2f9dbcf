import type { Memento } from 'vscode';
import type { Check } from '../../core/base/check';
import { listOf, object, text } from '../../core/base/check';
import type { KeptFilters } from '../../protocol/messagesPanel';
import { readStored } from './readStored';

const key = 'amqp.filters';
/** Lists are bounded: a full one lets its oldest entry go. */
const mostSaved = 100;
const mostRecent = 20;

const check: Check<KeptFilters> = object({ saved: listOf(text(10_000)), recent: listOf(text(10_000)) });

/** Filters that the user saved and those used last, newest first. All panels share them. */
export class FilterStore {
  constructor(private readonly memory: Memento) {}

  read(): KeptFilters {
    return readStored(this.memory.get(key), check) ?? { saved: [], recent: [] };
  }

  /** Puts a text at the head of a list, where it is not at the head already. */
  async keep(filter: string, list: 'saved' | 'recent'): Promise<KeptFilters> {
    const { saved, recent } = this.read();
    return this.write(
      list === 'saved'
        ? { saved: headed(filter, saved, mostSaved), recent }
        : { saved, recent: headed(filter, recent, mostRecent) },
    );
  }

  async forget(filter: string): Promise<KeptFilters> {
    const { saved, recent } = this.read();
    return this.write({ saved: without(filter, saved), recent: without(filter, recent) });
  }

  private async write(filters: KeptFilters): Promise<KeptFilters> {
    await this.memory.update(key, filters);
    return filters;
  }
}

function headed(filter: string, list: readonly string[], most: number): string[] {
  return filter.trim() === '' ? [...list] : [filter, ...without(filter, list)].slice(0, most);
}

function without(filter: string, list: readonly string[]): string[] {
  return list.filter((each) => each !== filter);
}
