import type { Position, Range } from '../finding';
import { badName, fixedName } from '../rename';
import type { RenameRefusal } from '../rename';
import { shown } from '../ruleContext';
import type { ManifestFolder } from './manifestFolder';
import type { NamePlace } from './manifestNames';
import { nounOfPlace, placeAt, placesLike, placesOf } from './manifestNames';
import type { ManifestFile } from './readManifests';
import { plainValue } from './plainScalar';

export interface ManifestRenameStart {
  readonly range: Range;
  readonly name: string;
}

/** An edit in one of the files of the folder, which the caller knows by `id`. */
export interface ManifestEdit {
  readonly id: string;
  readonly range: Range;
  readonly text: string;
}

/** Whether the name at the cursor can be renamed in the whole folder, and what stands there now. */
export function prepareManifestRename(
  folder: ManifestFolder,
  file: ManifestFile,
  position: Position,
): ManifestRenameStart | RenameRefusal {
  const place = placeAt(folder, file, position);
  if (!place) {
    return {
      refusal:
        'This is not the name of a queue, exchange, virtual host, user or cluster, so it cannot be renamed here.',
    };
  }
  const refusal = obstacle(folder, place);
  return refusal === undefined ? { range: rangeOf(place), name: place.name } : { refusal };
}

/** The edits that give the thing at the cursor another name in every file of the folder. */
export function renameInManifests(
  folder: ManifestFolder,
  file: ManifestFile,
  position: Position,
  newName: string,
): readonly ManifestEdit[] | RenameRefusal {
  const start = prepareManifestRename(folder, file, position);
  const place = placeAt(folder, file, position);
  if ('refusal' in start || !place) return 'refusal' in start ? start : [];
  if (newName === place.name) return [];
  const refusal = badManifestName(place, newName) ?? conflict(folder, place, newName);
  if (refusal !== undefined) return { refusal };
  const once = new Map(placesLike(folder, place).map((one) => [spotOf(one), one]));
  return [...once.values()].map((one) => ({
    id: one.id,
    range: rangeOf(one),
    text: written(newName, one.file.text.charAt(one.node.start)),
  }));
}

function rangeOf({ file, node }: NamePlace): Range {
  return file.lines.range(node.start, node.end);
}

function obstacle(folder: ManifestFolder, place: NamePlace): string | undefined {
  if (!folder.isComplete)
    return 'Not all files of this folder could be read, so the name may be in more places than are known: see the log.';
  if (place.kind === 'vhost' && place.name === '/')
    return 'Resources that name no virtual host are in "/", so it cannot be renamed: write another name where it is meant.';
  if (place.kind === 'queue' || place.kind === 'exchange') {
    const fixed = fixedName(place.kind, place.name);
    if (fixed !== undefined) return fixed;
  }
  const spots = new Map(placesLike(folder, place).map((one) => [spotOf(one), one]));
  for (const { file, node } of spots.values()) {
    if (file.lines.position(node.start).line !== file.lines.position(node.end).line)
      return 'The name is written over several lines in one place, which cannot be edited here: write it on one line first.';
  }
  const other = placesOf(folder).find((one) => one.key !== place.key && spots.has(spotOf(one)));
  return (
    other &&
    `By an alias the same text names ${nounOfPlace[other.kind]} ${shown(other.name)} as well: write the names out first.`
  );
}

/** An alias is the very node of its anchor: where one text names several things, their spot is the same. */
function spotOf({ id, node }: NamePlace): string {
  return `${node.start} ${id}`;
}

/** Users and clusters are named by the name of their Kubernetes resource, the others by what the broker is to call them. */
function badManifestName({ kind }: NamePlace, name: string): string | undefined {
  if (kind !== 'user' && kind !== 'cluster') return badName(kind, name);
  return /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)
    ? undefined
    : 'A resource is named by small letters, digits, "-" and ".", with a letter or digit at both ends: enter such a name.';
}

function conflict(folder: ManifestFolder, place: NamePlace, name: string): string | undefined {
  const renamed = placesLike(folder, place, name);
  if (renamed.length === 0) return undefined;
  const noun = nounOfPlace[place.kind];
  return renamed.some(({ isDeclaration }) => isDeclaration)
    ? `The folder declares ${noun} ${shown(name)} already: enter another name.`
    : `The folder refers to ${noun} ${shown(name)} already, which would then mean this one: enter another name.`;
}

/** With the quotes that stand there, and without any where the name reads as itself. */
function written(name: string, quote: string): string {
  if (quote === "'" && /^[ -~]*$/.test(name)) return `'${name.replaceAll("'", "''")}'`;
  const isSafe = /^[A-Za-z_][\w./-]*$/.test(name) && plainValue(name) === name;
  return quote !== '"' && isSafe ? name : JSON.stringify(name);
}
