import * as vscode from 'vscode';
import type { Profile } from '../../core/broker/profile';
import { sentence } from '../messages';
import type { Passwords } from '../profiles/passwords';
import type { BrokerSession } from './brokerSession';
import type { BrokerSessions } from './brokerSessions';
import { isOpen } from './sessionState';

/** Connects profiles on the user's behalf: finds or asks for the password and says what went wrong. */
export class Login {
  private readonly running = new Map<string, Promise<boolean>>();

  constructor(
    private readonly sessions: BrokerSessions,
    private readonly passwords: Passwords,
  ) {}

  /** Whether the profile is connected afterwards. A second call joins the attempt that runs. */
  connect(profileId: string): Promise<boolean> {
    const running = this.running.get(profileId);
    if (running !== undefined) return running;
    const attempt = this.attempt(profileId).finally(() => this.running.delete(profileId));
    this.running.set(profileId, attempt);
    return attempt;
  }

  /** Asks for the password, logs in with it, and keeps it unless the broker refused it. */
  async enterPassword(profileId: string): Promise<boolean> {
    const session = this.sessions.byId(profileId);
    const password = await askPassword(session.profile);
    if (password === undefined) return false;
    return this.openWith(session, password, true);
  }

  private async attempt(profileId: string): Promise<boolean> {
    const session = this.sessions.byId(profileId);
    if (isOpen(session.state)) return true;
    const password = await this.passwords.find(session.profile);
    if (password !== undefined) return this.openWith(session, password, false);
    if (session.state.status !== 'passwordNeeded') {
      session.enterPasswordNeeded(vscode.l10n.t('The password is not known on this machine.'));
    }
    return this.enterPassword(profileId);
  }

  private async openWith(session: BrokerSession, password: string, typed: boolean): Promise<boolean> {
    const { profile } = session;
    const state = await vscode.window.withProgress({ location: { viewId: 'amqp.brokers' } }, () =>
      session.open(password),
    );
    if (state.status === 'passwordNeeded') this.passwords.noteRefused(profile);
    else if (typed) await this.passwords.store(profile, password);
    if (state.status === 'passwordNeeded' || state.status === 'failed') {
      void this.tellFailure(profile, state);
    }
    return state.status === 'connected';
  }

  /** Not awaited by anybody: a notification may stay open for hours. */
  private async tellFailure(
    profile: Profile,
    state: { status: 'passwordNeeded' | 'failed'; text: string; advice?: string },
  ): Promise<void> {
    const again =
      state.status === 'failed' ? vscode.l10n.t('Connect Again') : vscode.l10n.t('Enter Password...');
    const edit = vscode.l10n.t('Edit...');
    const choices = profile.kind === 'memory' ? [again] : [again, edit];
    const text = sentence(`${profile.name}: ${state.text}`, state.advice);
    const choice = await vscode.window.showErrorMessage(text, ...choices);
    if (choice === edit) await vscode.commands.executeCommand('amqp.editConnection', profile.id);
    else if (choice !== undefined && state.status === 'failed') await this.connect(profile.id);
    else if (choice !== undefined) await this.enterPassword(profile.id);
  }
}

function askPassword(profile: Profile): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Password for {0}', profile.name),
    prompt: vscode.l10n.t(
      'User {0} on {1}:{2}. Kept in the secret storage of the editor.',
      profile.user,
      profile.host,
      String(profile.port),
    ),
    password: true,
    ignoreFocusOut: true,
  });
}
