import type { Wording } from '../../src/core/topology/treeModel';

/** English, for functions that make texts. */
export const plainWords: Wording = {
  t: (message, ...args) => message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
  number: (value) => value.toLocaleString('en'),
};
