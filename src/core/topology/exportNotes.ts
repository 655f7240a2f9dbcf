import { jsonMember, jsonString } from '../base/jsonText';
import type { JsonNode } from '../base/jsonTree';
import type { DefinitionsEntry } from './definitionsEntry';
import { entryName, entryText } from './definitionsEntry';
import type { DefinitionsSection } from './definitionsFile';
import { predeclaredExchanges } from './predeclaredExchanges';

const mostNotes = 20;

/**
 * What an import of these entries makes otherwise than it is, and what a repository should not hold, as sentences. RabbitMQ's lists write an argument without
 * a value, and bytes, as words (seen on 3.10.8, 4.0.5 and 4.3.6); a timestamp comes as a number and cannot be told.
 */
export function exportNotes(
  sections: ReadonlyMap<DefinitionsSection, readonly DefinitionsEntry[]>,
  passwordHashes: boolean,
): readonly string[] {
  const users = sections.get('users')?.length ?? 0;
  const notes =
    passwordHashes || users === 0
      ? []
      : ['The users have no passwords: an import makes users who cannot log in.'];
  for (const parameter of sections.get('parameters') ?? [])
    if (holdsPassword(jsonMember(parameter, 'value')))
      notes.push(`Parameter \`${entryText(parameter, 'name')}\` holds an address with a password in it.`);
  for (const section of ['exchanges', 'queues', 'bindings'] as const)
    for (const entry of sections.get(section) ?? []) notes.push(...entryNotes(section, entry));
  if (notes.length <= mostNotes) return notes;
  return [
    ...notes.slice(0, mostNotes),
    `The same is true of ${String(notes.length - mostNotes)} more places.`,
  ];
}

function entryNotes(section: DefinitionsSection, entry: DefinitionsEntry): readonly string[] {
  const notes: string[] = [];
  const source = entryText(entry, 'source');
  if (section === 'bindings' && source.startsWith('amq.') && !predeclaredExchanges.has(source))
    notes.push(`${entryName(section, entry)} needs \`${source}\`, which an import does not make.`);
  const args = jsonMember(entry, 'arguments');
  for (const { name, value } of args?.kind === 'object' ? args.entries : []) {
    const words = jsonString(value);
    if (words === 'undefined')
      notes.push(
        `${entryName(section, entry)}: argument \`${name}\` has no value, an import makes it the text "undefined".`,
      );
    else if (words?.startsWith('Not UTF-8, base64 is: '))
      notes.push(
        `${entryName(section, entry)}: argument \`${name}\` is bytes, an import makes it the text that stands for them.`,
      );
  }
  return notes;
}

/** Shovels and federation upstreams keep user and password in their addresses. */
function holdsPassword(value: JsonNode | undefined): boolean {
  switch (value?.kind) {
    case 'string':
      return /^amqps?:\/\/[^/@\s]*:[^/@\s]+@/i.test(value.value);
    case 'array':
      return value.items.some(holdsPassword);
    case 'object':
      return value.entries.some((entry) => holdsPassword(entry.value));
    default:
      return false;
  }
}
