import * as vscode from 'vscode';
import { DisposableStore } from '../core/base/disposable';
import type { Disposable } from '../core/base/disposable';
import type { BrokerSession } from './brokers/brokerSession';
import type { BrokerSessions } from './brokers/brokerSessions';
import { isOpen } from './brokers/sessionState';
import { withoutIcons } from './messages';

/** The status bar names the connection that was opened last, and warns by colour where a mistake is dear. */
export class ConnectionStatus implements Disposable {
  private readonly subscriptions = new DisposableStore();
  private item: vscode.StatusBarItem | undefined;
  private last: string | undefined;

  constructor(private readonly sessions: BrokerSessions) {
    this.subscriptions.add(sessions.onDidChange((session) => this.follow(session)));
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.item?.dispose();
  }

  private follow(changed: BrokerSession): void {
    if (isOpen(changed.state)) this.last = changed.profile.id;
    const open = this.sessions.connected();
    const shown = open.find(({ profile }) => profile.id === this.last) ?? open.at(-1);
    if (shown === undefined) {
      this.item?.hide();
      return;
    }
    this.item ??= this.create();
    this.draw(this.item, shown, open.length);
    this.item.show();
  }

  private draw(item: vscode.StatusBarItem, { profile, state }: BrokerSession, open: number): void {
    const lost = state.status === 'reconnecting';
    const more = open > 1 ? ` +${String(open - 1)}` : '';
    item.text = `$(${lost ? 'sync~spin' : 'server-environment'}) ${withoutIcons(profile.name)}${more}`;
    item.tooltip = lost
      ? vscode.l10n.t('{0}: connection lost, trying again', profile.name)
      : vscode.l10n.t('AMQP connection {0}. Click to show the brokers.', profile.name);
    item.accessibilityInformation = { label: item.tooltip };
    item.backgroundColor =
      profile.environment === 'production'
        ? new vscode.ThemeColor('statusBarItem.errorBackground')
        : profile.environment === 'staging'
          ? new vscode.ThemeColor('statusBarItem.warningBackground')
          : undefined;
  }

  private create(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('amqp.connection', vscode.StatusBarAlignment.Left);
    item.name = vscode.l10n.t('AMQP Connection');
    item.command = 'amqp.brokers.focus';
    return item;
  }
}
