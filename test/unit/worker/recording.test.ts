import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { utf8Bytes, utf8TextLossy } from '../../../src/core/base/bytes';
import { systemClock } from '../../../src/core/broker/systemClock';
import { csvHeader } from '../../../src/core/message/csvLine';
import { readRecordLine } from '../../../src/core/message/readRecordLine';
import type { RecordLine } from '../../../src/core/message/readRecordLine';
import { MessageView } from '../../../src/core/tail/view';
import { exportView } from '../../../src/worker/exporting';
import { Recording } from '../../../src/worker/recording';
import { temporaryFolder } from '../../lab/temporaryFolder';
import { delivery } from '../../support/deliveries';
import { eventually } from '../../support/eventually';
import { memoryWorker } from '../../support/memoryWorker';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function folder(): string {
  const made = temporaryFolder('recording');
  ends.push(() => made.remove());
  return made.path;
}

async function linesOf(file: string): Promise<RecordLine[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  assert.equal(lines.pop(), '', 'the last line is complete');
  return lines.map(readRecordLine);
}

function bodiesOf(lines: readonly RecordLine[]): string[] {
  return lines.flatMap((line) => (line.kind === 'message' ? [utf8TextLossy(line.message.body)] : []));
}

function add(view: MessageView, from: number, to: number): void {
  for (let number = from; number < to; number++) view.message(delivery(utf8Bytes(String(number))));
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => String(from + index));
}

const never = new AbortController().signal;

describe('an export', () => {
  it('writes what the view holds, as JSON Lines and as CSV, and leaves nothing else behind', async () => {
    const { worker, end } = await memoryWorker();
    ends.push(end);
    const where = folder();
    const { viewId } = await worker.tail({ kind: 'queue', vhost: '/', queue: 'orders' });
    for (const body of numbers(0, 5))
      await worker.client.request('publish', {
        vhost: '/',
        draft: { exchange: 'shop', routingKey: 'k', properties: { priority: 3 }, body: utf8Bytes(body) },
      });
    await worker.viewWhere(viewId, ({ received }) => received === 5);
    const all = { viewId, matchingOnly: false };
    const jsonl = path.join(where, 'orders.jsonl');
    const result = await worker.client.request('exportView', { ...all, path: jsonl, format: 'jsonl' });
    const lines = await linesOf(jsonl);
    assert.deepEqual(bodiesOf(lines), numbers(0, 5));
    assert.ok(lines[0]?.kind === 'message' && lines[0].message.properties.priority === 3);
    assert.deepEqual(result, { messages: 5, bytes: (await readFile(jsonl)).length, missing: 0 });
    const csv = path.join(where, 'orders.csv');
    await worker.client.request('exportView', { ...all, path: csv, format: 'csv' });
    const records = (await readFile(csv, 'utf8')).split('\r\n');
    assert.deepEqual([records[0], records.length, records.at(-1)], [csvHeader, 7, '']);
    assert.deepEqual((await readdir(where)).sort(), ['orders.csv', 'orders.jsonl']);
  });

  it('goes on while messages arrive and the oldest go, and counts those that went before their turn', async () => {
    const file = path.join(folder(), 'busy.jsonl');
    const view = new MessageView(systemClock, { rows: 2_000, bytes: 64 * 1024 * 1024 });
    const large = 'x'.repeat(20_000);
    for (let number = 0; number < 2_000; number++)
      view.message(delivery(utf8Bytes(`${String(number)} ${large}`)));
    let next = 2_000;
    const arriving = setInterval(() => {
      for (let count = 0; count < 300; count++) view.message(delivery(utf8Bytes(String(next++))));
    }, 1);
    const params = { viewId: 'v', path: file, format: 'jsonl', matchingOnly: false } as const;
    const { messages, missing } = await exportView(view, params, systemClock, never);
    clearInterval(arriving);
    const written = bodiesOf(await linesOf(file)).map((body) => Number.parseInt(body));
    assert.equal(written.length, messages);
    assert.equal(messages + missing, 2_000, 'all that was kept at the beginning, and nothing later');
    assert.deepEqual(
      written,
      [...written].sort((a, b) => a - b),
    );
    view.dispose();
  });

  it('writes only what the filter of its beginning shows, however much that leaves out', async () => {
    const file = path.join(folder(), 'matching.jsonl');
    // Every look at the clock takes so long that one write has time for a few rows only.
    let now = 0;
    const clock = { ...systemClock, monotonic: () => (now += 5), now: () => now };
    const view = new MessageView(systemClock);
    add(view, 0, 300);
    view.setFilter('body=299 OR body=5');
    const params = { viewId: 'v', path: file, format: 'jsonl', matchingOnly: true } as const;
    const exported = exportView(view, params, clock, never);
    view.setFilter('body=7');
    assert.equal((await exported).messages, 2);
    assert.deepEqual(bodiesOf(await linesOf(file)), ['5', '299']);
    view.dispose();
  });

  it('exports a paused picture as it stands', async () => {
    const file = path.join(folder(), 'paused.jsonl');
    const view = new MessageView(systemClock);
    add(view, 0, 3);
    view.pause();
    add(view, 3, 9);
    const params = { viewId: 'v', path: file, format: 'jsonl', matchingOnly: false } as const;
    assert.equal((await exportView(view, params, systemClock, never)).messages, 3);
    assert.deepEqual(bodiesOf(await linesOf(file)), numbers(0, 3));
    view.dispose();
  });

  it('that is cancelled leaves no file, and the one that stood there as it was', async () => {
    const where = folder();
    const file = path.join(where, 'kept.jsonl');
    await writeFile(file, 'precious');
    const view = new MessageView(systemClock);
    add(view, 0, 100);
    const params = { viewId: 'v', path: file, format: 'jsonl', matchingOnly: false } as const;
    await assert.rejects(exportView(view, params, systemClock, AbortSignal.abort()), { reason: 'cancelled' });
    assert.deepEqual(await readdir(where), ['kept.jsonl']);
    assert.equal(await readFile(file, 'utf8'), 'precious');
    view.dispose();
  });

  it('says in words where it cannot write', async () => {
    const file = path.join(folder(), 'nowhere', 'orders.jsonl');
    const params = { viewId: 'v', path: file, format: 'jsonl', matchingOnly: false } as const;
    const view = new MessageView(systemClock);
    await assert.rejects(exportView(view, params, systemClock, never), {
      message: `Could not write ${file}: there is no such file or folder.`,
    });
    view.dispose();
  });
});

describe('a recording', () => {
  it('holds what arrives after its start, and is complete when the view is closed', async () => {
    const { worker, end } = await memoryWorker();
    ends.push(end);
    const file = path.join(folder(), 'tail.jsonl');
    const { viewId } = await worker.tail({ kind: 'queue', vhost: '/', queue: 'orders' });
    const publish = (body: string): Promise<unknown> =>
      worker.client.request('publish', {
        vhost: '/',
        draft: { exchange: 'shop', routingKey: 'k', properties: {}, body: utf8Bytes(body) },
      });
    await publish('before');
    await worker.viewWhere(viewId, ({ received }) => received === 1);
    const state = await worker.client.request('startRecording', { viewId, path: file });
    assert.deepEqual(state.recording, { path: file, messages: 0, bytes: 0, leftOut: 0 });
    await assert.rejects(worker.client.request('startRecording', { viewId, path: file }), /recorded already/);
    for (const body of numbers(0, 20)) await publish(body);
    await worker.viewWhere(viewId, ({ received }) => received === 21);
    await worker.client.request('closeView', { viewId });
    assert.deepEqual(bodiesOf(await linesOf(file)), numbers(0, 20));
  });

  it('says what is in the file when it is stopped, and the view goes on without', async () => {
    const { worker, end } = await memoryWorker();
    ends.push(end);
    const file = path.join(folder(), 'tail.jsonl');
    const { viewId } = await worker.tail({ kind: 'queue', vhost: '/', queue: 'orders' });
    await worker.client.request('startRecording', { viewId, path: file });
    const draft = { exchange: 'shop', routingKey: '', properties: {}, body: utf8Bytes('a') };
    await worker.client.request('publish', { vhost: '/', draft });
    await worker.viewWhere(viewId, ({ received }) => received === 1);
    const done = await worker.client.request('stopRecording', { viewId });
    assert.deepEqual(done, { path: file, messages: 1, bytes: (await readFile(file)).length, leftOut: 0 });
    assert.equal((await worker.client.request('view', { viewId })).recording, undefined);
    await assert.rejects(worker.client.request('stopRecording', { viewId }), /not being recorded/);
    await assert.rejects(
      worker.client.request('startRecording', { viewId, path: path.dirname(file) }),
      /it is a folder/,
    );
  });

  it('ends with its view even where that closes before the file is open', async () => {
    const { worker, end } = await memoryWorker();
    ends.push(end);
    const file = path.join(folder(), 'short.jsonl');
    const { viewId } = await worker.tail({ kind: 'queue', vhost: '/', queue: 'orders' });
    const starting = worker.client.request('startRecording', { viewId, path: file }).catch(() => undefined);
    const twice = worker.client.request('startRecording', { viewId, path: `${file}2` });
    const closing = worker.client.request('closeView', { viewId });
    await assert.rejects(twice, /recorded already/);
    await Promise.all([starting, closing]);
    const other = await worker.tail({ kind: 'queue', vhost: '/', queue: 'orders' });
    // Were it still open, the same file would be refused.
    await worker.client.request('startRecording', { viewId: other.viewId, path: file });
    assert.equal((await readFile(file)).length, 0);
  });

  it('says in the file and in its state how many messages came faster than they could be written', async () => {
    const file = path.join(folder(), 'slow.jsonl');
    const view = new MessageView(systemClock, { rows: 10, bytes: 1_000_000 });
    const recording = await Recording.start(file, view, systemClock);
    add(view, 0, 35);
    view.note('warning', 'Connection lost.');
    const state = await recording.stop();
    assert.deepEqual([state.messages, state.leftOut], [9, 26]);
    assert.match(state.problem ?? '', /^26 messages are missing: they came faster than/);
    const lines = await linesOf(file);
    assert.deepEqual(bodiesOf(lines), numbers(26, 35));
    assert.deepEqual(
      lines.map((line) => (line.kind === 'note' ? line.note.text.slice(0, 16) : line.kind)),
      ['26 messages are ', ...numbers(0, 9).map(() => 'message'), 'Connection lost.'],
    );
    view.dispose();
  });

  it('keeps what arrived before the picture was cleared', async () => {
    const file = path.join(folder(), 'cleared.jsonl');
    const view = new MessageView(systemClock);
    const recording = await Recording.start(file, view, systemClock);
    add(view, 0, 50);
    view.clear();
    add(view, 50, 60);
    assert.equal((await recording.stop()).leftOut, 0);
    assert.deepEqual(bodiesOf(await linesOf(file)), numbers(0, 60));
    view.dispose();
  });

  it('goes on while the picture is paused', async () => {
    const file = path.join(folder(), 'paused.jsonl');
    const view = new MessageView(systemClock);
    const recording = await Recording.start(file, view, systemClock);
    view.pause();
    add(view, 0, 5);
    await eventually(() => assert.equal(recording.state().messages, 5));
    await recording.stop();
    view.dispose();
  });
});
