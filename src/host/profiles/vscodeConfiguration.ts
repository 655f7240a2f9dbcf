import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import { Emitter } from '../../core/base/emitter';
import type { ConfigurationPort } from './configurationPort';
import type { ConfiguredValues } from './profileMerge';

/** The editor's own settings behind the port. */
export class VscodeConfiguration implements ConfigurationPort, Disposable {
  private readonly changes = new Emitter<void>();
  private readonly subscriptions = new DisposableStore();
  readonly onDidChange = this.changes.event;

  constructor() {
    this.subscriptions.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('amqp.connections')) this.changes.fire();
      }),
    );
    this.subscriptions.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.changes.fire();
      }),
    );
  }

  read(): ConfiguredValues {
    const found = vscode.workspace.getConfiguration('amqp').inspect<unknown>('connections');
    return {
      user: found?.globalValue,
      workspace: found?.workspaceValue,
      folder: found?.workspaceFolderValue,
    };
  }

  trusted(): boolean {
    return vscode.workspace.isTrusted;
  }

  async writeUser(value: readonly unknown[]): Promise<void> {
    await vscode.workspace
      .getConfiguration('amqp')
      .update('connections', value, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changes.dispose();
  }
}
