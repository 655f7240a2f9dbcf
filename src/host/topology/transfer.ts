import * as vscode from 'vscode';
import { Failure, asFailure } from '../../core/base/failure';
import type { Wording } from '../../core/topology/treeModel';
import type {
  DefinitionsItem,
  ItemOutcome,
  TransferParams,
  TransferResult,
} from '../../protocol/definitionsTransfer';
import type { BrokerSession } from '../brokers/brokerSession';
import { withCancel } from '../withCancel';

/** Sends objects to a broker, or has it remove them, with progress. Cancelled, it answers what was done until then. */
export function transfer(
  session: BrokerSession,
  request: 'createDefinitions' | 'removeDefinitions',
  params: TransferParams,
  title: string,
  words: Wording,
): Promise<TransferResult> {
  return withCancel(title, async (signal, report) => {
    const { client } = session;
    let done = 0;
    const listening = client.on('transfer')((progress) => {
      const increment = ((progress.done - done) / Math.max(1, progress.total)) * 100;
      done = progress.done;
      const message = words.t('{0} of {1}', words.number(done), words.number(progress.total));
      report({ message, increment });
    });
    try {
      return await client.request(request, params, signal);
    } catch (thrown) {
      const failure = asFailure(thrown);
      // The worker ended or was ended: what it had done it cannot say any more.
      if (failure.reason === 'closed') return lost(params.items, done, failure, words);
      throw failure;
    } finally {
      listening.dispose();
    }
  });
}

/** Nobody knows more than how far it was: those until there, and one that was under way, may be done. */
function lost(
  items: readonly DefinitionsItem[],
  done: number,
  failure: Failure,
  words: Wording,
): TransferResult {
  const text = words.t('the connection was lost');
  const outcomes = items.slice(0, done + 1).map(({ id }): ItemOutcome => ({ id, kind: 'unknown', text }));
  return { outcomes, ended: failure.message };
}

/** Refuses in words where the profile forbids changes; the worker would refuse too. */
export function demandWritable({ profile }: BrokerSession): void {
  if (profile.readOnly !== true) return;
  throw new Failure(
    'refused',
    vscode.l10n.t('"{0}" is read-only: nothing can be changed on it.', profile.name),
    {
      advice: vscode.l10n.t('To change it anyway, edit the connection.'),
    },
  );
}
