import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { AmqpAddress } from '../../core/broker/amqpUri';
import { Failure } from '../../core/base/failure';
import { secretKey } from '../../core/broker/profile';
import type { Profile } from '../../core/broker/profile';
import { withoutLinks } from '../messages';
import { askEnvironment, askManagementUrl, askName, askReadOnly, askUri, uriOf } from './connectionDialogs';
import type { Step } from './connectionDialogs';
import type { Passwords } from './passwords';
import type { ProfileStore } from './profileStore';

/** Adds, changes and removes connections by asking the user, one question at a time. */
export class ConnectionEditor {
  constructor(
    private readonly profiles: ProfileStore,
    private readonly passwords: Passwords,
  ) {}

  /** The new profile, or `undefined` when the user gave up; then nothing was saved. */
  async add(): Promise<Profile | undefined> {
    const step = (number: number): Step => ({
      title: vscode.l10n.t('Add Connection'),
      step: `${String(number)}/3`,
    });
    const address = await askUri(step(1), '', true);
    if (address === undefined) return undefined;
    const name = await askName(step(2), suggestedName(address));
    if (name === undefined) return undefined;
    const bare = profileOf({ id: randomUUID(), name: name.trim() }, address);
    const management = await askManagementUrl(step(3), bare);
    if (management === undefined) return undefined;
    const profile = withManagementUrl(bare, management.managementUrl);
    // The password first: a profile that is in the settings without it would ask at once.
    if (address.password !== undefined) await this.passwords.store(profile, address.password);
    await this.profiles.save(profile);
    return profile;
  }

  async edit(profileId: string): Promise<Profile | undefined> {
    const stored = this.profiles.find(profileId);
    if (stored === undefined) return undefined;
    if (stored.origin !== 'user') throw notEditable(stored.origin);
    const before = stored.profile;
    const step = (number: number): Step => ({
      title: vscode.l10n.t('Edit {0}', before.name),
      step: `${String(number)}/5`,
    });
    const name = await askName(step(1), before.name);
    if (name === undefined) return undefined;
    const address = await askUri(step(2), uriOf(before), false);
    if (address === undefined) return undefined;
    const moved = { ...before, ...profileOf({ id: before.id, name: name.trim() }, address) };
    const management = await askManagementUrl(step(3), moved);
    if (management === undefined) return undefined;
    const environment = await askEnvironment(step(4), before.environment);
    if (environment === undefined) return undefined;
    const readOnly = await askReadOnly(step(5), before.readOnly ?? false);
    if (readOnly === undefined) return undefined;

    const { environment: _, readOnly: __, ...rest } = withManagementUrl(moved, management.managementUrl);
    const after: Profile = {
      ...rest,
      ...(environment.environment === undefined ? {} : { environment: environment.environment }),
      ...(readOnly ? { readOnly } : {}),
    };
    const elsewhere = secretKey(after) !== secretKey(before);
    if (elsewhere && !this.profiles.sharesSecret(before)) await this.passwords.forget(before);
    if (address.password !== undefined) await this.passwords.store(after, address.password);
    await this.profiles.save(after);
    return after;
  }

  /** Asks first; with the profile goes its password, unless another profile logs in at the same place. */
  async remove(profileId: string): Promise<void> {
    const stored = this.profiles.find(profileId);
    if (stored === undefined) return;
    const { profile, origin } = stored;
    if (origin === 'workspace') throw notEditable(origin);
    if (origin === 'user') {
      const verb = vscode.l10n.t('Remove');
      const choice = await vscode.window.showWarningMessage(
        withoutLinks(vscode.l10n.t('Remove the connection "{0}"?', profile.name)),
        {
          modal: true,
          detail: vscode.l10n.t('Its stored password is deleted too. Nothing changes on the broker.'),
        },
        verb,
      );
      if (choice !== verb) return;
    }
    await this.discard(profile);
  }

  /** Without asking. */
  async discard(profile: Profile): Promise<void> {
    const shared = this.profiles.sharesSecret(profile);
    await this.profiles.remove(profile.id);
    if (!shared) await this.passwords.forget(profile);
  }
}

function notEditable(origin: 'workspace' | 'demo'): Failure {
  return origin === 'demo'
    ? new Failure('refused', vscode.l10n.t('The demo broker has nothing to edit.'))
    : new Failure('refused', vscode.l10n.t('This connection is defined in the workspace settings.'), {
        advice: vscode.l10n.t('Change "amqp.connections" there.'),
      });
}

function profileOf(identity: { id: string; name: string }, address: AmqpAddress): Profile {
  return {
    ...identity,
    kind: 'rabbitmq',
    tls: address.tls,
    host: address.host,
    port: address.port,
    user: address.user ?? 'guest',
    vhost: address.vhost ?? '/',
  };
}

function withManagementUrl(profile: Profile, managementUrl: string | undefined): Profile {
  const { managementUrl: _, ...rest } = profile;
  return managementUrl === undefined ? rest : { ...rest, managementUrl };
}

function suggestedName(address: AmqpAddress): string {
  const vhost = address.vhost === undefined || address.vhost === '/' ? '' : `/${address.vhost}`;
  return `${address.host}${vhost}`.slice(0, 200);
}
