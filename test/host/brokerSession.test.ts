import assert from 'node:assert/strict';
import { writeFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { Failure } from '../../src/core/base/failure';
import { silentLog } from '../../src/core/base/log';
import type { StartBroker } from '../../src/host/brokers/brokerLink';
import { BrokerSession } from '../../src/host/brokers/brokerSession';
import { TracingMemory } from '../../src/host/brokers/tracingMemory';
import { brokerWorkers } from '../../src/host/brokers/brokerWorker';
import { ConnectionEditor } from '../../src/host/profiles/connectionEditor';
import { Passwords } from '../../src/host/profiles/passwords';
import { FakeMemento } from '../support/fakeMemento';
import { FakeSecrets, profileStoreOver, rabbitProfile } from '../support/hostProfiles';
import { connectedState, ScriptedBroker } from '../support/scriptedBroker';
import { eventually } from '../support/eventually';

const network = { noProxy: [], strictSsl: true, systemCertificates: true };

function session(start: StartBroker, memory = new FakeMemento()): BrokerSession {
  return new BrokerSession(rabbitProfile('p'), start, () => network, new TracingMemory(memory), silentLog);
}

describe('a broker session', () => {
  it('follows the state of its worker and ends it in order', async () => {
    const broker = new ScriptedBroker({ open: () => connectedState });
    const opened = session(broker.start);
    await opened.open('secret');
    assert.equal(opened.state.status, 'connected');
    broker.server?.emit('connection', { status: 'reconnecting', text: 'gone', attempt: 1 });
    await eventually(() => assert.equal(opened.state.status, 'reconnecting'));
    await opened.close();
    assert.equal(opened.state.status, 'closed');
    assert.equal(broker.askedFor('close').length, 1);
    assert.throws(() => opened.client, /not connected/);
  });

  it('says in words why it could not log in', async () => {
    const refuse = (reason: 'auth' | 'refused') =>
      new ScriptedBroker({
        open: () => {
          throw new Failure(reason, 'The broker said no.', { advice: 'Try another way.' });
        },
      });
    assert.deepEqual(await session(refuse('auth').start).open('x'), {
      status: 'passwordNeeded',
      text: 'The broker said no.',
      advice: 'Try another way.',
    });
    assert.equal((await session(refuse('refused').start).open('x')).status, 'failed');
  });

  it('survives a worker that dies', async () => {
    const script = path.join(os.tmpdir(), `amqp-workbench-dying-${String(process.pid)}.js`);
    writeFileSync(script, 'setTimeout(() => { throw new Error("boom"); }, 50);');
    try {
      const state = await session(brokerWorkers(script)).open('x');
      assert.equal(state.status, 'failed');
      assert.match(state.text, /ended unexpectedly/);
    } finally {
      rmSync(script);
    }
  });

  it('forgets the password with the profile, unless another profile uses it', async () => {
    const one = rabbitProfile('one', { user: 'alice' });
    const { store } = profileStoreOver({ user: [one, rabbitProfile('two', { user: 'alice' })] });
    const secrets = new FakeSecrets();
    const passwords = new Passwords(secrets);
    const editor = new ConnectionEditor(store, passwords);
    await passwords.store(one, 's3cret');
    await editor.discard(one);
    assert.equal(secrets.kept.size, 1);
    await editor.discard(rabbitProfile('two', { user: 'alice' }));
    assert.equal(secrets.kept.size, 0);
    assert.deepEqual(store.all(), []);
  });
});
