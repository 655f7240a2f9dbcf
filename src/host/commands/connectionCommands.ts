import * as vscode from 'vscode';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import { isOpen } from '../brokers/sessionState';
import type { ConnectionEditor } from '../profiles/connectionEditor';
import type { ProfileStore } from '../profiles/profileStore';
import type { StoredProfile } from '../profiles/profileMerge';
import type { BrokersView } from '../tree/brokersView';
import type { CommandHandlers, Target } from './commandTable';
import type { Pickers } from './pickers';

type ConnectionCommandId =
  | 'amqp.addConnection'
  | 'amqp.tryDemoBroker'
  | 'amqp.connect'
  | 'amqp.disconnect'
  | 'amqp.enterPassword'
  | 'amqp.editConnection'
  | 'amqp.removeConnection';

export interface ConnectionCommandDeps {
  readonly profiles: ProfileStore;
  readonly sessions: BrokerSessions;
  readonly login: Login;
  readonly editor: ConnectionEditor;
  readonly view: BrokersView;
  readonly pickers: Pickers;
}

/** What can be done with a connection as a whole. */
export function connectionCommands(deps: ConnectionCommandDeps): Pick<CommandHandlers, ConnectionCommandId> {
  const { profiles, sessions, login, editor, view, pickers } = deps;
  const stateOf = ({ profile }: StoredProfile): boolean => isOpen(sessions.of(profile).state);

  /** The connection that a row belongs to, or the one the user picks of those that fit. */
  async function which(
    target: Target,
    fits: (stored: StoredProfile) => boolean,
    none: string,
  ): Promise<string | undefined> {
    if (target === undefined) return pickers.connection(fits, none);
    return typeof target === 'string' ? target : target.profileId;
  }

  async function connectAndShow(profileId: string): Promise<void> {
    if (await login.connect(profileId)) await view.revealConnection(profileId);
  }

  return {
    'amqp.addConnection': async () => {
      const profile = await editor.add();
      if (profile !== undefined) await connectAndShow(profile.id);
    },
    'amqp.tryDemoBroker': async () => {
      const profile = await profiles.showDemo();
      await vscode.commands.executeCommand('amqp.brokers.focus');
      await connectAndShow(profile.id);
    },
    'amqp.connect': async (target) => {
      const none = vscode.l10n.t('There is no connection that is not connected already.');
      const id = await which(target, (stored) => !stateOf(stored), none);
      if (id !== undefined) await connectAndShow(id);
    },
    'amqp.disconnect': async (target) => {
      const id = await which(target, stateOf, vscode.l10n.t('No connection is open.'));
      if (id !== undefined) await sessions.byId(id).close();
    },
    'amqp.enterPassword': async (target) => {
      const none = vscode.l10n.t('There is no connection that takes a password.');
      const id = await which(target, ({ profile }) => profile.kind !== 'memory', none);
      if (id !== undefined && (await login.enterPassword(id))) await view.revealConnection(id);
    },
    'amqp.editConnection': async (target) => {
      const none = vscode.l10n.t('There is no connection in the user settings.');
      const id = await which(target, ({ origin }) => origin === 'user', none);
      if (id === undefined) return;
      const wasOpen = isOpen(sessions.byId(id).state);
      const edited = await editor.edit(id);
      // Its connection was made for the profile as it was.
      if (edited !== undefined && wasOpen) await connectAndShow(id);
    },
    'amqp.removeConnection': async (target) => {
      const none = vscode.l10n.t('There is no connection that can be removed here.');
      const id = await which(target, ({ origin }) => origin !== 'workspace', none);
      if (id !== undefined) await editor.remove(id);
    },
  };
}
