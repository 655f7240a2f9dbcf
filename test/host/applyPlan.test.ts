import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import type { Profile } from '../../src/core/broker/profile';
import type { UndoRecord } from '../../src/core/topology/undoFile';
import type { BrokerSession } from '../../src/host/brokers/brokerSession';
import { applyPlan } from '../../src/host/topology/applyPlan';
import type { KeptUndos } from '../../src/host/topology/keptUndos';
import { PlanSelection } from '../../src/host/topology/planSelection';
import type { Planned, PlanView } from '../../src/host/topology/planView';
import type { TopologySides } from '../../src/host/topology/topologySide';
import type { ItemOutcome, TransferParams, TransferResult } from '../../src/protocol/definitionsTransfer';
import type { PlanStep } from '../../src/protocol/topologyService';
import { answerDialogs } from '../support/editorAnswers';
import type { EditorAnswers } from '../support/editorAnswers';
import { rabbitProfile } from '../support/hostProfiles';
import { plainWords } from '../support/plainWords';

function step(id: number): PlanStep {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const name = `q${String(id)}`;
  const about = { section: 'queues', vhost: '/', label: name, action: 'create', reached: 'no' } as const;
  return { ...about, id, why: [], json: `{"name":"${name}"}`, range, after: '', differs: [], needs: [] };
}

/** An apply of three queues to a broker that answers as told; `answered` for every item when it says nothing. */
function stage(more: Partial<Profile>, answer?: (params: TransferParams) => TransferResult) {
  const sent: TransferParams[] = [];
  const kept: UndoRecord[] = [];
  const reports: { outcomes: readonly ItemOutcome[]; text: string }[] = [];
  const steps = [step(0), step(1), step(2)];
  const selection = new PlanSelection(steps);
  selection.tickAll();
  const planned: Planned = {
    file: { kind: 'file', uri: 'file:///shop.definitions.json' },
    broker: { kind: 'broker', profileId: 'p' },
    plan: { steps, problems: [] },
    selection,
  };
  const client = {
    on: () => () => ({ dispose: () => undefined }),
    request: (_name: string, params: TransferParams) => {
      sent.push(params);
      const all = (): TransferResult => ({
        outcomes: params.items.map(({ id }) => ({ id, kind: 'created' })),
      });
      return Promise.resolve((answer ?? all)(params));
    },
  };
  const session = { profile: rabbitProfile('shop', more), client } as unknown as BrokerSession;
  const run = (): Promise<void> =>
    applyPlan({
      view: {
        planned,
        report: (_: unknown, __: unknown, outcomes: readonly ItemOutcome[], text: string) => {
          reports.push({ outcomes, text });
          return Promise.resolve();
        },
      } as unknown as PlanView,
      sides: {
        session: () => Promise.resolve(session),
        name: ({ kind }: { kind: string }) => (kind === 'file' ? 'shop.definitions.json' : 'shop'),
      } as unknown as TopologySides,
      undos: {
        keep: (undo: UndoRecord) => {
          kept.push(undo);
          return Promise.resolve(undefined);
        },
      } as unknown as KeptUndos,
      words: plainWords,
    });
  return { run, sent, kept, reports };
}

describe('Apply Selected', () => {
  let answers: EditorAnswers | undefined;
  const say = (typed?: string): void => {
    answers = answerDialogs({
      showWarningMessage: (_text: string, options: vscode.MessageOptions | undefined, verb: string) =>
        options?.modal === true ? verb : undefined,
      showInformationMessage: () => undefined,
      showInputBox: () => typed,
    });
  };
  afterEach(() => answers?.restore());

  it('makes what is ticked and keeps what undoes it', async () => {
    const { run, sent, kept, reports } = stage({});
    say();
    await run();
    assert.deepEqual(
      sent[0]?.items.map(({ id, section, vhost }) => [id, section, vhost]),
      [0, 1, 2].map((id) => [id, 'queues', '/']),
    );
    assert.deepEqual(
      sent.map(({ stopAtRefusal }) => stopAtRefusal),
      [true],
    );
    assert.equal(kept[0]?.created.length, 3);
    assert.equal(reports[0]?.text, 'Done: 3 created.');
  });

  it('refuses a read-only connection in words, before it asks anything', async () => {
    const { run, sent } = stage({ readOnly: true });
    say();
    await assert.rejects(run(), /"shop" is read-only: nothing can be changed on it/);
    assert.deepEqual(answers?.shown, []);
    assert.deepEqual(sent, []);
  });

  it('wants the name of a production connection typed', async () => {
    const wrong = stage({ environment: 'production' });
    say('shopp');
    await wrong.run();
    assert.deepEqual(wrong.sent, []);
    answers?.restore();
    const right = stage({ environment: 'production' });
    say('shop');
    await right.run();
    assert.equal(right.sent.length, 1);
  });

  it('says after a refusal what was made and what was not, and keeps what was made for the undo', async () => {
    const outcomes: ItemOutcome[] = [
      { id: 0, kind: 'created' },
      { id: 1, kind: 'refused', text: 'Access was refused.' },
    ];
    const { run, kept, reports } = stage({}, () => ({ outcomes }));
    say();
    await run();
    assert.equal(
      reports[0]?.text,
      '"q1" was not done: Access was refused. Done: 1 created. 1 object was not tried.',
    );
    assert.deepEqual(
      kept[0]?.created.map(({ json }) => json),
      ['{"name":"q0"}'],
    );
  });
});
