import * as vscode from 'vscode';
import type { ViewSource } from '../../protocol/view';

/** What is watched, in a few words for a title. */
export function sourceText(source: ViewSource): string {
  switch (source.kind) {
    case 'queue':
    case 'stream':
      return source.queue;
    case 'consume':
      return vscode.l10n.t('{0}, consumed', source.queue);
    case 'firehose':
      return vscode.l10n.t('{0}, traced', source.queue ?? source.exchange ?? source.vhost);
    case 'binding': {
      const binding =
        source.routingKey === ''
          ? vscode.l10n.t('{0}, empty key', source.exchange)
          : vscode.l10n.t('{0}, key {1}', source.exchange, source.routingKey);
      return source.queue === undefined ? binding : vscode.l10n.t('{0}, by {1}', source.queue, binding);
    }
  }
}
