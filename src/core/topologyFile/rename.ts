import { utf8Length } from '../base/bytes';
import type { TopologyDocument } from './document';
import type { Position } from './finding';
import { counted } from './wording';
import { nameAt } from './navigation';
import type { NamedThing, NameKind } from './names/nameTable';
import { kindNoun } from './names/nameTable';
import { shown } from './ruleContext';
import type { TextEdit } from './textEdit';
import { innerSpan } from './json/jsonRead';
import { longestName } from './rules/nameRules';

/** Why not, as a sentence for the one who asked. */
export interface RenameRefusal {
  readonly refusal: string;
}

export interface RenameStart {
  readonly start: number;
  readonly end: number;
  /** The name itself, where the text may have escapes. */
  readonly name: string;
}

/** Whether the name at the cursor can be renamed, and what stands there now. */
export function prepareRename(document: TopologyDocument, position: Position): RenameStart | RenameRefusal {
  const place = nameAt(document, position);
  if (!place)
    return {
      refusal:
        'This is not the name of a queue, exchange, virtual host or user, so it cannot be renamed here.',
    };
  const refusal = fixedName(place.thing.kind, place.thing.name);
  return refusal === undefined
    ? { ...innerSpan(document.table, place.node), name: place.thing.name }
    : { refusal };
}

/** The edits that give the thing at the cursor another name everywhere in the file. */
export function rename(
  document: TopologyDocument,
  position: Position,
  newName: string,
): readonly TextEdit[] | RenameRefusal {
  const start = prepareRename(document, position);
  const thing = nameAt(document, position)?.thing;
  if ('refusal' in start || !thing) return 'refusal' in start ? start : { refusal: '' };
  if (newName === thing.name) return [];
  const refusal = badName(thing.kind, newName) ?? conflict(document, thing, newName);
  if (refusal !== undefined) return { refusal };
  const { table } = document;
  return [...thing.declarations, ...thing.references]
    .sort((a, b) => a - b)
    .map((node) => ({ start: table.start(node), end: table.end(node), text: JSON.stringify(newName) }));
}

/** Why this one keeps its name, if it does. */
export function fixedName(kind: NameKind, name: string): string | undefined {
  if ((kind === 'exchange' || kind === 'queue') && name.startsWith('amq.'))
    return `Names that begin with "amq." belong to the broker, so ${shown(name)} cannot be renamed.`;
  return undefined;
}

/** Why a broker does not take the name. */
export function badName(kind: NameKind, name: string): string | undefined {
  const noun = kindNoun[kind];
  if (name === '') return `A ${noun} needs a name: enter at least one character.`;
  if (/[\r\n]/.test(name))
    return 'A name cannot hold line breaks, which brokers remove: enter it on one line.';
  if (/\p{Surrogate}/u.test(name)) return 'A name is Unicode text and this one is not: enter another.';
  if (kind !== 'queue' && kind !== 'exchange') return undefined;
  if (name.startsWith('amq.'))
    return 'Names that begin with "amq." belong to the broker and would be left out of the import: enter another.';
  if (utf8Length(name) > longestName)
    return `A name has at most 255 bytes and this one has ${utf8Length(name)}: shorten it.`;
  return undefined;
}

/** Two things of one name would become one: brokers keep either, by chance. */
function conflict(document: TopologyDocument, thing: NamedThing, name: string): string | undefined {
  const other = document.names.find(thing.kind, thing.vhost, name);
  if (!other) return undefined;
  const noun = kindNoun[thing.kind];
  return other.declarations.length > 0
    ? `The file declares another ${noun} ${shown(name)} already: enter another name.`
    : `The file refers to a ${noun} ${shown(name)} in ${counted(other.references.length, 'place')}, which would then mean this one: enter another name.`;
}
