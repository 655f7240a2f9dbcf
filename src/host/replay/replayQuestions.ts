import path from 'node:path';
import * as vscode from 'vscode';
import type { Profile } from '../../core/broker/profile';
import type { RecordingFacts, ReplayParams } from '../../protocol/brokerContract';
import type { BrokerSession } from '../brokers/brokerSession';
import type { Pickers } from '../commands/pickers';
import { typedName } from '../typedName';
import { durationWords, exchangesWords, lengthOf, replayDetails, replayQuestion } from './replayWords';

/** The questions before a replay. Each gives `undefined` when the user pressed Escape: then nothing is published. */

const fastest = 100_000;

/** Where to; `asRecorded` inside, because `undefined` is an answer. */
export async function askReplayTarget(
  pickers: Pickers,
  session: BrokerSession,
  vhost: string,
  facts: RecordingFacts,
): Promise<{ readonly target?: NonNullable<ReplayParams['target']> } | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Where Each Message Went'), description: exchangesWords(facts), other: false },
      { label: vscode.l10n.t('Another Exchange or Queue...'), description: '', other: true },
    ],
    { title: vscode.l10n.t('Replay: Target'), ignoreFocusOut: true },
  );
  if (choice === undefined) return undefined;
  if (!choice.other) return {};
  const place = await pickers.placeIn(session, vhost, 'both');
  if (place === undefined) return undefined;
  return place.kind === 'queue'
    ? { target: { exchange: '', routingKey: place.name } }
    : { target: { exchange: place.name } };
}

export async function askReplayTiming(facts: RecordingFacts): Promise<ReplayParams['timing'] | undefined> {
  const original = { kind: 'original' } as const;
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('With the Original Timing'),
        description: durationWords(lengthOf(facts, original)),
        timing: original,
      },
      { label: vscode.l10n.t('At a Rate...'), timing: undefined },
      {
        label: vscode.l10n.t('As Fast as the Broker Takes Them'),
        timing: { kind: 'rate', perSecond: fastest } as const,
      },
    ],
    { title: vscode.l10n.t('Replay: Timing'), ignoreFocusOut: true },
  );
  if (choice === undefined || choice.timing !== undefined) return choice?.timing;
  const rate = await vscode.window.showInputBox({
    title: vscode.l10n.t('Replay: Rate'),
    prompt: vscode.l10n.t('Messages a second'),
    value: '10',
    ignoreFocusOut: true,
    validateInput: (input) =>
      readRate(input) === undefined
        ? vscode.l10n.t('A whole number from 1 to {0}', String(fastest))
        : undefined,
  });
  const perSecond = rate === undefined ? undefined : readRate(rate);
  return perSecond === undefined ? undefined : { kind: 'rate', perSecond };
}

function readRate(input: string): number | undefined {
  const rate = /^\d{1,6}$/.test(input.trim()) ? Number(input) : Number.NaN;
  return rate >= 1 && rate <= fastest ? rate : undefined;
}

/** Says what will happen and waits for a yes; on production the name of the connection must be typed. */
export async function confirmReplay(
  profile: Profile,
  facts: RecordingFacts,
  params: Omit<ReplayParams, 'userIds'>,
): Promise<ReplayParams['userIds'] | undefined> {
  const question = replayQuestion(facts, path.basename(params.path), {
    connection: profile.name,
    vhost: params.vhost,
  });
  const detail = replayDetails(facts, params.target, params.timing);
  const publish = vscode.l10n.t('Publish');
  const without = vscode.l10n.t('Publish without User IDs');
  const asIs = vscode.l10n.t('Publish as They Are');
  const buttons = facts.otherUsers > 0 ? [without, asIs] : [publish];
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons);
  if (answer === undefined) return undefined;
  if (
    profile.environment === 'production' &&
    !(await typedName(profile, vscode.l10n.t('Publish on Production')))
  )
    return undefined;
  return answer === without ? 'drop' : 'keep';
}
