import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { ViewSource } from '../../protocol/view';
import type { BrokerSession } from '../brokers/brokerSession';

/** Whether the user agreed to what a source takes or changes; most take nothing and ask nothing. */
export type Consent = 'notNeeded' | 'given' | 'declined';

export type ConfirmSource = (session: BrokerSession, source: ViewSource) => Promise<Consent>;

/** Asks natively before messages are taken or tracing is switched on: no webview can answer for the user. */
export const confirmSource: ConfirmSource = async (session, source) => {
  if (source.kind !== 'consume' && source.kind !== 'firehose') return 'notNeeded';
  const { kind, ...scope } = source;
  const ways = await session.client.request('waysToWatch', scope);
  const warning = ways.find((way) => way.kind === kind)?.warning;
  if (warning === undefined) {
    throw new Failure('refused', vscode.l10n.t('This connection cannot watch in this way.'), {
      advice: vscode.l10n.t('It may be read-only, or the user may lack the tag "administrator".'),
    });
  }
  if (source.kind === 'firehose') {
    const question = vscode.l10n.t('Switch on tracing for virtual host "{0}"?', source.vhost);
    return ask(question, warning, vscode.l10n.t('Switch On Tracing'));
  }
  const question = vscode.l10n.t('Consume and remove the messages of "{0}"?', source.queue);
  const consent = await ask(question, warning, vscode.l10n.t('Consume and Remove'));
  if (consent === 'declined' || session.profile.environment !== 'production') return consent;
  return typeName(source.queue, session.profile.name);
};

async function ask(question: string, detail: string, verb: string): Promise<Consent> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, verb);
  return answer === verb ? 'given' : 'declined';
}

/** On a production broker a click is not enough (DESIGN 3). */
async function typeName(queue: string, connection: string): Promise<Consent> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Consume and Remove on {0}', connection),
    prompt: vscode.l10n.t('This is a production broker. Type the name of the queue, {0}, to go on.', queue),
    ignoreFocusOut: true,
    validateInput: (input) =>
      input === queue ? undefined : vscode.l10n.t('This is not the name of the queue.'),
  });
  return typed === queue ? 'given' : 'declined';
}
