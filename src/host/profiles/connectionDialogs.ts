import * as vscode from 'vscode';
import { amqpUri, parseAmqpUri } from '../../core/broker/amqpUri';
import type { AmqpAddress } from '../../core/broker/amqpUri';
import { environments, managementOrigin } from '../../core/broker/profile';
import type { Environment, Profile } from '../../core/broker/profile';
import { withoutIcons } from '../messages';

/** The questions about a connection. Each gives `undefined` when the user pressed Escape: then nothing is changed. */

export interface Step {
  readonly title: string;
  readonly step: string;
}

const titled = ({ title, step }: Step): string => `${title} (${step})`;

/** The address, with its password if the user pasted one: it goes to the secret storage and is never shown again. */
export async function askUri(
  step: Step,
  value: string,
  withPassword: boolean,
): Promise<AmqpAddress | undefined> {
  const text = await vscode.window.showInputBox({
    title: titled(step),
    prompt: withPassword
      ? vscode.l10n.t('AMQP address. A password in it goes to the secret storage, not to the settings.')
      : vscode.l10n.t('AMQP address, without the password'),
    placeHolder: 'amqp://user@host:5672/vhost',
    value,
    ignoreFocusOut: true,
    validateInput: (input) => uriProblem(input),
  });
  if (text === undefined) return undefined;
  const parsed = parseAmqpUri(text);
  return 'address' in parsed ? settleVhost(step, parsed.address) : undefined;
}

function uriProblem(input: string): string | undefined {
  if (input.trim() === '') return undefined;
  const parsed = parseAmqpUri(input);
  return 'problem' in parsed
    ? vscode.l10n.t('Character {0}: {1}', String(parsed.problem.at + 1), parsed.problem.message)
    : undefined;
}

/** `amqp://host/` means the virtual host without a name by the specification; nearly everybody means "/". */
async function settleVhost(step: Step, address: AmqpAddress): Promise<AmqpAddress | undefined> {
  if (address.vhost !== '') return address;
  const usual = { label: '/', description: vscode.l10n.t('the usual virtual host'), vhost: '/' };
  const empty = {
    label: vscode.l10n.t('(empty name)'),
    description: vscode.l10n.t('what a slash at the end means by the specification'),
    vhost: '',
  };
  const choice = await vscode.window.showQuickPick([usual, empty], {
    title: titled(step),
    placeHolder: vscode.l10n.t('The address ends in a slash. Which virtual host is meant?'),
    ignoreFocusOut: true,
  });
  return choice === undefined ? undefined : { ...address, vhost: choice.vhost };
}

export function askName(step: Step, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: titled(step),
    prompt: vscode.l10n.t('Name of the connection in the sidebar'),
    value,
    ignoreFocusOut: true,
    validateInput: (input) =>
      input.trim() === '' || input.length > 200
        ? vscode.l10n.t('The name has 1 to 200 characters.')
        : undefined,
  });
}

/** Text = the address; empty = there is none; `usual` = wherever the host usually has it. */
export async function askManagementUrl(
  step: Step,
  profile: Profile,
): Promise<{ managementUrl: string | undefined } | undefined> {
  const { managementUrl: _, ...usualOf } = profile;
  const usual = {
    label: vscode.l10n.t('Usual One'),
    description: withoutIcons(managementOrigin(usualOf) ?? ''),
  };
  const other = {
    label: vscode.l10n.t('Another...'),
    description: withoutIcons(profile.managementUrl ?? ''),
  };
  const none = {
    label: vscode.l10n.t('None'),
    description: vscode.l10n.t('queues are added by name, nothing can be listed'),
  };
  const choice = await vscode.window.showQuickPick([usual, other, none], {
    title: titled(step),
    placeHolder: vscode.l10n.t('Management API, which lists queues and exchanges'),
    ignoreFocusOut: true,
  });
  if (choice === undefined) return undefined;
  if (choice === usual) return { managementUrl: undefined };
  if (choice === none) return { managementUrl: '' };
  const text = await vscode.window.showInputBox({
    title: titled(step),
    prompt: vscode.l10n.t('Address of the management API, with its path prefix if it has one'),
    placeHolder: 'https://host:15671/prefix',
    value: profile.managementUrl ?? '',
    ignoreFocusOut: true,
    validateInput: managementUrlProblem,
  });
  return text === undefined ? undefined : { managementUrl: text.trim().replace(/\/+(api\/?)?$/, '') };
}

function managementUrlProblem(input: string): string | undefined {
  let url: URL;
  try {
    url = new URL(input.trim());
  } catch {
    return vscode.l10n.t('This is not a web address: it starts with http:// or https://.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return vscode.l10n.t('The management API is reached over http:// or https://.');
  }
  if (url.username !== '' || url.password !== '') {
    return vscode.l10n.t('Leave user and password out: those of the AMQP address are used.');
  }
  return url.search !== '' || url.hash !== '' ? vscode.l10n.t('The address ends before ? or #.') : undefined;
}

export async function askEnvironment(
  step: Step,
  current: Environment | undefined,
): Promise<{ environment: Environment | undefined } | undefined> {
  const labels: Readonly<Record<Environment, string>> = {
    development: vscode.l10n.t('Development'),
    test: vscode.l10n.t('Test'),
    staging: vscode.l10n.t('Staging'),
    production: vscode.l10n.t('Production'),
  };
  const unmarked: { label: string; environment: Environment | undefined } = {
    label: vscode.l10n.t('Not Marked'),
    environment: undefined,
  };
  const choices = [
    unmarked,
    ...environments.map((environment) => ({ label: labels[environment], environment })),
  ];
  const choice = await vscode.window.showQuickPick(
    choices.map((item) => ({
      ...item,
      description: item.environment === current ? vscode.l10n.t('now') : '',
    })),
    {
      title: titled(step),
      placeHolder: vscode.l10n.t('Environment, shown as a colour'),
      ignoreFocusOut: true,
    },
  );
  return choice === undefined ? undefined : { environment: choice.environment };
}

export async function askReadOnly(step: Step, current: boolean): Promise<boolean | undefined> {
  const now = vscode.l10n.t('now');
  const items = [
    {
      label: vscode.l10n.t('Publish and Watch'),
      description: current ? '' : now,
      readOnly: false,
    },
    {
      label: vscode.l10n.t('Read-Only'),
      description: current ? now : vscode.l10n.t('nothing can be published or changed'),
      readOnly: true,
    },
  ];
  const choice = await vscode.window.showQuickPick(items, {
    title: titled(step),
    placeHolder: vscode.l10n.t('What this connection may do'),
    ignoreFocusOut: true,
  });
  return choice?.readOnly;
}

/** The address of a profile for editing: everything but the password. */
export function uriOf(profile: Profile): string {
  return amqpUri(profile);
}
