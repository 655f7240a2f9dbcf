import { DefinitionsText } from './definitionsText';
import type { ManifestFile, ManifestResource } from './readManifests';
import type { YamlEntry, YamlNode } from './yamlTree';
import { entryOf, textAt, valueAt } from './yamlTree';

/** A resource and the file it is in. */
export interface Member {
  readonly file: ManifestFile;
  readonly resource: ManifestResource;
}

/**
 * What the operator declares on one broker, as the text of a definitions file (`internal/*_settings.go`; `type` becomes
 * `x-queue-type` in rabbit-hole). What the schema refuses is left out: it never gets to a broker.
 */
export function toDefinitions(members: readonly Member[]): DefinitionsText {
  const text = new DefinitionsText();
  const writers: readonly (readonly [section: string, kind: string, write: EntryWriter])[] = [
    ['vhosts', 'Vhost', writeVhost],
    ['permissions', 'Permission', writePermission],
    ['topic_permissions', 'TopicPermission', writeTopicPermission],
    ['exchanges', 'Exchange', writeExchange],
    ['policies', 'Policy', writePolicy],
    ['parameters', 'OperatorPolicy', writeOperatorPolicy],
    ['queues', 'Queue', writeQueue],
    ['bindings', 'Binding', writeBinding],
  ];
  text.raw('{');
  writers.forEach(([section, kind, write], index) => {
    text.raw(`${index > 0 ? ',\n' : ''}"${section}":[`);
    let isFirst = true;
    for (const { file, resource } of members) {
      const spec = resource.spec?.value;
      if (resource.kind.kind !== kind || spec?.kind !== 'map') continue;
      const entry: EntryText = new EntryText(text, file, resource, spec, isFirst);
      write(entry);
      isFirst &&= !entry.isOpen;
      entry.close();
    }
    text.raw(']');
  });
  text.raw('}');
  return text;
}

type EntryWriter = (entry: EntryText) => void;

/** The most values taken from one resource. */
const mostValues = 20_000;

/** One entry while it is written; nothing is written before the first field. */
class EntryText {
  isOpen = false;
  private readonly budget = { left: mostValues };

  constructor(
    private readonly text: DefinitionsText,
    private readonly file: ManifestFile,
    readonly resource: ManifestResource,
    readonly spec: YamlNode,
    private readonly isFirst: boolean,
  ) {}

  field(name: string, json: string, at: YamlNode = this.resource.head): void {
    this.key(name);
    this.text.value(json, this.file, at);
  }

  /** The text or truth value under a key of the spec, else what stands for it. */
  simple(name: string, key: string, kind: 'string' | 'boolean' | 'number', otherwise: string): void {
    const node = valueAt(this.spec, key);
    const isFit = node?.kind === 'scalar' && typeof node.value === kind;
    if (isFit) this.copy(name, node);
    else this.field(name, otherwise, node);
  }

  copy(name: string, node: YamlNode): void {
    this.key(name);
    this.text.node(node, this.file, this.budget);
  }

  /** A map of free form, with further entries in front. */
  free(name: string, node: YamlNode | undefined, without?: string, type?: YamlEntry): void {
    const own = node?.kind === 'map' ? node.entries.filter(({ key }) => key !== without) : [];
    this.key(name);
    const entries = type ? [{ ...type, key: 'x-queue-type' }, ...own] : own;
    this.text.map(entries, this.file, node ?? this.resource.head, this.budget);
  }

  close(): void {
    if (this.isOpen) this.text.raw('}');
  }

  /** An object within the entry. */
  inside(name: string, at: YamlNode, write: () => void): void {
    this.key(name);
    this.text.value('{', this.file, at);
    this.needsComma = false;
    write();
    this.text.raw('}');
    this.needsComma = true;
  }

  private needsComma = false;

  private key(name: string): void {
    if (!this.isOpen) {
      if (!this.isFirst) this.text.raw(',\n');
      this.text.value('{', this.file, this.resource.head);
      this.isOpen = true;
    } else if (this.needsComma) this.text.raw(',');
    this.needsComma = true;
    this.text.value(`"${name}"`, this.file, this.resource.head);
    this.text.raw(':');
  }
}

/** The name and the virtual host; without a usable one of them there is no entry. */
function writeNamed(entry: EntryText): boolean {
  const name = valueAt(entry.spec, 'name');
  if (textAt(entry.spec, 'name') === undefined || name === undefined || !hasVhost(entry)) return false;
  entry.copy('name', name);
  entry.simple('vhost', 'vhost', 'string', '"/"');
  return true;
}

function hasVhost({ spec }: EntryText): boolean {
  return entryOf(spec, 'vhost') === undefined || textAt(spec, 'vhost') !== undefined;
}

function writeQueue(entry: EntryText): void {
  if (!writeNamed(entry)) return;
  const type = entryOf(entry.spec, 'type');
  const isTyped = type !== undefined && (textAt(entry.spec, 'type') ?? '') !== '';
  entry.simple('durable', 'durable', 'boolean', 'true');
  entry.simple('auto_delete', 'autoDelete', 'boolean', 'false');
  const own = valueAt(entry.spec, 'arguments');
  if (isTyped) entry.free('arguments', own, 'x-queue-type', type);
  else entry.free('arguments', own);
}

function writeExchange(entry: EntryText): void {
  if (!writeNamed(entry)) return;
  entry.simple('type', 'type', 'string', '"direct"');
  entry.simple('durable', 'durable', 'boolean', 'false');
  entry.simple('auto_delete', 'autoDelete', 'boolean', 'false');
  entry.field('internal', 'false');
  entry.free('arguments', valueAt(entry.spec, 'arguments'));
}

function writeBinding(entry: EntryText): void {
  const { spec } = entry;
  const source = valueAt(spec, 'source');
  const destination = valueAt(spec, 'destination');
  if (!source || !destination || !hasVhost(entry)) return;
  if ((textAt(spec, 'source') ?? '') === '' || (textAt(spec, 'destination') ?? '') === '') return;
  entry.copy('source', source);
  entry.simple('vhost', 'vhost', 'string', '"/"');
  entry.copy('destination', destination);
  const type = textAt(spec, 'destinationType');
  entry.field(
    'destination_type',
    type === 'queue' ? '"queue"' : '"exchange"',
    valueAt(spec, 'destinationType'),
  );
  entry.simple('routing_key', 'routingKey', 'string', '""');
  entry.free('arguments', valueAt(spec, 'arguments'));
}

function writePolicy(entry: EntryText): void {
  const pattern = valueAt(entry.spec, 'pattern');
  const definition = valueAt(entry.spec, 'definition');
  if (!pattern || definition?.kind !== 'map' || textAt(entry.spec, 'pattern') === undefined) return;
  if (!writeNamed(entry)) return;
  entry.copy('pattern', pattern);
  writeApplyTo(entry, 'all');
  entry.simple('priority', 'priority', 'number', '0');
  entry.free('definition', definition);
}

/** A word that the schema does not take is reported there. */
function writeApplyTo(entry: EntryText, usual: string): void {
  const word = textAt(entry.spec, 'applyTo');
  const isKnown =
    word !== undefined && /^(?:all|queues|exchanges|classic_queues|quorum_queues|streams)$/.test(word);
  entry.field('apply-to', JSON.stringify(isKnown ? word : usual), valueAt(entry.spec, 'applyTo'));
}

function writeOperatorPolicy(entry: EntryText): void {
  const pattern = valueAt(entry.spec, 'pattern');
  const definition = valueAt(entry.spec, 'definition');
  if (!pattern || definition?.kind !== 'map' || textAt(entry.spec, 'pattern') === undefined) return;
  if (!writeNamed(entry)) return;
  entry.field('component', '"operator_policy"');
  entry.inside('value', entry.resource.head, () => {
    entry.copy('pattern', pattern);
    writeApplyTo(entry, 'queues');
    entry.simple('priority', 'priority', 'number', '0');
    entry.free('definition', definition);
  });
}

function writeVhost(entry: EntryText): void {
  const name = valueAt(entry.spec, 'name');
  if (!name || textAt(entry.spec, 'name') === undefined) return;
  entry.copy('name', name);
  const type = valueAt(entry.spec, 'defaultQueueType');
  if (type && textAt(entry.spec, 'defaultQueueType') !== undefined)
    entry.inside('metadata', type, () => {
      entry.copy('default_queue_type', type);
    });
}

function writePermission(entry: EntryText): void {
  const vhost = valueAt(entry.spec, 'vhost');
  if (!vhost || textAt(entry.spec, 'vhost') === undefined) return;
  entry.copy('vhost', vhost);
  for (const name of ['configure', 'write', 'read']) writePattern(entry, name);
}

function writeTopicPermission(entry: EntryText): void {
  const vhost = valueAt(entry.spec, 'vhost');
  const exchange = valueAt(entry.spec, 'permissions', 'exchange');
  if (!vhost || textAt(entry.spec, 'vhost') === undefined) return;
  entry.copy('vhost', vhost);
  if (exchange && textAt(entry.spec, 'permissions', 'exchange') !== undefined)
    entry.copy('exchange', exchange);
  for (const name of ['write', 'read']) writePattern(entry, name);
}

function writePattern(entry: EntryText, name: string): void {
  const node = valueAt(entry.spec, 'permissions', name);
  if (node && textAt(entry.spec, 'permissions', name) !== undefined) entry.copy(name, node);
  else entry.field(name, '""');
}
