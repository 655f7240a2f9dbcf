import { tableToJson } from '../../base/fieldJson';
import type { FieldTable, FieldValue } from '../../base/fieldValue';
import { copiedBody, copiedHeaders, fileNote, Notes, quoted } from './snippet';
import type { CopiedBody, CopiedMessage } from './snippet';

const names = {
  contentType: 'content_type',
  contentEncoding: 'content_encoding',
  deliveryMode: 'delivery_mode',
  priority: 'priority',
  correlationId: 'correlation_id',
  replyTo: 'reply_to',
  expiration: 'expiration',
  messageId: 'message_id',
  type: 'type',
  userId: 'user_id',
  appId: 'app_id',
  clusterId: 'cluster_id',
} as const;

/**
 * The message as a call of rabbitmqadmin v2 for a POSIX shell. It publishes through the management API, which takes
 * UTF-8 text only and chooses the types of headers by itself: what is lost stands in a comment.
 */
export function rabbitmqadminCall(message: CopiedMessage, vhost: string): string {
  const notes = new Notes();
  const body = copiedBody(message);
  if (body.kind === 'bytes') return unsayable('it publishes UTF-8 text only, and this body is binary.');
  if ([message.exchange, message.routingKey, vhost].some(holdsControls))
    return unsayable('a name or the routing key holds control characters, which no terminal takes.');
  if (body.kind === 'file') notes.add(`${fileNote(body.name, message)} It must be UTF-8 text.`);
  const properties = propertiesJson(message, notes);
  const { before, option } = payload(body);
  const options = [
    ...(message.exchange === '' ? [] : [`--exchange=${shellText(message.exchange)}`]),
    `--routing-key=${shellText(message.routingKey)}`,
    ...(properties === '{}' ? [] : [`--properties=${shellText(properties)}`]),
    option,
  ];
  return [
    '# rabbitmqadmin v2; add --host, --username and --password for your broker.',
    ...notes.comments('#'),
    `${before}rabbitmqadmin --vhost=${shellText(vhost)} publish message \\`,
    options.map((each) => `  ${each}`).join(' \\\n'),
    '',
  ].join('\n');
}

function unsayable(why: string): string {
  return `# rabbitmqadmin cannot publish this message: ${why}\n# Copy it as an amqplib or a pika call instead.\n`;
}

/** A line break inside quotes is harmless; other controls could act on the terminal that they are pasted into. */
function payload(body: Exclude<CopiedBody, { kind: 'bytes' }>): { before: string; option: string } {
  if (body.kind === 'file') return { before: '', option: `--payload-file=${body.name}` };
  if (!holdsControls(body.text.replaceAll('\n', '')))
    return { before: '', option: `--payload=${shellText(body.text)}` };
  return { before: `printf '%b' ${octal(body.text)} | `, option: '--payload-file=-' };
}

/** POSIX: nothing is special between single quotes but their end. */
function shellText(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** For `printf '%b'`. */
function octal(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replace(controls, (found) => {
    const code = found.charCodeAt(0);
    // Beyond ASCII a control is two bytes of UTF-8.
    const bytes = code < 0x80 ? [code] : [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
    return bytes.map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
  });
  return shellText(escaped);
}

const controls = /[\u0000-\u001f\u007f-\u009f]/g;

function holdsControls(text: string): boolean {
  return text.search(controls) >= 0;
}

function propertiesJson(message: CopiedMessage, notes: Notes): string {
  const { properties } = message;
  const members: string[] = [];
  for (const [name, key] of Object.entries(names)) {
    const value = properties[name as keyof typeof names];
    if (value !== undefined) members.push(`"${key}": ${jsonText(value)}`);
  }
  if (properties.timestamp !== undefined) members.push(`"timestamp": ${properties.timestamp}`);
  const headers = copiedHeaders(message, notes);
  if (headers) {
    if (!keepsTypes(headers))
      notes.add('The management API chooses the types of headers: some of them change.');
    members.push(`"headers": ${jsonText(tableToJson(headers))}`);
  }
  return `{${members.join(', ')}}`;
}

/** JSON in ASCII where a character could deceive, which JSON can only say in halves beyond U+FFFF. */
function jsonText(value: unknown): string {
  return typeof value === 'string'
    ? quoted(value, halves)
    : JSON.stringify(value).replace(
        /[\u007f-\u009f]/g,
        (found) => `\\u00${found.charCodeAt(0).toString(16)}`,
      );
}

function halves(code: number): string {
  return Array.from({ length: 2 }, (_, index) => String.fromCodePoint(code).charCodeAt(index))
    .map((half) => `\\u${half.toString(16)}`)
    .join('');
}

/** Whether JSON says these types as RabbitMQ reads them: text, whole numbers as long, fractions as double. */
function keepsTypes(table: FieldTable): boolean {
  return table.every(({ value }) => keepsType(value));
}

function keepsType(value: FieldValue): boolean {
  switch (value.type) {
    case 'bool':
      return true;
    case 'longstr':
      return typeof value.value === 'string';
    case 'long':
      return Number.isSafeInteger(Number(value.value));
    case 'double':
      return typeof value.value === 'number' && !Number.isInteger(value.value);
    case 'array':
      return value.value.every(keepsType);
    case 'table':
      return keepsTypes(value.value);
    default:
      return false;
  }
}
