import type { DefinitionsPort, WrittenDefinition } from '../../src/core/broker/definitionsPort';

/** A broker that answers every write with what `answer` returns or throws. */
export function scriptedDefinitions(answer: () => WrittenDefinition): DefinitionsPort {
  return {
    entries: () => Promise.resolve([]),
    write: () => new Promise((resolve) => resolve(answer())),
    remove: () => Promise.resolve('absent'),
  };
}
