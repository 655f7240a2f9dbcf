import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { utf8Bytes } from '../../src/core/base/bytes';
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { DefinitionsSection } from '../../src/core/topology/definitionsFile';
import { parseDocument } from '../../src/core/topologyFile/document';
import { formatForReview } from '../../src/core/topologyFile/formatForReview';
import { readUndoFile, undoItems, writeUndoFile } from '../../src/core/topology/undoFile';
import type { BrokerDefinitions, DefinitionsItem, ItemOutcome } from '../../src/protocol/definitionsTransfer';
import { rabbitProfile } from '../lab/profileOf';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { richItems as items, shop } from '../support/richTopology';
import { workerSession } from '../support/workerSession';
import type { WorkerSession } from '../support/workerSession';

const counts = (outcomes: readonly ItemOutcome[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const { kind } of outcomes) found[kind] = (found[kind] ?? 0) + 1;
  return found;
};
const texts = (outcomes: readonly ItemOutcome[]): string[] =>
  outcomes.flatMap((outcome) => ('text' in outcome ? [`${String(outcome.id)}: ${outcome.text}`] : []));

type Fields = Readonly<Record<string, unknown>>;
const sectionOf = ({ text }: BrokerDefinitions, section: DefinitionsSection): readonly Fields[] =>
  (JSON.parse(text) as Record<string, readonly Fields[]>)[section] ?? [];

for (const series of allSeries) {
  describe(`definitions to and from RabbitMQ ${series}`, function () {
    this.timeout(120_000);
    let node: RabbitNode;
    let other: RabbitNode;
    const sessions: WorkerSession[] = [];

    async function session(
      to: RabbitNode,
      user = 'guest',
      password = 'guest',
      vhost = '/',
    ): Promise<WorkerSession> {
      const made = workerSession(openBroker, systemClock);
      sessions.push(made);
      await made.open({ ...rabbitProfile(to), user, vhost }, password);
      return made;
    }
    const exported = async (
      from: WorkerSession,
      vhost?: string,
      passwordHashes = false,
    ): Promise<BrokerDefinitions> =>
      from.client.request('exportDefinitions', { ...(vhost === undefined ? {} : { vhost }), passwordHashes });

    before(async () => {
      [node, other] = await Promise.all([startRabbit({ series }), startRabbit({ series })]);
    });
    after(async () => {
      for (const each of sessions) await each.close();
      await Promise.all([node.stop(), other.stop()]);
    });

    let admin: WorkerSession;
    let untouched: BrokerDefinitions;
    let full: BrokerDefinitions;
    let made: readonly ItemOutcome[];

    it('makes something of every kind, and finds it all there when asked again', async () => {
      admin = await session(node);
      untouched = await exported(admin);
      const first = await admin.client.request('createDefinitions', { items, stopAtRefusal: true });
      made = first.outcomes;
      assert.deepEqual([texts(made), first.ended], [[], undefined]);
      // Whoever makes a virtual host gets all permissions in it: that is no object of ours.
      assert.deepEqual(counts(made), { created: items.length });
      const again = await admin.client.request('createDefinitions', { items, stopAtRefusal: true });
      assert.deepEqual([texts(again.outcomes), counts(again.outcomes)], [[], { updated: items.length }]);
      const changed = again.outcomes.filter((outcome) => 'before' in outcome);
      // A password may be another one, and only the hash tells.
      assert.deepEqual(
        changed.map(({ id }) => items[id]?.section),
        ['users', 'users'],
      );
      full = await exported(admin, undefined, true);
    });

    it('exports it sorted, with every number as it was given', async () => {
      assert.equal(formatForReview(parseDocument(full.text)), undefined);
      assert.deepEqual(full.missing, []);
      for (const number of ['2.0', '9007199254740993', '1.5e10', '1.5'])
        assert.ok(full.text.includes(`: ${number}`), number);
      const names = sectionOf(full, 'queues').map(({ name }) => name);
      assert.deepEqual(names.length, items.filter(({ section }) => section === 'queues').length);
      assert.equal(full.text, (await exported(admin, undefined, true)).text);
      const plain = await exported(admin);
      assert.doesNotMatch(plain.text, /password|hashing/);
      assert.match(plain.notes.join(), /no passwords/);
    });

    it('shows a user with only the tag management what the tag allows, and names the rest', async () => {
      const own = await exported(await session(node, 'only management', 'secret'));
      assert.deepEqual(
        own.missing.map(({ section }) => section),
        ['users', 'vhosts', 'permissions', 'topic_permissions', 'global_parameters', 'parameters'],
      );
      for (const section of ['exchanges', 'policies', 'queues', 'bindings'] as const)
        assert.deepEqual(
          sectionOf(own, section),
          sectionOf(full, section).filter(({ vhost }) => vhost !== 'unseen'),
          section,
        );
      assert.deepEqual(
        sectionOf(own, 'vhosts').map(({ name }) => name),
        ['/', shop],
      );
      assert.doesNotMatch(own.text, /"(?:users|permissions|parameters|global_parameters)"/);
      const policies = await exported(await session(node, 'policies/%2F', 'secret', shop));
      assert.deepEqual(
        sectionOf(policies, 'parameters'),
        sectionOf(full, 'parameters').filter(({ vhost }) => vhost === shop),
      );
    });

    it("comes out of another broker's own import as the same text", async () => {
      await importText(other, '/api/definitions', full.text);
      assert.equal((await exported(await session(other), undefined, true)).text, full.text);
    });

    it('goes as one virtual host into another one, and out again as the same text', async () => {
      const one = await exported(admin, shop);
      assert.doesNotMatch(one.text, /"(?:vhost|users|vhosts|permissions)"/);
      await other.api('PUT', '/api/vhosts/copy', {});
      await importText(other, '/api/definitions/copy', one.text);
      assert.equal((await exported(await session(other), 'copy')).text, one.text);
    });

    it('leaves nothing of what was there with other properties changed, and says why', async () => {
      const changed: DefinitionsItem[] = [
        { id: 0, section: 'queues', vhost: shop, json: '{"name":"classic %2F","durable":true}' },
        {
          id: 1,
          section: 'exchanges',
          vhost: shop,
          json: '{"name":"direct/one","type":"topic","durable":true}',
        },
        { id: 2, section: 'queues', vhost: shop, json: '{"name":".","durable":true}' },
        {
          id: 3,
          section: 'policies',
          vhost: shop,
          json: '{"name":"bad","pattern":"x","definition":{"no-such-key":1}}',
        },
        {
          id: 4,
          section: 'permissions',
          vhost: shop,
          json: '{"user":"nobody","configure":"","write":"","read":""}',
        },
        {
          id: 5,
          section: 'permissions',
          vhost: shop,
          json: '{"user":"guest","configure":"[","write":"","read":""}',
        },
        { id: 6, section: 'exchanges', vhost: shop, json: '{"name":"odd","type":"odd"}' },
        { id: 7, section: 'queues', vhost: shop, json: '{"name":"odd","durable":"yes"}' },
        { id: 8, section: 'users', vhost: '', json: '{"name":"odd"}' },
        { id: 9, section: 'parameters', vhost: shop, json: '{"component":"nope","name":"n","value":{}}' },
      ];
      const { outcomes } = await admin.client.request('createDefinitions', {
        items: changed,
        stopAtRefusal: false,
      });
      assert.deepEqual(counts(outcomes), { refused: changed.length }, texts(outcomes).join('\n'));
      for (const text of texts(outcomes)) assert.doesNotMatch(text, /<<|&lt;|\{|\[\d|EXIT|undefined/, text);
      assert.match(
        texts(outcomes).join('\n'),
        /0: .*(?:inequivalent arg 'x-max-length'|with other `arguments`)[\s\S]*1: .*(?:inequivalent arg 'type'|with other `type`)/,
      );
      assert.match(
        texts(outcomes).join('\n'),
        /2: The management API cannot be asked about something named `\.`/,
      );
      const own = await session(node, 'only management', 'secret');
      const policy = items
        .filter(({ section }) => section === 'policies' || section === 'users')
        .map((item) => item);
      const tried = await own.client.request('createDefinitions', { items: policy, stopAtRefusal: false });
      assert.deepEqual(counts(tried.outcomes), { refused: policy.length });
      assert.equal((await exported(admin, undefined, true)).text, full.text);
    });

    it('gives back what a policy was before it was written over', async () => {
      const item = (definition: string): DefinitionsItem[] => [
        {
          id: 7,
          section: 'policies',
          vhost: shop,
          json: `{"name":"p/1","pattern":"^b","definition":${definition}}`,
        },
      ];
      const { outcomes } = await admin.client.request('createDefinitions', {
        items: item('{"max-length":11}'),
        stopAtRefusal: false,
      });
      const [outcome] = outcomes;
      assert.ok(outcome?.kind === 'updated' && outcome.before !== undefined);
      const undo = writeUndoFile({
        connection: 'lab',
        broker: 'localhost',
        time: '',
        created: [],
        replaced: [{ section: 'policies', vhost: shop, json: outcome.before }],
      });
      const { record } = readUndoFile(undo);
      assert.ok(record);
      const back = await admin.client.request('createDefinitions', {
        items: undoItems(record).restore,
        stopAtRefusal: true,
      });
      assert.deepEqual(counts(back.outcomes), { updated: 1 });
      assert.equal((await exported(admin, undefined, true)).text, full.text);
    });

    it('removes no queue of any type while it holds a message that came just now', async () => {
      const queues = ['classic %2F', 'quorum.ä€😀', 'stream'];
      for (const queue of queues) {
        const draft = { exchange: '', routingKey: queue, properties: {}, body: utf8Bytes('1') };
        assert.equal((await admin.client.request('publish', { vhost: shop, draft })).kind, 'routed');
      }
      const asked = queues.map(
        (name, id) => ({ id, section: 'queues', vhost: shop, json: JSON.stringify({ name }) }) as const,
      );
      const { outcomes } = await admin.client.request('removeDefinitions', {
        items: asked,
        stopAtRefusal: false,
      });
      assert.deepEqual(counts(outcomes), { refused: 3 });
      for (const text of texts(outcomes)) assert.match(text, /it has (?:1 message|messages)\.$/);
      const vhost = await admin.client.request('removeDefinitions', {
        items: [{ id: 0, section: 'vhosts', vhost: '', json: JSON.stringify({ name: shop }) }],
        stopAtRefusal: false,
      });
      assert.match(
        texts(vhost.outcomes).join(),
        /it holds 6 queues, 4 exchanges, 1 policy, which would go with it/,
      );
      for (const queue of queues.slice(0, 2))
        await node.api(
          'DELETE',
          `/api/queues/${encodeURIComponent(shop)}/${encodeURIComponent(queue)}/contents`,
        );
      await node.api('DELETE', `/api/queues/${encodeURIComponent(shop)}/stream`);
    });

    it('takes everything back that it made', async () => {
      const undo = writeUndoFile({
        connection: 'lab',
        broker: 'localhost',
        time: new Date(0).toISOString(),
        created: made.flatMap(({ id, kind }) => {
          const item = items[id];
          return kind === 'created' && item ? [item] : [];
        }),
        replaced: [],
      });
      const { record, problems } = readUndoFile(undo);
      assert.ok(record);
      assert.deepEqual(problems, []);
      const { remove } = undoItems(record);
      const removed = await admin.client.request('removeDefinitions', {
        items: remove,
        stopAtRefusal: false,
      });
      // The stream is gone already, and the exchange `inner` went with nothing: it had no binding.
      assert.deepEqual(texts(removed.outcomes), []);
      assert.deepEqual(counts(removed.outcomes), { removed: items.length - 1, absent: 1 });
      assert.equal((await exported(admin)).text, untouched.text);
      const again = await admin.client.request('removeDefinitions', { items: remove, stopAtRefusal: false });
      assert.deepEqual(counts(again.outcomes), { absent: items.length });
    });

    it('does not remove the user who is logged in', async () => {
      const guest = [{ id: 0, section: 'users', vhost: '', json: '{"name":"guest"}' }] as const;
      const { outcomes } = await admin.client.request('removeDefinitions', {
        items: guest,
        stopAtRefusal: false,
      });
      assert.match(texts(outcomes).join(), /logged in as user `guest`/);
    });
  });
}

/** As a person would upload the file: the text itself. */
async function importText(node: RabbitNode, path: string, body: string): Promise<void> {
  const { status, text } = await node.send('POST', path, body);
  assert.ok(status < 300, text);
}
