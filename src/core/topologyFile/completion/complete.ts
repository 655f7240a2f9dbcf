import type { TopologyDocument } from '../document';
import type { Position } from '../finding';
import { jsonKind } from '../json/jsonTable';
import type { Target } from '../target';
import { targetFor } from '../target';
import type { Completions, Proposal } from './item';
import { itemAt } from './item';
import { keyProposals } from './keyProposals';
import type { KnownNames } from './nameProposals';
import type { Place } from './place';
import { placeAt } from './place';
import { elementProposals, valueProposals } from './valueProposals';

export interface CompletionOptions {
  readonly target?: Target | undefined;
  /** What is known from elsewhere, such as a connected broker. */
  readonly known?: KnownNames | undefined;
}

/** The most items of an answer. */
const mostItems = 500;

/** What can be written at the cursor, the most usual first; the text there is nearly always damaged. */
export function completionsAt(
  document: TopologyDocument,
  position: Position,
  options: CompletionOptions = {},
): Completions {
  const offset = document.lines.offset(position);
  if (document.table.kind(0) === jsonKind.missing && document.text.trim() === '') return blankFile(offset);
  const place = placeAt(document, offset);
  if (!place) return { items: [], isIncomplete: false };
  const typed = place.typed.toLowerCase();
  const proposals = proposalsAt(document, place, options);
  // The editor compares loosely and only what has been typed in this order can fit.
  const fitting = proposals.filter(({ label }) => isSubsequence(typed, label.toLowerCase()));
  return {
    items: fitting.slice(0, mostItems).map((proposal) => itemAt(place, document.text, proposal)),
    isIncomplete: fitting.length > mostItems,
  };
}

function proposalsAt(document: TopologyDocument, place: Place, options: CompletionOptions): Proposal[] {
  const target = targetFor(document.table, options.target);
  switch (place.kind) {
    case 'key':
      return keyProposals(document, place, target);
    case 'value':
      return valueProposals(document, place, { target, known: options.known });
    case 'element':
      return elementProposals(document, place);
  }
}

function isSubsequence(typed: string, label: string): boolean {
  let at = 0;
  for (const char of typed) {
    at = label.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function blankFile(offset: number): Completions {
  const sections = ['vhosts', 'exchanges', 'queues', 'bindings'];
  const body = sections.map((name, index) => `\t"${name}": [\n\t\t$${index + 1}\n\t]`).join(',\n');
  return {
    items: [
      {
        label: 'RabbitMQ definitions',
        kind: 'entry',
        detail: undefined,
        documentation: 'A file with the sections that most topologies have.',
        edit: { start: offset, end: offset, text: `{\n${body}\n}` },
        isSnippet: true,
        filter: 'RabbitMQ definitions',
      },
    ],
    isIncomplete: false,
  };
}
