import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { utf8Bytes } from '../../../src/core/base/bytes';
import { tableToJson } from '../../../src/core/base/fieldJson';
import type { FieldEntry, FieldTable, FieldValue } from '../../../src/core/base/fieldValue';
import { longstr } from '../../../src/core/base/fieldValue';
import { readTable } from '../../../src/core/broker/amqp/readTable';
import { amqplibCall } from '../../../src/core/message/copyAs/amqplib';
import { pikaCall } from '../../../src/core/message/copyAs/pika';
import { rabbitmqadminCall } from '../../../src/core/message/copyAs/rabbitmqadmin';
import type { CopiedMessage } from '../../../src/core/message/copyAs/snippet';
import { exactText } from '../../../src/core/message/exactText';
import { decimalText } from '../../../src/core/message/fieldText';
import { anyRecordedMessage } from '../../support/anyMessage';

const require = createRequire(path.resolve('package.json'));

/** amqplib's own codec, which our bundles replace: what a user's program would send. */
const codec = require(path.resolve('node_modules/amqplib/lib/codec.js')) as {
  encodeTable: (buffer: Buffer, table: object, offset: number) => number;
};

const hostile = [
  `'); process.exit(1); ('`,
  '`$(touch /tmp/x)` ${1} $HOME "quoted" \\',
  `'; rm -rf / #`,
  'line\nbreak\r\n\ttab',
  'separators \u2028 \u2029',
  'nul \u0000 escape \u001b[201~ bell \u0007 c1 \u009b',
  'overrides \u202e\u2066 invisible \u200b tag \u{e0041}',
  '"""  \'\'\' \\N{DASH} \\u0041 %s {x}',
  '-starts like an option',
  '\ud83d\ude80 rocket',
];

function messageOf(text: string): CopiedMessage {
  const body = utf8Bytes(text);
  const headers = [{ name: text.slice(0, 40), value: longstr(text) }];
  return {
    exchange: text,
    routingKey: text,
    properties: { messageId: text, headers },
    body,
    size: body.length,
  };
}

/** What a table of a programming language can hold: each name once, in any order. */
function asLanguageSays(table: FieldTable): FieldTable {
  const last = new Map(table.map(({ name, value }) => [name, value]));
  return [...last]
    .map(([name, value]): FieldEntry => ({ name, value: valueAsLanguageSays(value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function valueAsLanguageSays(value: FieldValue): FieldValue {
  if (value.type === 'table') return { type: 'table', value: asLanguageSays(value.value) };
  if (value.type === 'array') return { type: 'array', value: value.value.map(valueAsLanguageSays) };
  if (value.type === 'longstr' && typeof value.value !== 'string')
    return { type: 'bytearray', value: value.value };
  return value;
}

interface JavaScriptCall {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  readonly options: Readonly<Record<string, unknown>> & { readonly headers?: object };
}

function runJavaScript(code: string): JavaScriptCall {
  const calls: JavaScriptCall[] = [];
  const publish = (
    exchange: string,
    routingKey: string,
    body: Buffer,
    options: JavaScriptCall['options'],
  ): void => void calls.push({ exchange, routingKey, body, options });
  runInNewContext(code, { channel: { publish }, Buffer });
  assert.equal(calls.length, 1);
  return calls[0] ?? assert.fail();
}

function headersSent(headers: object): FieldTable {
  const buffer = Buffer.alloc(1024 * 1024);
  const length = codec.encodeTable(buffer, Object.create(headers) as object, 0);
  return readTable(buffer.subarray(4, length));
}

describe('copy as an amqplib call', () => {
  it('publishes the same message, with the same types of headers, when it is run', () => {
    fc.assert(
      fc.property(anyRecordedMessage, (message) => {
        const { timestamp = '0', clusterId: _, headers = [], ...others } = message.properties;
        const call = runJavaScript(amqplibCall(message));
        assert.deepEqual([call.exchange, call.routingKey], [message.exchange, message.routingKey]);
        assert.ok(call.body.equals(message.body));
        for (const [name, value] of Object.entries(others)) assert.equal(call.options[name], value, name);
        if (Number.isSafeInteger(Number(timestamp)))
          assert.equal(call.options['timestamp'] ?? 0, Number(timestamp));
        assert.equal(call.options['mandatory'], true);
        assert.deepEqual(asLanguageSays(headersSent(call.options.headers ?? {})), asLanguageSays(headers));
      }),
      { numRuns: 300 },
    );
  });

  it('takes hostile text as text, and shows none that deceives', () => {
    for (const text of hostile) {
      const code = amqplibCall(messageOf(text));
      const call = runJavaScript(code);
      assert.deepEqual([call.exchange, call.options['messageId'], String(call.body)], [text, text, text]);
      assert.doesNotMatch(code, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066]/);
    }
  });

  it('says what is not in it: a long body, a timestamp that would be rounded, what a broker wrote', () => {
    const code = amqplibCall({
      ...messageOf('a'),
      size: 2_000_000,
      properties: {
        timestamp: '18446744073709551615',
        headers: [{ name: 'x-death', value: { type: 'void' } }],
      },
    });
    assert.match(code, /^\/\/ The body has 2,000,000 bytes: save it as body.bin first.$/m);
    assert.match(code, /^\/\/ The timestamp 18446744073709551615 is left out/m);
    assert.match(code, /^\/\/ Headers that a broker wrote/m);
    assert.doesNotMatch(code, /"x-death"/);
  });
});

type Said = readonly [string, unknown];

/** A value as the Python program below describes it. */
function saidInPython(value: FieldValue): Said {
  switch (value.type) {
    case 'bool':
      return ['bool', value.value];
    case 'void':
      return ['None', null];
    case 'longstr':
      return typeof value.value === 'string' ? ['str', value.value] : hexSaid(value.value);
    case 'bytearray':
      return hexSaid(value.value);
    case 'array':
      return ['list', value.value.map(saidInPython)];
    case 'table':
      return ['dict', tableSaid(value.value)];
    case 'timestamp':
      if (Number(value.value) <= 253_402_300_799) return ['datetime', value.value];
      return BigInt(value.value) < 2n ** 63n ? ['int', value.value] : ['str', value.value];
    case 'decimal':
      return [value.value > 2_147_483_647 ? 'str' : 'Decimal', decimalText(value)];
    case 'float':
    case 'double':
      return ['number', String(value.value)];
    default:
      return ['int', String(value.value)];
  }
}

function hexSaid(bytes: Uint8Array): Said {
  return ['bytes', Buffer.from(bytes).toString('hex')];
}

function tableSaid(table: FieldTable): unknown[] {
  return [...new Map(table.map(({ name, value }) => [name, value]))].map(([name, value]) => [
    name,
    saidInPython(value),
  ]);
}

const pythonProgram = `
import datetime, decimal, json, sys, types
pika = types.ModuleType('pika')
pika.BasicProperties = lambda **given: given
sys.modules['pika'] = pika
def said(v):
    if v is None: return ['None', None]
    if isinstance(v, bool): return ['bool', v]
    if isinstance(v, int): return ['int', str(v)]
    if isinstance(v, str): return ['str', v]
    if isinstance(v, bytes): return ['bytes', v.hex()]
    if isinstance(v, decimal.Decimal): return ['Decimal', format(v, 'f')]
    if isinstance(v, datetime.datetime): return ['datetime', str(int(v.timestamp()))]
    if isinstance(v, list): return ['list', [said(x) for x in v]]
    return ['dict', [[k, said(x)] for k, x in v.items()]]
class Channel:
    def basic_publish(self, **given):
        p = dict(given['properties'])
        headers = p.pop('headers', {})
        answers.append([given['exchange'], given['routing_key'], given['body'].hex(), given['mandatory'], p, said(headers)[1]])
answers = []
for code in json.load(sys.stdin):
    exec(code, {'channel': Channel()})
print(json.dumps(answers))
`;

type PythonAnswer = [string, string, string, boolean, Record<string, unknown>, unknown];

/** Runs every snippet in Python; where there is none, reads at least what stands between double quotes. */
function runPython(snippets: readonly string[]): PythonAnswer[] | undefined {
  const run = spawnSync('python3', ['-c', pythonProgram], {
    input: JSON.stringify(snippets),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error !== undefined) return undefined;
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout) as PythonAnswer[];
}

describe('copy as a pika call', () => {
  it('publishes the same message when it is run', function () {
    this.timeout(20_000);
    const messages: CopiedMessage[] = [
      ...fc.sample(anyRecordedMessage, { numRuns: 300, seed: 7 }),
      ...hostile.map(messageOf),
    ];
    const snippets = messages.map(pikaCall);
    const answers = runPython(snippets);
    messages.forEach((message, index) => {
      const answer = answers?.[index];
      if (answer === undefined) {
        assert.ok(snippets[index]?.includes('channel.basic_publish(\n'));
        return;
      }
      const [exchange, routingKey, body, mandatory, properties, headers] = answer;
      assert.deepEqual(
        [exchange, routingKey, body, mandatory],
        [message.exchange, message.routingKey, Buffer.from(message.body).toString('hex'), true],
      );
      assert.equal(properties['message_id'], message.properties.messageId);
      assert.equal(properties['priority'], message.properties.priority);
      // A fraction becomes a decimal where that says it, else text: the number is the same either way.
      const numbers = JSON.stringify(headers).replaceAll(
        /\["(?:Decimal|str)",("(?:[^"\\]|\\.)*")\]/g,
        '["t",$1]',
      );
      const wanted = JSON.stringify(tableSaid(message.properties.headers ?? [])).replaceAll(
        /\["(?:Decimal|str|number)",("(?:[^"\\]|\\.)*")\]/g,
        '["t",$1]',
      );
      assert.deepEqual(JSON.parse(numbers), JSON.parse(wanted));
    });
  });

  it('says which types pika cannot send', () => {
    const headers: FieldTable = [
      { name: 'a', value: { type: 'byte', value: 1 } },
      { name: 'b', value: { type: 'double', value: 1.5 } },
      { name: 'c', value: { type: 'int', value: 7 } },
    ];
    const code = pikaCall({ ...messageOf('a'), properties: { headers } });
    assert.match(code, /^# A header of type byte is sent as int/m);
    assert.match(code, /^# A header of type double is sent as a decimal/m);
    assert.match(code, /headers=\{"a": 1, "b": decimal.Decimal\("1.5"\), "c": 7\}/);
    assert.match(code, /^import decimal$/m);
    assert.doesNotMatch(code, /type int is/);
  });
});

/** What a shell hands to the program, and what it pipes into it. */
function runShell(command: string): { options: string[]; input: string } {
  const program = `rabbitmqadmin() { printf '%s\\0' "$@"; printf '\\0--\\0'; if [ -p /dev/stdin ]; then cat; fi; }\n`;
  const run = spawnSync('sh', ['-c', program + command], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const [options = '', input = ''] = run.stdout.split('\0\0--\0');
  return { options: options.split('\0'), input };
}

function option(options: readonly string[], name: string): string | undefined {
  return options.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
}

describe('copy as a rabbitmqadmin call', () => {
  it('hands over names, body and properties as they are, whatever they hold', function () {
    this.timeout(20_000);
    const messages: CopiedMessage[] = [
      ...fc.sample(anyRecordedMessage, { numRuns: 60, seed: 7 }),
      ...hostile.map((text) => ({ ...messageOf(text), exchange: 'e', routingKey: 'k' })),
      ...hostile.map(messageOf),
    ];
    let run = 0;
    for (const message of messages) {
      const command = rabbitmqadminCall(message, `it's /`);
      const text = exactText(message.body);
      if (command.startsWith('# rabbitmqadmin cannot')) continue;
      run++;
      const { options, input } = runShell(command);
      assert.equal(option(options, 'vhost'), `it's /`);
      assert.equal(option(options, 'exchange') ?? '', message.exchange);
      assert.equal(option(options, 'routing-key'), message.routingKey);
      assert.equal(option(options, 'payload-file') === '-' ? input : option(options, 'payload'), text);
      const sent = JSON.parse(option(options, 'properties') ?? '{}') as Record<string, unknown>;
      assert.equal(sent['message_id'], message.properties.messageId);
      const headers = message.properties.headers && JSON.stringify(tableToJson(message.properties.headers));
      assert.deepEqual(sent['headers'], headers === undefined ? undefined : JSON.parse(headers));
      assert.doesNotMatch(command, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
    assert.ok(run > 30, String(run));
  });

  it('says why it cannot be done', () => {
    const binary = rabbitmqadminCall({ ...messageOf('a'), body: Uint8Array.of(255), size: 1 }, '/');
    assert.match(binary, /^# rabbitmqadmin cannot publish this message: it publishes UTF-8 text only/);
    const escape = rabbitmqadminCall({ ...messageOf('a'), routingKey: 'a\u001b' }, '/');
    assert.match(escape, /control characters/);
  });

  it('says that types of headers change, where they do', () => {
    const of = (value: FieldValue): string =>
      rabbitmqadminCall({ ...messageOf('a'), properties: { headers: [{ name: 'h', value }] } }, '/');
    assert.match(of({ type: 'int', value: 1 }), /^# The management API chooses the types/m);
    assert.doesNotMatch(of({ type: 'long', value: '1' }), /chooses the types/);
  });
});
