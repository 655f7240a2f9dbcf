import type { Declarations, Entry } from '../declarations';
import { member, nameValue, stringValue } from '../json/jsonRead';
import type { JsonTable, NodeId } from '../json/jsonTable';
import { jsonKind } from '../json/jsonTable';
import { sectionNames } from '../sections';
import type { NameKind } from './nameTable';
import { NameTable } from './nameTable';
import { shovelNames } from './shovelNames';

interface Found {
  readonly kind: NameKind;
  readonly vhost: string;
  readonly node: NodeId;
  readonly isDeclaration: boolean;
}

/**
 * Collects every name of a file. The default exchange is none: nobody declares it, and an empty string also means "no
 * exchange" and "all exchanges".
 */
export function readNames(table: JsonTable, declarations: Declarations): NameTable {
  const names = new NameTable();
  const reader = new NameReader(table);
  const sections = sectionNames
    .flatMap((name) => declarations.section(name) ?? [])
    .sort((a, b) => a.key - b.key);
  for (const section of sections) {
    for (const entry of section.entries) {
      for (const { kind, vhost, node, isDeclaration } of reader.read(entry)) {
        const name = nameValue(table, node);
        if (name !== undefined && name !== '') names.add(kind, vhost, name, node, isDeclaration);
      }
    }
  }
  return names;
}

class NameReader {
  private found: Found[] = [];

  constructor(private readonly table: JsonTable) {}

  /** The names of one entry, in the order of the file. */
  read(entry: Entry): readonly Found[] {
    this.found = [];
    if ('vhost' in entry.fields) this.refer('vhost', '', entry.fields.vhost);
    const vhost = entry.vhost;
    if (entry.section === 'users') this.declare('user', '', entry.fields.name);
    else if (entry.section === 'vhosts') this.declare('vhost', '', entry.fields.name);
    else if (entry.section === 'permissions' || entry.section === 'topic_permissions')
      this.refer('user', '', entry.fields.user);
    if (vhost !== undefined) this.readInVhost(entry, vhost);
    return this.found.length > 1 ? this.found.sort((a, b) => a.node - b.node) : this.found;
  }

  private readInVhost(entry: Entry, vhost: string): void {
    switch (entry.section) {
      case 'queues':
        this.declare('queue', vhost, entry.fields.name);
        this.deadLetters(entry.fields.arguments, 'x-dead-letter-', vhost);
        break;
      case 'exchanges':
        this.declare('exchange', vhost, entry.fields.name);
        this.refer('exchange', vhost, member(this.table, entry.fields.arguments, 'alternate-exchange'));
        break;
      case 'policies':
        this.deadLetters(entry.fields.definition, 'dead-letter-', vhost);
        this.refer('exchange', vhost, member(this.table, entry.fields.definition, 'alternate-exchange'));
        break;
      case 'topic_permissions':
        this.refer('exchange', vhost, entry.fields.exchange);
        break;
      case 'bindings':
        this.binding(entry, vhost);
        break;
      case 'parameters':
        if (stringValue(this.table, entry.fields.component) === 'shovel') {
          for (const { kind, vhost: where, node } of shovelNames(this.table, entry.fields.value))
            this.refer(kind, where, node);
        }
        break;
      default:
    }
  }

  /** Through the default exchange a routing key is the name of a queue. */
  private deadLetters(list: NodeId, prefix: string, vhost: string): void {
    const exchange = member(this.table, list, `${prefix}exchange`);
    const name = stringValue(this.table, exchange);
    if (name === '') this.refer('queue', vhost, member(this.table, list, `${prefix}routing-key`));
    else if (name !== undefined) this.refer('exchange', vhost, exchange);
  }

  private binding(entry: Entry<'bindings'>, vhost: string): void {
    const { source, destination, destination_type: type, routing_key: key } = entry.fields;
    this.refer('exchange', vhost, source);
    const kind = stringValue(this.table, type);
    if (kind !== 'queue' && kind !== 'exchange') return;
    this.refer(kind, vhost, destination);
    // What every queue has anyway; 4.x writes it into no export, older ones and people do.
    const isImplicit = kind === 'queue' && stringValue(this.table, source) === '';
    if (isImplicit && stringValue(this.table, key) === stringValue(this.table, destination))
      this.refer('queue', vhost, key);
  }

  private declare(kind: NameKind, vhost: string, node: NodeId): void {
    if (this.table.kind(node) === jsonKind.string)
      this.found.push({ kind, vhost, node, isDeclaration: true });
  }

  private refer(kind: NameKind, vhost: string, node: NodeId): void {
    if (this.table.kind(node) === jsonKind.string)
      this.found.push({ kind, vhost, node, isDeclaration: false });
  }
}
