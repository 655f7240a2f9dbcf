import * as vscode from 'vscode';
import type { ViewSource } from '../../protocol/view';

/** What is watched, in a few words for a title. */
export function sourceText(source: ViewSource): string {
  if (source.kind === 'queue') return source.queue;
  const binding =
    source.routingKey === ''
      ? vscode.l10n.t('{0}, empty key', source.exchange)
      : vscode.l10n.t('{0}, key {1}', source.exchange, source.routingKey);
  return source.queue === undefined ? binding : vscode.l10n.t('{0}, by {1}', source.queue, binding);
}
