import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Disposable } from '../../src/core/base/disposable';
import { silentLog } from '../../src/core/base/log';
import { BrokerSessions } from '../../src/host/brokers/brokerSessions';
import { TracingMemory } from '../../src/host/brokers/tracingMemory';
import { DecoderSettings } from '../../src/host/decoding/decoderSettings';
import { tellDecoders } from '../../src/host/decoding/tellDecoders';
import { eventually } from '../support/eventually';
import { FakeMemento } from '../support/fakeMemento';
import { profileStoreOver, rabbitProfile } from '../support/hostProfiles';
import { connectedState, ScriptedBroker } from '../support/scriptedBroker';

const rule = { queue: 'orders.*', decoder: 'protobuf', message: 'shop.Order', files: ['proto/**/*.proto'] };
const network = { noProxy: [], strictSsl: true, systemCertificates: true };
const { Global } = vscode.ConfigurationTarget;

function setDecoders(value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('amqp').update('decoders', value, Global);
}

function protoFile(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('the ring opens a folder');
  return vscode.Uri.joinPath(folder, 'proto', 'shop', 'order.proto');
}

async function writeProto(text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(protoFile(), Buffer.from(text));
}

const open: Disposable[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) each.dispose();
  await setDecoders(undefined);
  await vscode.workspace.fs.delete(vscode.Uri.joinPath(protoFile(), '../..'), { recursive: true }).then(
    () => undefined,
    () => undefined,
  );
});

describe('decoders of the settings', () => {
  it('come with the schema files of the workspace that they name, and again when one is saved', async () => {
    await writeProto('message A {}');
    await setDecoders([rule]);
    const settings = new DecoderSettings(silentLog);
    open.push(settings);
    const files = async (): Promise<unknown> => (await settings.setup()).files;
    const name = 'proto/shop/order.proto';
    assert.deepEqual((await settings.setup()).rules, [{ ...rule, files: [name] }]);
    assert.deepEqual(await files(), [{ name, text: 'message A {}' }]);
    const document = await vscode.workspace.openTextDocument(protoFile());
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 1, 0), 'message B {}');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await eventually(async () => assert.deepEqual(await files(), [{ name, text: 'message B {}' }]));
  });

  it('come again when a schema file is changed from outside', async () => {
    // In the folder itself: what happens in a folder that was made a moment ago may be missed by the editor's watcher.
    const file = vscode.Uri.joinPath(protoFile(), '../../../outside.proto');
    const write = (text: string): Thenable<void> => vscode.workspace.fs.writeFile(file, Buffer.from(text));
    await write('message A {}');
    await setDecoders([{ ...rule, files: ['outside.proto'] }]);
    const settings = new DecoderSettings(silentLog);
    open.push(settings, { dispose: () => void vscode.workspace.fs.delete(file) });
    const text = async (): Promise<unknown> => (await settings.setup()).files[0]?.text;
    assert.equal(await text(), 'message A {}');
    // A watcher that has just been made may not look yet: changing again is what a person does, too.
    await eventually(async () => {
      await write('message B {}');
      await eventually(async () => assert.equal(await text(), 'message B {}'), 3_000);
    }, 24_000);
  });

  it('let commands run in trusted workspaces only, with a part of the environment', async () => {
    const settings = new DecoderSettings(silentLog);
    open.push(settings);
    const { commands } = await settings.setup();
    assert.equal(commands !== undefined, vscode.workspace.isTrusted);
    if (commands === undefined) return;
    assert.equal(commands.environment['PATH'], process.env['PATH']);
    assert.equal(commands.environment['AMQP_WORKBENCH_RING'], undefined);
    assert.equal(commands.folder, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
  });

  it('reach a worker when it has connected, and when they change', async () => {
    const broker = new ScriptedBroker({ open: () => connectedState, configureDecoding: () => undefined });
    const sessions = new BrokerSessions(
      profileStoreOver({ user: [rabbitProfile('p')] }).store,
      broker.start,
      () => network,
      new TracingMemory(new FakeMemento()),
      silentLog,
    );
    const settings = new DecoderSettings(silentLog);
    open.push(sessions, settings, tellDecoders(sessions, settings, silentLog));
    const told = (): unknown[] =>
      broker.askedFor('configureDecoding').map((setup) => (setup as { rules: unknown }).rules);
    await sessions.byId('p').open('x');
    await eventually(() => assert.deepEqual(told(), [[]]));
    await setDecoders([{ decoder: 'hex', queue: 'q' }]);
    await eventually(() => assert.deepEqual(told().at(-1), [{ decoder: 'hex', queue: 'q', files: [] }]));
  });
});
