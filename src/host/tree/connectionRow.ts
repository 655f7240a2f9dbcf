import * as vscode from 'vscode';
import { isLoopback, managementOrigin } from '../../core/broker/profile';
import type { Environment, Profile } from '../../core/broker/profile';
import { visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import { isOpen } from '../brokers/sessionState';
import type { SessionState } from '../brokers/sessionState';
import type { StoredProfile } from '../profiles/profileMerge';
import type { TreeRow } from './treeNode';

const environmentColors: Readonly<Record<Environment, string>> = {
  development: 'charts.green',
  test: 'charts.blue',
  staging: 'charts.yellow',
  production: 'charts.red',
};

/** The top row of a connection: its state in words and colour, everything else in the tooltip. */
export function connectionRow(
  { profile, origin }: StoredProfile,
  state: SessionState,
  words: Wording,
): TreeRow {
  const environment = profile.environment === undefined ? undefined : environmentColors[profile.environment];
  const description = [
    stateText(state),
    profile.readOnly === true ? vscode.l10n.t('read-only') : undefined,
    origin === 'workspace' ? vscode.l10n.t('from the workspace') : undefined,
  ].filter((part) => part !== undefined);
  const color = iconColor(state, environment);
  const command = clickCommand(state);
  return {
    label: visibleName(profile.name, words),
    description: description.join(' · '),
    tooltip: tooltip(profile, state, words),
    icon: iconOf(state),
    ...(color === undefined ? {} : { color }),
    context: contextOf(profile, origin, state),
    expandable: isOpen(state),
    ...(command === undefined ? {} : { command }),
  };
}

function stateText(state: SessionState): string {
  switch (state.status) {
    case 'closed':
      return vscode.l10n.t('not connected');
    case 'connecting':
      return vscode.l10n.t('connecting...');
    case 'connected':
      return `${state.product} ${state.version}`;
    case 'reconnecting':
      return vscode.l10n.t('connection lost, trying again');
    case 'passwordNeeded':
      return vscode.l10n.t('enter password');
    case 'failed':
      return state.text;
  }
}

function iconOf(state: SessionState): string {
  switch (state.status) {
    case 'closed':
      return 'circle-outline';
    case 'connecting':
    case 'reconnecting':
      return 'sync~spin';
    case 'connected':
      return 'circle-filled';
    case 'passwordNeeded':
      return 'key';
    case 'failed':
      return 'error';
  }
}

function iconColor(state: SessionState, environment: string | undefined): string | undefined {
  if (state.status === 'failed') return 'list.errorForeground';
  if (state.status === 'reconnecting') return 'list.warningForeground';
  return environment;
}

/** A click or Enter on a connection that is not there does the one thing that can be wanted of it. */
function clickCommand(state: SessionState): string | undefined {
  if (state.status === 'passwordNeeded') return 'amqp.enterPassword';
  return state.status === 'closed' || state.status === 'failed' ? 'amqp.connect' : undefined;
}

function contextOf(profile: Profile, origin: string, state: SessionState): string {
  const flags = [
    'connection',
    isOpen(state) ? 'open' : state.status === 'connecting' ? 'connecting' : 'shut',
  ];
  if (state.status === 'passwordNeeded') flags.push('locked');
  if (profile.kind !== 'memory') flags.push('login');
  if (origin !== 'workspace') flags.push('removable');
  if (origin === 'user') flags.push('editable');
  if (state.status === 'connected' && !state.management.available) flags.push('unlisted');
  return flags.join(';');
}

function tooltip(profile: Profile, state: SessionState, words: Wording): string {
  const lines = [visibleName(profile.name, words)];
  if (profile.kind === 'memory') {
    lines.push(
      vscode.l10n.t('A broker that lives in memory, to try things out. Nothing is installed or sent.'),
    );
  } else {
    lines.push(
      vscode.l10n.t('Address: {0}', addressText(profile)),
      vscode.l10n.t('User: {0}', visibleName(profile.user, words)),
      vscode.l10n.t('Virtual host: {0}', visibleName(profile.vhost, words)),
      vscode.l10n.t('Management API: {0}', managementOrigin(profile) ?? vscode.l10n.t('none')),
    );
  }
  if (profile.environment !== undefined) lines.push(vscode.l10n.t('Environment: {0}', profile.environment));
  if (state.status === 'connected') {
    lines.push(vscode.l10n.t('Broker: {0}', `${state.product} ${state.version}`));
    if (!state.management.available) lines.push(state.management.text, state.management.advice);
    else if (state.management.statsDisabled) lines.push(vscode.l10n.t('This broker collects no counters.'));
  }
  if (state.status === 'reconnecting') {
    lines.push(state.text, vscode.l10n.t('Attempt {0}. What is shown may be out of date.', state.attempt));
  }
  if (state.status === 'failed' || state.status === 'passwordNeeded') {
    lines.push(state.text, ...(state.advice === undefined ? [] : [state.advice]));
  }
  return lines.join('\n');
}

/** In a remote window "localhost" is the other machine: said, because it surprises. */
function addressText(profile: Profile): string {
  const host = profile.host.includes(':') ? `[${profile.host}]` : profile.host;
  const address = `${profile.tls ? 'amqps' : 'amqp'}://${host}:${String(profile.port)}`;
  const remote = vscode.env.remoteName;
  return remote !== undefined && isLoopback(profile.host)
    ? vscode.l10n.t('{0} (localhost of {1})', address, remote)
    : address;
}
