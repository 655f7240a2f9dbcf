import * as vscode from 'vscode';
import type { ViewSource } from '../../protocol/view';

/** What is watched, in a few words for a title. */
export function sourceText(source: ViewSource): string {
  switch (source.kind) {
    case 'queue':
      return source.queue;
    case 'stream': {
      const { from } = source.offset;
      const begin = 'value' in source.offset ? source.offset.value : from;
      return from === 'next' ? source.queue : vscode.l10n.t('{0} from {1}', source.queue, begin);
    }
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
