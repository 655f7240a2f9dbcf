import { predeclaredExchanges } from '../topology/predeclaredExchanges';
import { bindingCounts, bindingsText } from './bindingCounts';
import type { Entry } from './declarations';
import type { TopologyDocument } from './document';
import { member, stringValue } from './json/jsonRead';
import { absent, jsonKind } from './json/jsonTable';
import { counted, inlineCode } from './wording';
import type { NamedThing } from './names/nameTable';
import { kindNoun } from './names/nameTable';
import { defaultQueueTypes, effectiveQueueType } from './queueType';
import type { Target } from './target';

/** What a name stands for, in Markdown. */
export function nameMarkdown(document: TopologyDocument, thing: NamedThing, target: Target): string {
  const { kind, vhost, name, declarations } = thing;
  const noun = kindNoun[kind];
  const where = (kind === 'queue' || kind === 'exchange') && vhost !== '' ? ` in ${inlineCode(vhost)}` : '';
  const heading = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${inlineCode(name)}${where}`;
  const lines = [heading, declarations.length > 0 ? declared(document, thing, target) : undeclared(thing)];
  if (kind === 'queue' || kind === 'exchange') {
    const { to, from } = bindingCounts(document)(thing);
    lines.push(
      kind === 'queue'
        ? `${capital(bindingsText(to))} lead here.`.replace('1 binding lead ', '1 binding leads ')
        : `${capital(bindingsText(from))} from here, ${bindingsText(to)} to here.`,
    );
  } else lines.push(`Named in ${counted(thing.references.length, 'other place')} of this file.`);
  return lines.join('\n\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function undeclared({ kind, name }: NamedThing): string {
  const builtIn = kind === 'exchange' ? predeclaredExchanges.get(name) : undefined;
  if (builtIn !== undefined) return `Of type ${builtIn}; it is in every virtual host.`;
  if ((kind === 'vhost' && name === '/') || (kind === 'user' && name === 'guest'))
    return 'A fresh broker has it; the file does not declare it.';
  return 'The file does not declare it.';
}

function declared(document: TopologyDocument, thing: NamedThing, target: Target): string {
  const { table, declarations } = document;
  const node = thing.declarations[0] ?? absent;
  const isThis = (entry: { readonly fields: { readonly name: number } }): boolean =>
    entry.fields.name === node;
  const twice = thing.declarations.length > 1 ? ` Declared ${String(thing.declarations.length)} times.` : '';
  if (thing.kind === 'exchange') {
    const entry = declarations.entries('exchanges').find(isThis);
    const type = stringValue(table, entry?.fields.type ?? absent);
    const alternate = stringValue(
      table,
      member(table, entry?.fields.arguments ?? absent, 'alternate-exchange'),
    );
    const unroutable = alternate ? ` What it cannot route goes to ${inlineCode(alternate)}.` : '';
    return `${type === undefined ? 'Of no known type' : `Of type ${inlineCode(type)}`}${flags(document, entry)}.${unroutable}${twice}`;
  }
  if (thing.kind === 'queue') {
    const entry = declarations.entries('queues').find(isThis);
    if (!entry) return `Declared in this file.${twice}`;
    const vhostDefault = defaultQueueTypes(table, declarations).get(entry.vhost ?? '');
    const { type, from } = effectiveQueueType(table, entry, vhostDefault, target);
    const because = from === 'vhost' ? ' by the default of its virtual host' : '';
    const exchange = stringValue(table, member(table, entry.fields.arguments, 'x-dead-letter-exchange'));
    const deadLetters =
      exchange === undefined
        ? ''
        : ` Dead letters go to ${exchange === '' ? 'the default exchange' : inlineCode(exchange)}.`;
    return `${type === undefined ? 'Of no known type' : `Of type ${type}${because}`}${flags(document, entry)}.${deadLetters}${twice}`;
  }
  return `Declared in this file.${twice}`;
}

function flags({ table }: TopologyDocument, entry: Entry<'queues' | 'exchanges'> | undefined): string {
  const found: string[] = [];
  if (table.kind(entry?.fields.durable ?? absent) === jsonKind.false) found.push('not durable');
  if (table.kind(entry?.fields.auto_delete ?? absent) === jsonKind.true) found.push('auto-delete');
  return found.map((word) => `, ${word}`).join('');
}
