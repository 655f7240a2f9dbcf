import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FieldTable } from '../../src/core/base/fieldValue';
import { jsonMember, writeJson } from '../../src/core/base/jsonText';
import { readJson } from '../../src/core/base/jsonTree';
import type { DefinitionsPort } from '../../src/core/broker/definitionsPort';
import { readDefinitions } from '../../src/core/broker/readDefinitions';
import type { DefinitionsEntry } from '../../src/core/topology/definitionsEntry';
import { entryText } from '../../src/core/topology/definitionsEntry';
import type { DefinitionsSection } from '../../src/core/topology/definitionsFile';
import type { FailureReason } from '../../src/core/base/failure';
import { benchFor, declared, eventually, refuses, table } from './bench';
import type { ContractBroker } from './bench';

function entry(text: string): DefinitionsEntry {
  const json = readJson(text);
  assert.ok('node' in json && json.node.kind === 'object', text);
  return json.node;
}

/** Queues, exchanges and bindings moved as entries of a definitions file. */
export function definitionsContract(under: ContractBroker): void {
  describe('definitions', () => {
    const bench = benchFor(under);
    const port = (): DefinitionsPort => {
      const found = under.open().management?.definitions;
      assert.ok(found);
      return found;
    };
    const find = async (section: DefinitionsSection, name: string): Promise<DefinitionsEntry | undefined> =>
      (await port().entries(section, '/')).find((each) => entryText(each, 'name') === name);
    const write = async (section: DefinitionsSection, json: string): Promise<string> =>
      (await port().write(section, '/', entry(json))).kind;
    const remove = (section: DefinitionsSection, json: string): Promise<string> =>
      port().remove(section, '/', entry(json));

    it('lists a queue with its properties and arguments, numbers as they were declared', async () => {
      const big = { name: 'x-big', value: { type: 'long', value: '9007199254740993' } as const };
      const two = { name: 'x-two', value: { type: 'double', value: 2 } as const };
      const name = await bench().queue('quorum', [...table({ 'x-max-length': 5 }), big, two]);
      const found = await find('queues', name);
      assert.ok(found);
      const args = jsonMember(found, 'arguments');
      assert.deepEqual(
        ['durable', 'auto_delete', 'exclusive', 'vhost'].map((field) =>
          writeJson(jsonMember(found, field) ?? found),
        ),
        ['true', 'false', 'false', '"/"'],
      );
      assert.deepEqual(
        ['x-queue-type', 'x-max-length', 'x-big', 'x-two'].map((field) =>
          writeJson(jsonMember(args, field) ?? found),
        ),
        ['"quorum"', '5', '9007199254740993', '2.0'],
      );
    });

    it('says what of an argument JSON cannot carry in the words of the broker', async () => {
      const exchange = await bench().exchange('headers');
      const queue = await bench().queue('classic');
      const args: FieldTable = [
        { name: 'nothing', value: { type: 'void' } },
        { name: 'bytes', value: { type: 'longstr', value: new Uint8Array([0xff, 0xfe]) } },
        { name: 'when', value: { type: 'timestamp', value: '1700000000' } },
      ];
      await bench().bind(exchange, queue, 'k', args);
      const found = (await port().entries('bindings', '/')).find(
        (each) => entryText(each, 'source') === exchange,
      );
      const shown = jsonMember(found, 'arguments');
      assert.deepEqual(
        ['nothing', 'bytes', 'when'].map((field) => shown && writeJson(jsonMember(shown, field) ?? shown)),
        ['"undefined"', '"Not UTF-8, base64 is: //4="', '1700000000'],
      );
      const { management } = under.open();
      assert.ok(management);
      const { notes } = await readDefinitions(management, { vhost: '/', passwordHashes: false });
      assert.equal(notes.filter((note) => note.includes(exchange)).length, 2);
    });

    it('exports without what an import passes over: built-in, exclusive and server-named', async () => {
      const [queue, exchange] = [await bench().queue('classic'), await bench().exchange('topic')];
      const channel = await bench().channel();
      const named = await channel.declareQueue('', declared());
      const exclusive = bench().name('exclusive');
      await channel.declareQueue(exclusive, { ...declared(), durable: false, exclusive: true });
      for (const each of [queue, named, exclusive]) await bench().bind(exchange, each, 'k');
      const { management } = under.open();
      assert.ok(management);
      const { text } = await readDefinitions(management, { vhost: '/', passwordHashes: false });
      const file = JSON.parse(text) as Record<
        string,
        { name?: string; source?: string; destination?: string }[]
      >;
      const names = [...(file['queues'] ?? []), ...(file['exchanges'] ?? [])].map(({ name }) => name);
      assert.ok(names.includes(queue) && names.includes(exchange));
      assert.deepEqual(
        names.filter((name) => name === '' || name?.startsWith('amq.') || name === exclusive),
        [],
      );
      assert.deepEqual(
        file['bindings']?.filter(({ source }) => source === exchange).map(({ destination }) => destination),
        [queue],
      );
      assert.equal(
        (file['bindings'] ?? []).some(({ source }) => source === ''),
        false,
      );
      await channel.deleteQueue(named);
    });

    it('makes an exchange, a queue and a binding, says when they were there, and removes them again', async () => {
      const [x, q] = [bench().name('made exchange'), bench().name('made queue')];
      const exchange = `{"name":${JSON.stringify(x)},"type":"headers","durable":true}`;
      const queue = `{"name":${JSON.stringify(q)},"durable":true,"arguments":{"x-max-length":3}}`;
      const ends = `"source":${JSON.stringify(x)},"destination":${JSON.stringify(q)},"destination_type":"queue"`;
      const binding = `{${ends},"routing_key":"a b#*/%2F","arguments":{"n":2.0,"i":9007199254740993,"x-match":"all"}}`;
      assert.equal(await write('exchanges', exchange), 'created');
      assert.equal(await write('queues', queue), 'created');
      assert.equal(await write('bindings', binding), 'created');
      assert.deepEqual(
        [await write('exchanges', exchange), await write('queues', queue), await write('bindings', binding)],
        ['updated', 'updated', 'updated'],
      );
      const made = (await port().entries('bindings', '/')).filter((each) => entryText(each, 'source') === x);
      assert.deepEqual(
        made.map((each) => [
          entryText(each, 'routing_key'),
          writeJson(jsonMember(jsonMember(each, 'arguments'), 'n') ?? each),
        ]),
        [['a b#*/%2F', '2.0']],
      );
      const other = binding.replace('2.0', '2');
      assert.equal(await remove('bindings', other), 'absent');
      await refuses(remove('exchanges', exchange), 'precondition', /in use/);
      for (const [section, json] of [
        ['bindings', binding],
        ['queues', queue],
        ['exchanges', exchange],
      ] as const) {
        assert.equal(await remove(section, json), 'removed');
        assert.equal(await remove(section, json), 'absent');
      }
    });

    it('makes a plain binding by a plain key, and finds it again', async () => {
      const [x, q] = [await bench().exchange('topic'), await bench().queue('classic')];
      const ends = `"source":${JSON.stringify(x)},"destination":${JSON.stringify(q)},"destination_type":"queue"`;
      for (const key of ['plain', '', '~', 'a.b', 'k~1', 'grün']) {
        const binding = `{${ends},"routing_key":${JSON.stringify(key)},"arguments":{}}`;
        assert.deepEqual(
          [await write('bindings', binding), await write('bindings', binding)],
          ['created', 'updated'],
          key,
        );
        assert.deepEqual(
          [await remove('bindings', binding), await remove('bindings', binding)],
          ['removed', 'absent'],
          key,
        );
      }
    });

    it('changes nothing about a queue or an exchange that is there with other properties', async () => {
      const q = JSON.stringify(await bench().queue('classic', table({ 'x-max-length': 5 })));
      const x = JSON.stringify(await bench().exchange('topic'));
      const refused: readonly (readonly [DefinitionsSection, string, RegExp])[] = [
        [
          'queues',
          `{"name":${q},"durable":true,"arguments":{"x-max-length":6}}`,
          /inequivalent arg 'x-max-length'/,
        ],
        [
          'queues',
          `{"name":${q},"durable":false,"arguments":{"x-max-length":5}}`,
          /inequivalent arg 'durable'/,
        ],
        ['exchanges', `{"name":${x},"durable":true,"type":"fanout"}`, /inequivalent arg 'type'/],
      ];
      for (const [section, json, words] of refused)
        await refuses(port().write(section, '/', entry(json)), 'precondition', words);
      const found = await find('queues', JSON.parse(q) as string);
      assert.equal(writeJson(jsonMember(jsonMember(found, 'arguments'), 'x-max-length') ?? entry('{}')), '5');
    });

    const wrong: readonly (readonly [string, DefinitionsSection, string, FailureReason, RegExp])[] = [
      ['a queue type nobody knows', 'queues', '"arguments":{"x-queue-type":"odd"}', 'precondition', /odd/],
      [
        'an argument of the wrong type',
        'queues',
        '"arguments":{"x-max-length":2.5}',
        'precondition',
        /expected integer/,
      ],
      [
        'an exchange type nobody knows',
        'exchanges',
        '"type":"odd"',
        'precondition',
        /unknown exchange type 'odd'/,
      ],
      [
        'a binding to a queue that is not there',
        'bindings',
        '"source":"amq.topic","destination":"nope","destination_type":"queue","routing_key":"k"',
        'notFound',
        /no queue 'nope'/,
      ],
      [
        'a binding of an exchange that is not there',
        'bindings',
        '"source":"nope","destination":"amq.fanout","destination_type":"exchange","routing_key":"k"',
        'notFound',
        /no exchange 'nope'/,
      ],
    ];
    for (const [what, section, fields, reason, words] of wrong) {
      it(`refuses ${what}, in words without Erlang terms`, async () => {
        const failure = await refuses(
          port().write(section, '/', entry(`{"name":"never made",${fields}}`)),
          reason,
          words,
        );
        assert.doesNotMatch(failure.message, /<<|&lt;|\{/);
      });
    }

    it('refuses a virtual host that is not there, to make in and to list, and has nothing to remove there', async () => {
      const queue = entry('{"name":"q","durable":true}');
      await refuses(port().write('queues', 'nowhere', queue), 'notFound');
      await refuses(port().entries('queues', 'nowhere'), 'notFound');
      assert.equal(await port().remove('queues', 'nowhere', queue), 'absent');
    });

    it('leaves a queue of any type that holds messages alone', async () => {
      const { management } = under.open();
      const names: string[] = [];
      for (const type of ['classic', 'quorum', 'stream'] as const) names.push(await bench().queue(type));
      for (const name of names) await bench().fill(name, 1);
      for (const name of names) {
        // The lists of a real broker lag behind by some seconds.
        await eventually(async () => ((await management?.queue('/', name))?.ready ?? 0) > 0);
        await refuses(remove('queues', JSON.stringify({ name })), 'precondition', /it has 1 message\./);
        await bench().untilReady(name, 1);
      }
    });

    it('removes an empty queue of any type', async () => {
      for (const type of ['classic', 'quorum', 'stream'] as const) {
        const json = JSON.stringify({ name: await bench().queue(type) });
        assert.deepEqual(
          [await remove('queues', json), await remove('queues', json)],
          ['removed', 'absent'],
          type,
        );
      }
    });

    it('carries names as they are', async () => {
      const names = [
        'a/b',
        '%2F',
        '%252F',
        'a b+c',
        'ä€😀',
        '...',
        '.a',
        'q'.repeat(255),
        'ä'.repeat(127),
        '{"',
        '__proto__',
      ];
      for (const name of names) {
        const json = JSON.stringify({ name, durable: true });
        assert.equal(await write('queues', json), 'created', name);
        assert.equal(entryText((await find('queues', name)) ?? entry('{}'), 'name'), name);
        assert.equal(await remove('queues', json), 'removed', name);
      }
    });

    it('stops when asked to', async () => {
      await refuses(port().entries('queues', '/', AbortSignal.abort()), 'cancelled');
      await refuses(port().write('queues', '/', entry('{"name":"never"}'), AbortSignal.abort()), 'cancelled');
    });
  });
}
