import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { FieldEntry, FieldTable } from '../../core/base/fieldValue';
import { longstr } from '../../core/base/fieldValue';
import { readHeaderMatch } from '../../core/message/headerMatch';
import { writeField } from '../../core/message/fieldNotation';
import { mirrorSafety } from '../../core/topology/exchangeTypes';
import type { ViewSource } from '../../protocol/view';
import type { BrokerSession } from '../brokers/brokerSession';

/** What of an exchange to tail: by its type a key, headers, or everything. Nothing when the user changes their mind. */
export async function askBinding(
  session: BrokerSession,
  vhost: string,
  exchange: string,
): Promise<ViewSource | undefined> {
  const type = await typeOf(session, vhost, exchange);
  const source = { kind: 'binding', vhost, exchange } as const;
  if (exchange === '') {
    throw new Failure('unsupported', vscode.l10n.t('The default exchange cannot be mirrored.'), {
      advice: vscode.l10n.t('Tail the queue itself, or use Live Tail From... for the firehose.'),
    });
  }
  if (type !== undefined && mirrorSafety(type) === 'shares') {
    throw new Failure(
      'unsupported',
      vscode.l10n.t(
        '"{0}" ({1}) gives each message to only one of its bindings: a tail would take messages from others.',
        exchange,
        type,
      ),
    );
  }
  if (type === 'fanout') return { ...source, routingKey: '' };
  if (type === 'headers') {
    const match = await askHeaders(exchange);
    return match && { ...source, routingKey: '', arguments: match };
  }
  const routingKey = await askKey(exchange, type);
  return routingKey === undefined ? undefined : { ...source, routingKey };
}

/** Unknown where the management API cannot tell. */
async function typeOf(session: BrokerSession, vhost: string, exchange: string): Promise<string | undefined> {
  const { state } = session;
  if (state.status !== 'connected' || !state.management.available) return undefined;
  const exchanges = await session.client.request('exchanges', { vhost });
  return exchanges.find(({ name }) => name === exchange)?.type;
}

function askKey(exchange: string, type: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Live Tail of {0}', exchange),
    prompt:
      type === 'topic'
        ? vscode.l10n.t('Binding key. * is one word, # any number of words.')
        : vscode.l10n.t('Binding key, exactly as messages are published.'),
    ...(type === 'topic' ? { value: '#' } : {}),
    ignoreFocusOut: true,
    validateInput: (input) =>
      Buffer.byteLength(input) > 255 ? vscode.l10n.t('AMQP keys have at most 255 bytes.') : undefined,
  });
}

async function askHeaders(exchange: string): Promise<FieldTable | undefined> {
  const modes = [
    { label: vscode.l10n.t('All of the Headers'), mode: 'all' },
    { label: vscode.l10n.t('Any of the Headers'), mode: 'any' },
  ];
  const title = vscode.l10n.t('Live Tail of {0}', exchange);
  const chosen = await vscode.window.showQuickPick(modes, {
    title,
    placeHolder: vscode.l10n.t('What must a message match?'),
  });
  if (chosen === undefined) return undefined;
  const headers: FieldEntry[] = [];
  for (;;) {
    const typed = await askHeader(title, headers);
    if (typed === undefined) return undefined;
    if (typed === '') return [{ name: 'x-match', value: longstr(chosen.mode) }, ...headers];
    const read = readHeaderMatch(typed);
    if (!('problem' in read)) headers.push(read);
  }
}

/** One `name = value`; empty when there are no more. */
async function askHeader(title: string, headers: readonly FieldEntry[]): Promise<string | undefined> {
  const so = headers.map(({ name, value }) => `${name} = ${writeField(value)}`).join(', ');
  const typed = await vscode.window.showInputBox({
    title,
    prompt:
      headers.length === 0
        ? vscode.l10n.t(
            'A header as name = value: format = pdf, pages = 12, draft = true. A name alone asks that it is there.',
          )
        : vscode.l10n.t('So far: {0}. Another header, or Enter to begin.', so),
    ignoreFocusOut: true,
    validateInput: (input) => {
      if (input.trim() === '')
        return headers.length === 0 ? vscode.l10n.t('Enter at least one header.') : undefined;
      const read = readHeaderMatch(input);
      return 'problem' in read ? read.problem : undefined;
    },
  });
  return typed?.trim();
}
